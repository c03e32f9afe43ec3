package org.hearthwatch.alert.unittest;

import java.time.Duration;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.hearthwatch.alert.evaluate.HistogramText;
import org.hearthwatch.alert.template.GoDuration;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryValue;

/** All samples a test's input and rules have left, as {@code promtool test rules --debug} shows them. */
record DataDump(QueryEngine engine, UnitTestFile.TestGroup test) {

    void tell(Consumer<String> debug) {
        // Times of tests may have fractions of a second; a little more than the whole of it is asked for.
        Duration all = Duration.ofSeconds(test.end().plusSeconds(1).toSeconds());
        String length = new GoDuration(all.toNanos()).toString();
        String expression = "{__name__=~\".+\"}[" + length + "]";
        try {
            QueryValue value =
                    engine.instant(expression, test.start().plus(all)).value();
            if (value instanceof QueryValue.Matrix matrix) {
                debug.accept("DEBUG: Dump of all data (input_series and rules) at " + length + ":");
                debug.accept(text(matrix));
            }
        } catch (QueryException e) {
            debug.accept("DEBUG: Failed query exec, expr: " + GoText.quote(expression) + ", err: " + e.getMessage());
        }
    }

    private static String text(QueryValue.Matrix matrix) {
        var lines = new StringJoiner("\n");
        for (QueryValue.Series series : matrix.series()) {
            lines.add(Differences.labels(series.labels().asMap()) + " =>");
            for (int i = 0; i < series.size(); i++) {
                lines.add(GoNumber.format(series.values()[i], 'f', GoNumber.SHORTEST) + at(series.timestamps()[i]));
            }
            series.histograms()
                    .forEach(point -> lines.add(HistogramText.of(point.histogram()) + at(point.timestamp())));
        }
        return lines.toString();
    }

    private static String at(long millis) {
        return " @[" + millis + "]";
    }
}
