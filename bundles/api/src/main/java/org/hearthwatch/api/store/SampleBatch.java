package org.hearthwatch.api.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Samples that arrive together: one run of a collector, one scrape, one push. Columns rather than objects, because
 * batches are the hottest path there is. Immutable and thread-safe.
 */
public final class SampleBatch {

    private final String source;
    private final Labels[] series;
    private final long[] timestamps;
    private final double[] values;
    private final @Nullable NativeHistogram @Nullable [] histograms;
    private final List<MetricMetadata> metadata;

    private SampleBatch(Builder builder) {
        this.source = builder.source;
        this.series = Arrays.copyOf(builder.series, builder.size);
        this.timestamps = Arrays.copyOf(builder.timestamps, builder.size);
        this.values = Arrays.copyOf(builder.values, builder.size);
        this.histograms = builder.histograms == null ? null : Arrays.copyOf(builder.histograms, builder.size);
        this.metadata = List.copyOf(builder.metadata);
    }

    /**
     * Begins a batch.
     *
     * @param source who it comes from, such as {@code collector/host}; cardinality is accounted by it
     */
    public static Builder from(String source) {
        return new Builder(source);
    }

    public String source() {
        return source;
    }

    public int size() {
        return series.length;
    }

    public Labels series(int index) {
        return series[index];
    }

    /** Milliseconds since the Unix epoch. */
    public long timestamp(int index) {
        return timestamps[index];
    }

    /** The number, or an ordinary NaN where the sample is a histogram. */
    public double value(int index) {
        return values[index];
    }

    /** The native histogram, where the sample is one. */
    public Optional<NativeHistogram> histogram(int index) {
        return histograms == null ? Optional.empty() : Optional.ofNullable(histograms[index]);
    }

    /** Whether some sample is a native histogram. */
    public boolean hasHistograms() {
        return histograms != null;
    }

    /** What is known of the families in this batch; need not name them all. */
    public List<MetricMetadata> metadata() {
        return metadata;
    }

    /** Gathers a batch; not thread-safe. */
    public static final class Builder {

        private final String source;
        private final List<MetricMetadata> metadata = new ArrayList<>();
        private Labels[] series = new Labels[64];
        private long[] timestamps = new long[64];
        private double[] values = new double[64];
        private @Nullable NativeHistogram @Nullable [] histograms;
        private int size;

        private Builder(String source) {
            this.source = source;
        }

        /** Adds a sample; producers that keep their {@link Labels} from batch to batch make appending cheap. */
        public Builder add(Labels labels, long timestamp, double value) {
            if (size == series.length) {
                series = Arrays.copyOf(series, 2 * size);
                timestamps = Arrays.copyOf(timestamps, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
                if (histograms != null) {
                    histograms = Arrays.copyOf(histograms, 2 * size);
                }
            }
            series[size] = labels;
            timestamps[size] = timestamp;
            values[size] = value;
            size++;
            return this;
        }

        /** Adds a sample that is a native histogram. */
        public Builder add(Labels labels, long timestamp, NativeHistogram histogram) {
            add(labels, timestamp, Double.NaN);
            if (histograms == null) {
                histograms = new @Nullable NativeHistogram[series.length];
            }
            histograms[size - 1] = histogram;
            return this;
        }

        public Builder describe(MetricMetadata family) {
            metadata.add(family);
            return this;
        }

        public int size() {
            return size;
        }

        public SampleBatch build() {
            return new SampleBatch(this);
        }
    }
}
