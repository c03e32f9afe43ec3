package org.hearthwatch.store.tier;

import java.util.Arrays;

/**
 * Columns of one series' intervals, in growing time, reused from series to series. An interval reaches from its end minus
 * the tier's width, excluded, to its end, included; all times are milliseconds since the epoch. {@link Downsampler} says
 * what each column counts. Not thread-safe.
 */
public final class TierBuffer {

    private long[] ends = new long[64];
    private long[] lastTimes = new long[64];
    private double[] counts = new double[64];
    private double[] sums = new double[64];
    private double[] mins = new double[64];
    private double[] maxs = new double[64];
    private double[] lasts = new double[64];
    private double[] increases = new double[64];
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Adds an interval, later than those before. */
    public void add(
            long end, long lastTime, double count, double sum, double min, double max, double last, double increase) {
        if (size == ends.length) {
            grow(2 * size);
        }
        ends[size] = end;
        lastTimes[size] = lastTime;
        counts[size] = count;
        sums[size] = sum;
        mins[size] = min;
        maxs[size] = max;
        lasts[size] = last;
        increases[size] = increase;
        size++;
    }

    /** Adds an interval of another buffer. */
    public void add(TierBuffer from, int index) {
        add(
                from.ends[index],
                from.lastTimes[index],
                from.counts[index],
                from.sums[index],
                from.mins[index],
                from.maxs[index],
                from.lasts[index],
                from.increases[index]);
    }

    private void grow(int capacity) {
        ends = Arrays.copyOf(ends, capacity);
        lastTimes = Arrays.copyOf(lastTimes, capacity);
        counts = Arrays.copyOf(counts, capacity);
        sums = Arrays.copyOf(sums, capacity);
        mins = Arrays.copyOf(mins, capacity);
        maxs = Arrays.copyOf(maxs, capacity);
        lasts = Arrays.copyOf(lasts, capacity);
        increases = Arrays.copyOf(increases, capacity);
    }

    /** The end of the interval, included in it. */
    public long end(int index) {
        return ends[index];
    }

    /** The time of its last sample, stale markers included. */
    public long lastTime(int index) {
        return lastTimes[index];
    }

    /** How many samples it has, stale markers excluded. */
    public double count(int index) {
        return counts[index];
    }

    public double sum(int index) {
        return sums[index];
    }

    /** Its least value; NaN when it has no number. */
    public double min(int index) {
        return mins[index];
    }

    /** Its greatest value; NaN when it has no number. */
    public double max(int index) {
        return maxs[index];
    }

    /** Its last sample, which may be a stale marker. */
    public double last(int index) {
        return lasts[index];
    }

    /** By how much a counter grew, since the last number before the interval, resets counted. */
    public double increase(int index) {
        return increases[index];
    }

    /** The column of {@link #end}, of which the first {@link #size()} places count; valid until the buffer changes. */
    public long[] ends() {
        return ends;
    }

    /** The column of {@link #lastTime}, as {@link #ends()}. */
    public long[] lastTimes() {
        return lastTimes;
    }

    /** The columns of count, sum, min, max, last and increase, in this order, as {@link #ends()}. */
    public double[][] columns() {
        return new double[][] {counts, sums, mins, maxs, lasts, increases};
    }
}
