package org.hearthwatch.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.junit.jupiter.api.Test;

class SampleBufferTest {

    private final SampleBuffer buffer = new SampleBuffer();

    @Test
    void columns_are_added_behind_what_is_there_however_long() {
        var times = new long[1000];
        var values = new double[1000];
        Arrays.setAll(times, i -> i + 1);
        Arrays.setAll(values, i -> i / 2.0);
        buffer.add(0, 7);

        buffer.add(times, values, 10, 1000);

        assertThat(buffer.size()).isEqualTo(991);
        assertThat(List.of(buffer.timestamp(0), buffer.timestamp(1), buffer.timestamp(990)))
                .containsExactly(0L, 11L, 1000L);
        assertThat(List.of(buffer.value(0), buffer.value(1), buffer.value(990))).containsExactly(7.0, 5.0, 499.5);
    }

    @Test
    void numbers_added_beside_histograms_are_no_histograms() {
        var histogram = new NativeHistogram(ResetHint.UNKNOWN, 0, 0, 1, 1, 0, Buckets.NONE, Buckets.NONE);
        buffer.add(1, histogram);

        buffer.add(new long[] {2, 3}, new double[] {4, 5}, 0, 2);

        assertThat(buffer.histogram(0)).hasValue(histogram);
        assertThat(buffer.histogram(2)).isEmpty();
        assertThat(buffer.value(2)).isEqualTo(5);
    }
}
