package org.hearthwatch.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.hearthwatch.api.metric.NativeHistogram;

/** The buckets of one side of a native histogram: their indices, growing, and counts. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // columns, which nobody changes
record BucketSide(int[] indices, double[] counts) {

    static final BucketSide NONE = new BucketSide(new int[0], new double[0]);

    static BucketSide of(NativeHistogram.Buckets buckets) {
        if (buckets.size() == 0) {
            return NONE;
        }
        var indices = new int[buckets.size()];
        int next = 0;
        int index = 0;
        for (NativeHistogram.Span span : buckets.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                indices[next++] = index++;
            }
        }
        return new BucketSide(indices, buckets.counts());
    }

    NativeHistogram.Buckets toApi() {
        if (size() == 0) {
            return NativeHistogram.Buckets.NONE;
        }
        List<NativeHistogram.Span> spans = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (int i = 1; i <= indices.length; i++) {
            if (i == indices.length || indices[i] != indices[i - 1] + 1) {
                spans.add(new NativeHistogram.Span(indices[start] - end, i - start));
                end = indices[i - 1] + 1;
                start = i;
            }
        }
        return new NativeHistogram.Buckets(spans, counts);
    }

    int size() {
        return indices.length;
    }

    /** How many runs of neighbours the buckets form. */
    int spans() {
        int spans = indices.length == 0 ? 0 : 1;
        for (int i = 1; i < indices.length; i++) {
            if (indices[i] != indices[i - 1] + 1) {
                spans++;
            }
        }
        return spans;
    }

    BucketSide times(double factor) {
        var scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] * factor;
        }
        return new BucketSide(indices, scaled);
    }

    BucketSide over(double divisor) {
        var scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] / divisor;
        }
        return new BucketSide(indices, scaled);
    }

    /** With the buckets of another added, or subtracted if the sign is -1; empty ones count as buckets too. */
    BucketSide plus(BucketSide other, int sign) {
        if (Arrays.equals(indices, other.indices)) {
            var sums = new double[counts.length];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = counts[i] + sign * other.counts[i];
            }
            return new BucketSide(indices, sums);
        }
        var places = new int[size() + other.size()];
        var sums = new double[places.length];
        int size = 0;
        int a = 0;
        int b = 0;
        while (a < size() || b < other.size()) {
            boolean mine = b == other.size() || (a < size() && indices[a] <= other.indices[b]);
            boolean others = a == size() || (b < other.size() && other.indices[b] <= indices[a]);
            places[size] = mine ? indices[a] : other.indices[b];
            if (mine && others) {
                sums[size] = counts[a] + sign * other.counts[b];
            } else {
                sums[size] = mine ? counts[a] : sign * other.counts[b];
            }
            a += mine ? 1 : 0;
            b += others ? 1 : 0;
            size++;
        }
        return new BucketSide(Arrays.copyOf(places, size), Arrays.copyOf(sums, size));
    }

    /** With buckets merged that fall together in a coarser schema. */
    BucketSide reduced(int levels) {
        if (levels == 0 || size() == 0) {
            return this;
        }
        var places = new int[size()];
        var sums = new double[size()];
        int size = 0;
        for (int i = 0; i < indices.length; i++) {
            int place = ((indices[i] - 1) >> levels) + 1;
            if (size > 0 && places[size - 1] == place) {
                sums[size - 1] += counts[i];
            } else {
                places[size] = place;
                sums[size++] = counts[i];
            }
        }
        return new BucketSide(Arrays.copyOf(places, size), Arrays.copyOf(sums, size));
    }

    /** Without empty buckets. */
    BucketSide compacted() {
        for (double count : counts) {
            if (count == 0) {
                return kept(i -> counts[i] != 0);
            }
        }
        return this;
    }

    /** Without the buckets below an index. */
    BucketSide from(int least) {
        return size() == 0 || indices[0] >= least ? this : kept(i -> indices[i] >= least);
    }

    private BucketSide kept(IntPredicate keep) {
        var places = new int[size()];
        var left = new double[size()];
        int size = 0;
        for (int i = 0; i < indices.length; i++) {
            if (keep.test(i)) {
                places[size] = indices[i];
                left[size++] = counts[i];
            }
        }
        return new BucketSide(Arrays.copyOf(places, size), Arrays.copyOf(left, size));
    }

    /** Whether a bucket that was populated before has fewer observations now. */
    boolean isResetFrom(BucketSide before) {
        int mine = 0;
        for (int i = 0; i < before.size(); i++) {
            while (mine < size() && indices[mine] < before.indices[i]) {
                mine++;
            }
            boolean here = mine < size() && indices[mine] == before.indices[i];
            if (here ? counts[mine] < before.counts[i] : before.counts[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the buckets are the same and their counts too, bit by bit. */
    boolean sameAs(BucketSide other) {
        if (!Arrays.equals(indices, other.indices)) {
            return false;
        }
        for (int i = 0; i < counts.length; i++) {
            if (Double.doubleToRawLongBits(counts[i]) != Double.doubleToRawLongBits(other.counts[i])) {
                return false;
            }
        }
        return true;
    }
}
