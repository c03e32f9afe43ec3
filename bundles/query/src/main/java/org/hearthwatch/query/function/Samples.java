package org.hearthwatch.query.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series as columns, of which the first {@link #size} places count: times in growing order, and at each
 * a number or a native histogram. Reused from series to series; not thread-safe.
 */
public final class Samples {

    private static final long[] NO_TIMES = {};
    private static final double[] NO_VALUES = {};

    private long[] times = NO_TIMES;
    private double[] values = NO_VALUES;
    private @Nullable Distribution @Nullable [] histograms;
    private int size;
    private long resolution;

    /** Looks at columns that belong to somebody else, and may be changed; numbers only. */
    public Samples over(long[] times, double[] values, int size) {
        this.times = times;
        this.values = values;
        this.histograms = null;
        this.size = size;
        return this;
    }

    /** Looks at columns that belong to somebody else, and may be changed. */
    public Samples over(long[] times, double[] values, @Nullable Distribution @Nullable [] histograms, int size) {
        over(times, values, size);
        this.histograms = histograms;
        return this;
    }

    /**
     * Says that these are not the samples as they came, but what a coarser tier makes of them.
     *
     * @param millis how wide its intervals are; 0 for samples as they came
     */
    public Samples tiered(long millis) {
        resolution = millis;
        return this;
    }

    public boolean isTiered() {
        return resolution > 0;
    }

    /** How wide the intervals are that these stand for, in milliseconds; 0 for samples as they came. */
    public long resolution() {
        return resolution;
    }

    public int size() {
        return size;
    }

    public long[] times() {
        return times;
    }

    public double[] values() {
        return values;
    }

    public boolean hasHistograms() {
        return histograms != null;
    }

    public @Nullable Distribution histogram(int index) {
        return histograms == null ? null : histograms[index];
    }

    /** Keeps one sample for the place behind those kept so far. */
    public void keep(int index, int place) {
        times[place] = times[index];
        values[place] = values[index];
        if (histograms != null) {
            histograms[place] = histograms[index];
        }
    }

    /** Says how many places count from now on. */
    public void truncate(int places) {
        size = places;
    }

    /** What is held of it where samples are limited: one for a number, more for a histogram. */
    public long weight() {
        if (histograms == null) {
            return size;
        }
        long weight = 0;
        for (int i = 0; i < size; i++) {
            Distribution histogram = histograms[i];
            weight += histogram == null ? 1 : histogram.weight();
        }
        return weight;
    }

    /** Columns of its own, cut to size. */
    public Samples copy() {
        return new Samples()
                .over(
                        Arrays.copyOf(times, size),
                        Arrays.copyOf(values, size),
                        histograms == null ? null : Arrays.copyOf(histograms, size),
                        size);
    }
}
