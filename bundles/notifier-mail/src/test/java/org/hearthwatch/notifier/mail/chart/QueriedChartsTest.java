package org.hearthwatch.notifier.mail.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.notifier.mail.Samples;
import org.junit.jupiter.api.Test;

class QueriedChartsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T10:00:30Z");

    private String asked = "";

    private final QueryEngine engine = new QueryEngine() {
        @Override
        public QueryResult instant(String expression, Instant at, QueryOptions options) {
            throw new AssertionError("a chart wants a range");
        }

        @Override
        public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
                throws QueryException {
            asked = expression;
            if (expression.startsWith("broken")) {
                throw new QueryException(QueryException.Kind.EXECUTION, "no");
            }
            assertThat(end).isEqualTo("2026-01-02T10:00:00Z");
            long[] times = {start.toEpochMilli(), start.plus(step).toEpochMilli(), end.toEpochMilli()};
            var ours = new QueryValue.Series(Labels.of("instance", "pve"), times, new double[] {1, Double.NaN, 12e9});
            var theirs = new QueryValue.Series(Labels.of("instance", "nas"), times, new double[] {1, 2, 3});
            return new QueryResult(new QueryValue.Matrix(List.of(ours, theirs)), List.of(), List.of(), 6);
        }

        @Override
        public String format(String expression) {
            return expression;
        }
    };

    private Optional<byte[]> drawn(String generatorUrl) {
        return new QueriedCharts(() -> Optional.of(engine), () -> NOW)
                .draw(Samples.of("k", Samples.SHOWN, generatorUrl));
    }

    @Test
    void draws_what_the_rule_asks_without_its_limit() throws Exception {
        byte[] png = drawn("https://watch.home/graph?g0.expr=a+%2F+b+%3C+0.1&g0.tab=1")
                .orElseThrow();

        assertThat(asked).isEqualTo("a / b");
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(640);
        assertThat(picture.getHeight()).isEqualTo(220);
    }

    @Test
    void leaves_several_conditions_as_they_are() {
        drawn("/graph?g0.expr=a+%3E+1+and+b+%3C+2");

        assertThat(asked).isEqualTo("a > 1 and b < 2");
    }

    @Test
    void does_without_where_there_is_nothing_to_draw() {
        assertThat(drawn("")).isEmpty();
        assertThat(drawn("not an address at all")).isEmpty();
        assertThat(drawn("/graph?g0.expr=broken")).isEmpty();
    }
}
