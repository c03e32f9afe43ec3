package org.hearthwatch.store;

import java.util.ArrayList;
import java.util.Arrays;
import org.hearthwatch.api.metric.Histogram;

/** How long something took, counted in buckets. Thread-safe. */
final class Timings {

    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Double.POSITIVE_INFINITY
    };

    private final long[] counts = new long[BOUNDS.length];
    private double sum;

    synchronized void add(long nanos) {
        double seconds = nanos / 1e9;
        int place = Arrays.binarySearch(BOUNDS, seconds);
        counts[place < 0 ? -place - 1 : place]++;
        sum += seconds;
    }

    synchronized Histogram.Snapshot snapshot() {
        var buckets = new ArrayList<Histogram.Bucket>(BOUNDS.length);
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += counts[i];
            buckets.add(new Histogram.Bucket(BOUNDS[i], count));
        }
        return new Histogram.Snapshot(buckets, sum);
    }
}
