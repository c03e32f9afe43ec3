package org.hearthwatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.testkit.MemorySeries;
import org.junit.jupiter.api.Test;

class NativeHistogramsTest {

    private final MemorySeries store = new MemorySeries();
    private final PromQlEngine engine =
            new PromQlEngine(store, Dialect.DEFAULT, Limits.DEFAULT, new QueryStatistics(), System::nanoTime);

    private static Labels series(String name, String host) {
        return Labels.builder().set(Labels.NAME, name).set("host", host).build();
    }

    /** Buckets from index 1 on, at most four of them. */
    private static NativeHistogram exponential(int schema, double... counts) {
        double count = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            sum += counts[i] * (i + 1);
        }
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                schema,
                0.001,
                0,
                count,
                sum,
                new Buckets(List.of(new Span(1, counts.length)), counts),
                Buckets.NONE);
    }

    private static NativeHistogram custom(double bound, double... counts) {
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                NativeHistogram.CUSTOM_BOUNDS,
                0,
                0,
                counts[0] + counts[1],
                1,
                new Buckets(List.of(new Span(0, 2)), counts),
                Buckets.NONE,
                bound);
    }

    private QueryResult ask(String expression) throws QueryException {
        return engine.instant(expression, Instant.ofEpochSecond(120));
    }

    private NativeHistogram histogram(String expression) throws QueryException {
        var vector = (QueryValue.Vector) ask(expression).value();
        return vector.samples().get(0).histogram().orElseThrow();
    }

    private double number(String expression) throws QueryException {
        var vector = (QueryValue.Vector) ask(expression).value();
        return vector.samples().get(0).value();
    }

    @Test
    void where_buckets_do_not_fit_that_alone_is_told() throws QueryException {
        store.put(series("h", "a"), 60_000, custom(1, 1, 2));
        store.put(series("h", "a"), 120_000, custom(5, 2, 3));

        assertThat(ask("delta(h[2m])").warnings())
                .containsExactly(
                        "PromQL warning: vector contains histograms with incompatible custom buckets for metric"
                                + " name \"h\" (1:7)");
    }

    @Test
    void how_many_to_rank_must_be_a_number_even_where_only_histograms_stand() {
        store.put(series("h", "a"), 120_000, exponential(1, 1, 2, 3, 4));

        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> ask("topk(Inf, h)"))
                .withMessage("Scalar value +Inf overflows int64");
    }

    @Test
    void a_sum_has_the_coarsest_resolution_of_its_parts() throws QueryException {
        store.put(series("h", "a"), 120_000, exponential(1, 1, 2, 3, 4));
        store.put(series("h", "b"), 120_000, exponential(0, 10, 20));

        NativeHistogram sum = histogram("sum(h)");

        assertThat(sum.schema()).isZero();
        assertThat(sum.count()).isEqualTo(40);
        assertThat(sum.positive().counts()).containsExactly(13, 27);
    }

    @Test
    void a_rate_is_a_gauge_that_counts_resets() throws QueryException {
        store.put(series("h", "a"), 0, exponential(0, 1, 2));
        store.put(series("h", "a"), 60_000, exponential(0, 5, 2));
        store.put(series("h", "a"), 120_000, exponential(0, 3, 1));

        NativeHistogram increase = histogram("increase(h[2m1s])");

        assertThat(increase.resetHint()).isEqualTo(ResetHint.GAUGE);
        assertThat(increase.count()).isCloseTo((4 + 4) * 121.0 / 120, within(1e-12));
    }

    @Test
    void quantiles_and_fractions_are_estimated_within_buckets() throws QueryException {
        store.put(series("h", "a"), 120_000, exponential(0, 2, 2));

        assertThat(number("histogram_quantile(0.5, h)")).isCloseTo(2, within(1e-12));
        assertThat(number("histogram_quantile(0.25, h)")).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(number("histogram_fraction(1, 2, h)")).isCloseTo(0.5, within(1e-12));
        assertThat(number("histogram_avg(h)")).isEqualTo(1.5);
    }

    @Test
    void what_cannot_be_combined_gives_nothing_and_a_word_about_it() throws QueryException {
        store.put(series("h", "a"), 120_000, exponential(0, 2));
        store.put(series("h", "b"), 120_000, custom(5, 1, 1));
        store.put(series("x", "a"), 120_000, 7);

        QueryResult sum = ask("sum(h)");
        QueryResult difference = ask("h - on (host) x");

        assertThat(((QueryValue.Vector) sum.value()).samples()).isEmpty();
        assertThat(sum.warnings())
                .containsExactly("PromQL warning: vector contains a mix of histograms with exponential and custom"
                        + " buckets schemas for metric name \"h\" (1:5)");
        assertThat(((QueryValue.Vector) difference.value()).samples()).isEmpty();
        assertThat(difference.infos())
                .containsExactly("PromQL info: incompatible sample types encountered for binary operator \"-\":"
                        + " histogram - float (1:1)");
    }

    @Test
    void functions_of_numbers_leave_histograms_out() throws QueryException {
        store.put(series("h", "a"), 60_000, 4);
        store.put(series("h", "a"), 120_000, exponential(0, 2));

        assertThat(number("max_over_time(h[2m])")).isEqualTo(4);
        assertThat(ask("max_over_time(h[2m])").infos()).hasSize(1);
        assertThat(((QueryValue.Vector) ask("abs(h)").value()).samples()).isEmpty();
        assertThat(number("count_over_time(h[2m])")).isEqualTo(2);
    }

    @Test
    void ranges_hold_histograms_beside_numbers() throws QueryException {
        store.put(series("h", "a"), 60_000, 4);
        store.put(series("h", "a"), 120_000, exponential(0, 2));

        var matrix = (QueryValue.Matrix)
                engine.range("h * 2", Instant.ofEpochSecond(60), Instant.ofEpochSecond(120), Duration.ofMinutes(1))
                        .value();

        assertThat(matrix.series().get(0).values()).containsExactly(8);
        assertThat(matrix.series().get(0).histograms().get(0).histogram().count())
                .isEqualTo(4);
    }

    @Test
    void bounds_of_its_own_survive_what_is_no_number() throws Exception {
        store.put(series("h", "a"), 120_000, custom(5, 1, 1));

        var value = (QueryValue.Vector)
                engine.instant("h * NaN", Instant.ofEpochSecond(120)).value();

        assertThat(value.samples().get(0).histogram().orElseThrow().zeroCount()).isZero();
    }
}
