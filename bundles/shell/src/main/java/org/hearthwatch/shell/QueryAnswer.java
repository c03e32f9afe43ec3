package org.hearthwatch.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.query.QueryValue.Series;
import org.hearthwatch.shell.text.Chart;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Printable;
import org.hearthwatch.shell.text.Table;

/** What a query yields, as text and as JSON. */
record QueryAnswer(ZoneId zone) {

    /** More series than this are shown as bars, a line each. */
    private static final int MOST_CHARTS = 4;

    private static final int MOST_BARS = 100;
    private static final int TALL = 11;
    private static final int LOW = 5;
    private static final int BAR_WIDTH = 32;

    /** The time a range query covers. */
    record Range(Instant from, Instant to, Duration step) {}

    void show(QueryValue value, Optional<Range> range, Screen screen) {
        if (value instanceof QueryValue.Scalar scalar) {
            screen.line(Numbers.exact(scalar.value()));
        } else if (value instanceof QueryValue.Text text) {
            screen.foreign(text.value());
        } else if (value instanceof QueryValue.Vector vector) {
            var table = new Table("SERIES", "VALUE>");
            vector.samples()
                    .forEach(sample ->
                            table.row(CollectorCommands.series(sample.labels()), Numbers.exact(sample.value())));
            screen.table(table, "Nothing. hw:metric-list shows what there is to ask for.");
        } else if (value instanceof QueryValue.Matrix matrix) {
            show(matrix.series(), range, screen);
        }
    }

    private void show(List<Series> series, Optional<Range> range, Screen screen) {
        if (series.isEmpty()) {
            screen.line("Nothing in that time. hw:metric-list shows what there is to ask for.");
            return;
        }
        // A range selector at one moment (cpu[5m]) is a matrix of raw samples too.
        if (range.isEmpty()) {
            var table = new Table("SERIES", "TIME", "VALUE>");
            series.forEach(each -> {
                for (int i = 0; i < each.size(); i++) {
                    table.row(
                            CollectorCommands.series(each.labels()),
                            Moments.show(Instant.ofEpochMilli(each.timestamps()[i]), zone),
                            Numbers.exact(each.values()[i]));
                }
            });
            screen.table(table, "");
            return;
        }
        Range time = range.get();
        var chart = new Chart(
                time.from().toEpochMilli(),
                time.to().toEpochMilli(),
                time.step().toMillis(),
                zone);
        boolean few = series.size() <= MOST_CHARTS;
        if (few) {
            for (Series each : series) {
                screen.line(Printable.of(CollectorCommands.series(each.labels())));
                chart.draw(each.timestamps(), each.values(), screen.chartWidth(), series.size() == 1 ? TALL : LOW)
                        .forEach(screen::line);
                screen.line("");
            }
        }
        summarise(series, few, chart, screen);
        screen.line(Moments.show(time.from(), zone) + " to " + Moments.show(time.to(), zone) + ", a point every "
                + HumanDuration.format(time.step()));
    }

    private static void summarise(List<Series> series, boolean charted, Chart chart, Screen screen) {
        var table = charted
                ? new Table("SERIES", "LOWEST>", "MEAN>", "HIGHEST>", "LAST>")
                : new Table("SERIES", "COURSE", "LOWEST>", "MEAN>", "HIGHEST>", "LAST>");
        for (Series each : series.subList(0, Math.min(MOST_BARS, series.size()))) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (double value : each.values()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
                sum += value;
            }
            String name = CollectorCommands.series(each.labels());
            String lowest = Numbers.brief(low);
            String mean = Numbers.brief(sum / each.size());
            String highest = Numbers.brief(high);
            String last = Numbers.brief(each.values()[each.size() - 1]);
            if (charted) {
                table.row(name, lowest, mean, highest, last);
            } else {
                table.row(name, chart.bars(each.timestamps(), each.values(), BAR_WIDTH), lowest, mean, highest, last);
            }
        }
        screen.table(table, "");
        if (series.size() > MOST_BARS) {
            screen.line((series.size() - MOST_BARS)
                    + " more series are not shown; narrow the expression or ask with --json.");
        }
    }

    static void write(Json json, QueryResult result) {
        QueryValue value = result.value();
        json.field("resultType", value.type());
        if (value instanceof QueryValue.Scalar scalar) {
            json.sample("result", scalar.timestamp(), scalar.value());
        } else if (value instanceof QueryValue.Text text) {
            json.sample("result", text.timestamp(), text.value());
        } else if (value instanceof QueryValue.Vector vector) {
            json.array(
                    "result",
                    vector.samples(),
                    (fields, sample) -> fields.field("metric", sample.labels().asMap())
                            .sample("value", sample.timestamp(), sample.value()));
        } else if (value instanceof QueryValue.Matrix matrix) {
            json.array(
                    "result",
                    matrix.series(),
                    (fields, series) -> fields.field("metric", series.labels().asMap())
                            .samples("values", series.timestamps(), series.values()));
        }
        json.strings("warnings", result.warnings()).strings("infos", result.infos());
    }
}
