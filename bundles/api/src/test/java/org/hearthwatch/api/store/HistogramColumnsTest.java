package org.hearthwatch.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.junit.jupiter.api.Test;

class HistogramColumnsTest {

    private static final Labels SERIES = Labels.of("__name__", "latency");
    private static final NativeHistogram HISTOGRAM = new NativeHistogram(
            ResetHint.UNKNOWN, 0, 0.001, 0, 3, 2, new Buckets(List.of(new Span(0, 2)), 1, 2), Buckets.NONE);

    @Test
    void a_batch_keeps_histograms_beside_numbers_while_it_grows() {
        var builder = SampleBatch.from("test").add(SERIES, 0, 1.5).add(SERIES, 1, HISTOGRAM);
        for (int i = 2; i < 1000; i++) {
            builder.add(SERIES, i, i);
        }
        SampleBatch batch = builder.add(SERIES, 1000, HISTOGRAM).build();
        assertThat(batch.hasHistograms()).isTrue();
        assertThat(batch.histogram(0)).isEmpty();
        assertThat(batch.histogram(1)).contains(HISTOGRAM);
        assertThat(batch.histogram(999)).isEmpty();
        assertThat(batch.histogram(1000)).contains(HISTOGRAM);
        assertThat(batch.value(1)).isNaN();
    }

    @Test
    void a_buffer_forgets_the_histograms_of_the_series_before() {
        var buffer = new SampleBuffer();
        buffer.add(0, HISTOGRAM);
        assertThat(buffer.histogram(0)).contains(HISTOGRAM);
        buffer.clear();
        buffer.add(0, 1);
        assertThat(buffer.hasHistograms()).isFalse();
        buffer.add(1, HISTOGRAM);
        assertThat(buffer.histogram(0)).isEmpty();
        assertThat(buffer.histogram(1)).contains(HISTOGRAM);
    }
}
