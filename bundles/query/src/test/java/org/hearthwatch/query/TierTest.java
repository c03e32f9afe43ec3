package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierTest {

    private final CoarseStore store = new CoarseStore();
    private final PromQlEngine engine =
            new PromQlEngine(store, Dialect.DEFAULT, Limits.DEFAULT, new QueryStatistics(), System::nanoTime);

    private double ask(String expression) throws QueryException {
        var vector = (QueryValue.Vector)
                engine.instant(expression, Instant.ofEpochSecond(600)).value();
        return vector.samples().get(0).value();
    }

    @ParameterizedTest
    @CsvSource({
        "rate(x[10m]), COUNTER",
        "increase(x[10m]), COUNTER",
        "irate(x[10m]), COUNTER",
        "min_over_time(x[10m]), MIN",
        "max_over_time(x[10m]), MAX",
        "sum_over_time(x[10m]), SUM",
        "count_over_time(x[10m]), COUNT",
        "last_over_time(x[10m]), LAST",
        "stddev_over_time(x[10m]), SAMPLES",
        "x, LAST"
    })
    void selectors_say_what_they_want(String expression, Aspect aspect) throws QueryException {
        ask(expression);

        assertThat(store.asked).containsExactly(aspect);
    }

    @Test
    void counts_of_a_tier_are_added_up_and_means_are_sums_by_counts() throws QueryException {
        assertThat(ask("count_over_time(x[10m])")).isEqualTo(8);
        assertThat(ask("sum_over_time(x[10m])")).isEqualTo(40);
        assertThat(ask("avg_over_time(x[10m])")).isEqualTo(5);
    }

    @Test
    void a_sample_of_a_tier_counts_until_that_of_the_next_interval_comes() throws QueryException {
        var matrix = (QueryValue.Matrix)
                engine.range("x", Instant.ofEpochSecond(299), Instant.ofEpochSecond(1300), Duration.ofSeconds(100))
                        .value();

        // Five minutes of an interval and five of looking back, behind the samples at 300 and 600.
        assertThat(matrix.series().get(0).timestamps())
                .containsExactly(399_000, 499_000, 599_000, 699_000, 799_000, 899_000, 999_000, 1_099_000, 1_199_000);
    }

    @Test
    void an_answer_from_a_tier_says_so() throws QueryException {
        QueryResult result = engine.instant("sum_over_time(x[10m])", Instant.ofEpochSecond(600));

        assertThat(result.resolution()).isEqualTo(Duration.ofMinutes(5));
        assertThat(result.infos()).containsExactly("answered from samples of a resolution of 5m");
    }

    /** One series of two intervals of five minutes, with four samples each whose sum is twenty. */
    private static final class CoarseStore implements SeriesReader {

        private final List<Aspect> asked = new ArrayList<>();

        @Override
        public Selection select(List<Matcher> matchers, long from, long to) {
            throw new UnsupportedOperationException("without hints");
        }

        @Override
        public Selection select(List<Matcher> matchers, long from, long to, SelectHints hints) {
            asked.add(hints.aspect());
            double value = hints.aspect() == Aspect.COUNT ? 4 : 20;
            return new Selection() {

                @Override
                public int size() {
                    return 1;
                }

                @Override
                public Labels labels(int index) {
                    return Labels.builder().set(Labels.NAME, "x").build();
                }

                @Override
                public void read(int index, SampleBuffer into) {
                    into.clear();
                    into.add(300_000, value);
                    into.add(600_000, value);
                }

                @Override
                public List<String> warnings() {
                    return List.of();
                }

                @Override
                public Duration resolution() {
                    return Duration.ofMinutes(5);
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public List<String> labelNames(List<Matcher> matchers, long from, long to) {
            return List.of();
        }

        @Override
        public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
            return List.of();
        }

        @Override
        public List<Sample> latest(List<Matcher> matchers, long notBefore) {
            return List.of();
        }

        @Override
        public Collection<MetricMetadata> metadata() {
            return List.of();
        }
    }
}
