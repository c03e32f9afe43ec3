package org.hearthwatch.api.store;

import java.util.Arrays;

/** Samples of one series as two columns, reused from series to series. Not thread-safe. */
public final class SampleBuffer {

    private long[] timestamps = new long[256];
    private double[] values = new double[256];
    private int size;

    public int size() {
        return size;
    }

    public long timestamp(int index) {
        return timestamps[index];
    }

    public double value(int index) {
        return values[index];
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
        size = 0;
    }

    public void add(long timestamp, double value) {
        if (size == timestamps.length) {
            timestamps = Arrays.copyOf(timestamps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        timestamps[size] = timestamp;
        values[size] = value;
        size++;
    }
}
