package org.hearthwatch.api.store;

import java.util.Arrays;
import java.util.Optional;
import org.hearthwatch.api.metric.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Samples of one series as two columns, reused from series to series. Not thread-safe. */
public final class SampleBuffer {

    private long[] timestamps = new long[256];
    private double[] values = new double[256];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private boolean some;
    private int size;

    public int size() {
        return size;
    }

    public long timestamp(int index) {
        return timestamps[index];
    }

    /** The number, or an ordinary NaN where the sample is a histogram. */
    public double value(int index) {
        return values[index];
    }

    /** The native histogram, where the sample is one. */
    public Optional<NativeHistogram> histogram(int index) {
        return some && histograms != null ? Optional.ofNullable(histograms[index]) : Optional.empty();
    }

    /** Whether some sample is a native histogram; where not, {@link #values()} is all there is. */
    public boolean hasHistograms() {
        return some;
    }

    /** The column itself, of which the first {@link #size()} places count; valid until the buffer changes. */
    public long[] timestamps() {
        return timestamps;
    }

    /** The column itself, of which the first {@link #size()} places count; valid until the buffer changes. */
    public double[] values() {
        return values;
    }

    public void clear() {
        if (some && histograms != null) {
            Arrays.fill(histograms, 0, size, null);
        }
        some = false;
        size = 0;
    }

    public void add(long timestamp, double value) {
        if (size == timestamps.length) {
            grow(size + 1);
        }
        timestamps[size] = timestamp;
        values[size] = value;
        size++;
    }

    private void grow(int least) {
        int length = Math.max(least, 2 * timestamps.length);
        timestamps = Arrays.copyOf(timestamps, length);
        values = Arrays.copyOf(values, length);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, length);
        }
    }

    /** Adds numbers from one place of two columns to another, excluded. */
    public void add(long[] times, double[] numbers, int from, int to) {
        int count = to - from;
        if (size + count > timestamps.length) {
            grow(size + count);
        }
        System.arraycopy(times, from, timestamps, size, count);
        System.arraycopy(numbers, from, values, size, count);
        size += count;
    }

    /** Adds a sample that is a native histogram. */
    public void add(long timestamp, NativeHistogram histogram) {
        add(timestamp, Double.NaN);
        if (histograms == null) {
            histograms = new @Nullable NativeHistogram[timestamps.length];
        }
        histograms[size - 1] = histogram;
        some = true;
    }
}
