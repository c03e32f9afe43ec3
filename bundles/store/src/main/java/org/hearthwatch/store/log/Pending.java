package org.hearthwatch.store.log;

import java.util.Arrays;
import org.hearthwatch.store.head.Series;

/** Samples on their way to the log, as columns. Not thread-safe. */
public final class Pending {

    private Series[] series = new Series[256];
    private long[] times = new long[256];
    private long[] bits = new long[256];
    private int size;

    public void add(Series of, long time, long valueBits) {
        if (size == series.length) {
            series = Arrays.copyOf(series, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            bits = Arrays.copyOf(bits, 2 * size);
        }
        series[size] = of;
        times[size] = time;
        bits[size] = valueBits;
        size++;
    }

    /** Adds all of another. */
    public void addAll(Pending others) {
        for (int i = 0; i < others.size; i++) {
            add(others.series[i], others.times[i], others.bits[i]);
        }
    }

    public int size() {
        return size;
    }

    public Series series(int index) {
        return series[index];
    }

    public long time(int index) {
        return times[index];
    }

    public long bits(int index) {
        return bits[index];
    }

    /** Takes all out; what was there is no longer held. */
    public void clear() {
        if (size > 65_536) {
            series = new Series[256];
            times = new long[256];
            bits = new long[256];
        } else {
            Arrays.fill(series, 0, size, null);
        }
        size = 0;
    }
}
