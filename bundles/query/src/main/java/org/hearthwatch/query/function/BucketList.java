package org.hearthwatch.query.function;

/** All buckets of a native histogram from the least to the greatest bound, the zero bucket in its place. */
@SuppressWarnings("ArrayRecordComponent") // columns, which nobody changes
record BucketList(double[] lower, double[] upper, double[] counts) {

    /** With bounds that reach into the zero bucket cut off there. */
    static BucketList of(Distribution histogram) {
        return of(histogram, histogram.zeroThreshold(), histogram.zeroCount() > 0);
    }

    /** With the bounds as the schema has them, and a zero bucket even of less than nothing. */
    static BucketList uncut(Distribution histogram) {
        return of(histogram, 0, histogram.zeroCount() != 0);
    }

    private static BucketList of(Distribution histogram, double threshold, boolean zero) {
        BucketSide negative = histogram.negative();
        BucketSide positive = histogram.positive();
        int size = negative.size() + positive.size() + (zero ? 1 : 0);
        var list = new BucketList(new double[size], new double[size], new double[size]);
        int next = 0;
        for (int i = negative.size() - 1; i >= 0; i--) {
            int index = negative.indices()[i];
            double upper = -histogram.bound(index - 1);
            list.set(
                    next++,
                    -histogram.bound(index),
                    upper < 0 && upper > -threshold ? -threshold : upper,
                    negative.counts()[i]);
        }
        if (zero) {
            list.set(next++, -histogram.zeroThreshold(), histogram.zeroThreshold(), histogram.zeroCount());
        }
        for (int i = 0; i < positive.size(); i++) {
            int index = positive.indices()[i];
            double lower = histogram.bound(index - 1);
            list.set(
                    next++,
                    lower > 0 && lower < threshold ? threshold : lower,
                    histogram.bound(index),
                    positive.counts()[i]);
        }
        return list;
    }

    private void set(int place, double least, double greatest, double count) {
        lower[place] = least;
        upper[place] = greatest;
        counts[place] = count;
    }

    int size() {
        return counts.length;
    }
}
