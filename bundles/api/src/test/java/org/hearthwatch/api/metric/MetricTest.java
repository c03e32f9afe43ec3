package org.hearthwatch.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {

    @Test
    void names_may_be_of_any_script() {
        assertThat(Gauge.of("räume.größe", "Rooms", "straße").labelNames()).containsExactly("straße");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000b"})
    void names_without_sense_are_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Gauge.of(name, "X"));
        assertThatIllegalArgumentException().isThrownBy(() -> Gauge.of("x", "X", name));
    }

    @Test
    void names_have_a_longest_length() {
        assertThat(Gauge.of("x".repeat(Metric.NAME_LIMIT), "X").name()).hasSize(Metric.NAME_LIMIT);
        assertThatIllegalArgumentException().isThrownBy(() -> Gauge.of("x".repeat(Metric.NAME_LIMIT + 1), "X"));
    }

    @Test
    void reserved_and_double_labels_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Counter.of("x", "X", "__name__"));
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of("x", "X", "le"));
        assertThatIllegalArgumentException().isThrownBy(() -> Summary.of("x", "X", "quantile"));
        assertThatIllegalArgumentException().isThrownBy(() -> Gauge.of("x", "X", "a", "a"));
        assertThat(Gauge.of("x", "X", "le").labelNames()).containsExactly("le");
    }

    @Test
    void buckets_grow_and_end_at_infinity() {
        var last = new Histogram.Bucket(Double.POSITIVE_INFINITY, 2);

        assertThat(new Histogram.Snapshot(List.of(new Histogram.Bucket(1, 1), last), 5).count())
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Snapshot(List.of(new Histogram.Bucket(1, 1)), 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Snapshot(List.of(new Histogram.Bucket(1, 3), last), 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Histogram.Snapshot(
                        List.of(new Histogram.Bucket(2, 1), new Histogram.Bucket(1, 1), last), 5));
    }

    @Test
    void only_the_stale_marker_is_stale() {
        assertThat(Staleness.isStale(Staleness.MARKER)).isTrue();
        assertThat(Staleness.isStale(Double.NaN)).isFalse();
    }
}
