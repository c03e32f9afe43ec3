package org.hearthwatch.query.function;

import java.util.Arrays;

/**
 * A histogram of buckets with cumulative counts, as series with the label {@code le} make it. Quantiles and fractions
 * take observations to be spread evenly within a bucket. Not thread-safe.
 */
public final class ClassicHistogram {

    /** Counts that differ by less than this share are taken for equal: the difference comes from rounding. */
    private static final double TOLERANCE = 1e-12;

    private double[] bounds = new double[16];
    private double[] counts = new double[16];
    private int size;
    private boolean mended;

    public void clear() {
        size = 0;
        mended = false;
    }

    /** Adds a bucket; in any order, and a bound that stands twice counts both. */
    public void add(double upperBound, double count) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        int place = size;
        while (place > 0 && bounds[place - 1] > upperBound) {
            bounds[place] = bounds[place - 1];
            counts[place] = counts[place - 1];
            place--;
        }
        bounds[place] = upperBound;
        counts[place] = count;
        size++;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Whether the last quantile needed counts that shrank to be raised. */
    public boolean mended() {
        return mended;
    }

    /** The value below which a share of all observations lies. */
    public double quantile(double share) {
        mended = false;
        if (Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (share > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        mergeEqualBounds();
        makeMonotonic();
        double observations = counts[size - 1];
        if (size < 2 || observations == 0) {
            return Double.NaN;
        }
        double rank = share * observations;
        int bucket = 0;
        while (bucket < size - 1 && !(counts[bucket] >= rank)) {
            bucket++;
        }
        if (bucket == size - 1) {
            return bounds[size - 2];
        }
        if (bucket == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double start = bucket == 0 ? 0 : bounds[bucket - 1];
        double below = bucket == 0 ? 0 : counts[bucket - 1];
        return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
    }

    /** The share of observations between two values. */
    public double fraction(double lower, double upper) {
        if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        mergeEqualBounds();
        double observations = counts[size - 1];
        if (observations == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        return (rankOf(upper) - rankOf(lower)) / observations;
    }

    private double rankOf(double value) {
        double below = 0;
        double start = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double rank = below;
            if (start < value && bounds[i] > value) {
                rank = below + (counts[i] - below) * (value - start) / (bounds[i] - start);
            }
            if (start >= value || bounds[i] > value) {
                return rank > counts[size - 1] ? counts[size - 1] : rank;
            }
            below = counts[i];
            start = bounds[i];
        }
        return counts[size - 1];
    }

    private void mergeEqualBounds() {
        int kept = 0;
        for (int i = 1; i < size; i++) {
            if (bounds[i] == bounds[kept]) {
                counts[kept] += counts[i];
            } else {
                kept++;
                bounds[kept] = bounds[i];
                counts[kept] = counts[i];
            }
        }
        size = kept + 1;
    }

    private void makeMonotonic() {
        double before = counts[0];
        for (int i = 1; i < size; i++) {
            double count = counts[i];
            if (count == before) {
                continue;
            }
            boolean same = almostEqual(before, count);
            if (same || count < before) {
                counts[i] = before;
                mended |= !same;
            } else {
                before = count;
            }
        }
    }

    private static boolean almostEqual(double a, double b) {
        if ((Double.isNaN(a) && Double.isNaN(b)) || a == b) {
            return true;
        }
        double sum = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return difference < TOLERANCE * Double.MIN_NORMAL;
        }
        return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }
}
