package org.hearthwatch.alert.unittest;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.Span;

/** Sequences of native histograms, each some step away from the one before. */
final class HistogramSteps {

    private HistogramSteps() {}

    /** One run of buckets from an index on, without empty ones at its ends. */
    @SuppressWarnings("ArrayRecordComponent") // read at once and thrown away
    record Dense(int offset, double[] counts) {}

    /** The sum of two histograms, the second one times a factor; of two resolutions the coarser counts. */
    static NativeHistogram add(NativeHistogram left, NativeHistogram right, double factor) {
        if (left.hasCustomBounds() != right.hasCustomBounds()) {
            throw new IllegalArgumentException("histograms with custom and exponential buckets do not go together");
        }
        if (!Arrays.equals(left.customBounds(), right.customBounds())) {
            throw new IllegalArgumentException("histograms with different custom bounds do not go together");
        }
        if (left.zeroThreshold() != right.zeroThreshold() && left.zeroCount() != 0 && right.zeroCount() != 0) {
            throw new IllegalArgumentException("histograms with different zero buckets do not go together");
        }
        int schema = Math.min(left.schema(), right.schema());
        return new NativeHistogram(
                left.resetHint(),
                schema,
                Math.max(left.zeroThreshold(), right.zeroThreshold()),
                left.zeroCount() + factor * right.zeroCount(),
                left.count() + factor * right.count(),
                left.sum() + factor * right.sum(),
                add(left.positive(), left.schema() - schema, right.positive(), right.schema() - schema, factor),
                add(left.negative(), left.schema() - schema, right.negative(), right.schema() - schema, factor),
                left.customBounds());
    }

    private static Buckets add(Buckets left, int leftShift, Buckets right, int rightShift, double factor) {
        NavigableMap<Integer, Double> sum = byIndex(left, leftShift);
        byIndex(right, rightShift).forEach((index, count) -> sum.merge(index, factor * count, Double::sum));
        return buckets(sum);
    }

    private static NavigableMap<Integer, Double> byIndex(Buckets buckets, int shift) {
        var counts = new TreeMap<Integer, Double>();
        int index = 0;
        int n = 0;
        for (Span span : buckets.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++, index++, n++) {
                // Two neighbours of a finer resolution become one of the next coarser.
                counts.merge(((index - 1) >> shift) + 1, buckets.count(n), Double::sum);
            }
        }
        return counts;
    }

    private static Buckets buckets(NavigableMap<Integer, Double> counts) {
        Dense dense = dense(counts);
        return dense.counts().length == 0
                ? Buckets.NONE
                : new Buckets(List.of(new Span(dense.offset(), dense.counts().length)), dense.counts());
    }

    static Dense dense(Buckets buckets) {
        return dense(byIndex(buckets, 0));
    }

    private static Dense dense(NavigableMap<Integer, Double> all) {
        var counts = new TreeMap<>(all);
        counts.values().removeIf(count -> count == 0);
        if (counts.isEmpty()) {
            return new Dense(0, new double[0]);
        }
        var dense = new double[counts.lastKey() - counts.firstKey() + 1];
        counts.forEach((index, count) -> dense[index - counts.firstKey()] = count);
        return new Dense(counts.firstKey(), dense);
    }

    /** Whether a counter of this kind began anew between two samples. */
    static boolean isReset(NativeHistogram before, NativeHistogram after) {
        if (before.schema() < after.schema()
                || !Arrays.equals(before.customBounds(), after.customBounds())
                || after.count() < before.count()
                || after.zeroThreshold() < before.zeroThreshold()
                || (after.zeroThreshold() == before.zeroThreshold() && after.zeroCount() < before.zeroCount())) {
            return true;
        }
        int shift = before.schema() - after.schema();
        return shrinks(byIndex(before.positive(), shift), byIndex(after.positive(), 0))
                || shrinks(byIndex(before.negative(), shift), byIndex(after.negative(), 0));
    }

    private static boolean shrinks(NavigableMap<Integer, Double> before, NavigableMap<Integer, Double> after) {
        return before.entrySet().stream()
                .anyMatch(bucket -> after.getOrDefault(bucket.getKey(), 0.0) < bucket.getValue());
    }
}
