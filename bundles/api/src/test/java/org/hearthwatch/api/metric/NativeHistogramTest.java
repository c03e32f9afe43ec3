package org.hearthwatch.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {

    private static final Buckets THREE = new Buckets(List.of(new Span(-1, 2), new Span(3, 1)), 1, 2, 3);

    private static NativeHistogram exponential(int schema, double... customBounds) {
        return new NativeHistogram(ResetHint.UNKNOWN, schema, 0.001, 4, 10, 5, THREE, Buckets.NONE, customBounds);
    }

    @Test
    void two_with_the_same_numbers_are_equal() {
        assertThat(exponential(3)).isEqualTo(exponential(3)).hasSameHashCodeAs(exponential(3));
        assertThat(exponential(3)).isNotEqualTo(exponential(4));
    }

    @Test
    void a_schema_that_is_not_known_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> exponential(9)).withMessageContaining("-4 to 8 or -53");
    }

    @Test
    void custom_bounds_stand_with_their_schema_only_and_grow() {
        assertThatIllegalArgumentException().isThrownBy(() -> exponential(1, 1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NativeHistogram(
                        ResetHint.UNKNOWN, NativeHistogram.CUSTOM_BOUNDS, 0, 0, 6, 1, THREE, Buckets.NONE, 2, 1))
                .withMessageContaining("grow");
    }

    @Test
    void custom_bounds_leave_no_room_for_zero_or_negative_buckets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NativeHistogram(
                        ResetHint.UNKNOWN, NativeHistogram.CUSTOM_BOUNDS, 0, 1, 6, 1, THREE, Buckets.NONE, 1, 2));
    }

    @Test
    void spans_fit_their_counts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Buckets(List.of(new Span(0, 2)), 1));
    }

    @Test
    void spans_that_overlap_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Buckets(List.of(new Span(0, 1), new Span(-1, 1)), 1, 2));
    }

    @Test
    void a_side_cannot_claim_more_buckets_than_the_limit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Buckets(List.of(new Span(0, Integer.MAX_VALUE))))
                .withMessageContaining("10000");
    }

    @Test
    void nobody_changes_the_counts_from_outside() {
        THREE.counts()[0] = 99;
        assertThat(THREE.count(0)).isEqualTo(1);
    }
}
