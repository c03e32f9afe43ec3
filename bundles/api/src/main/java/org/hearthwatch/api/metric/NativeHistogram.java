package org.hearthwatch.api.metric;

import java.util.Arrays;
import java.util.List;

/**
 * One sample of a native histogram, as Prometheus 3.5 has them: buckets whose bounds follow from a schema, of which only
 * the populated ones are kept. Counts are absolute doubles, whole numbers where the source had whole numbers.
 *
 * <p>Schemas {@value #LEAST_SCHEMA} to {@value #GREATEST_SCHEMA} are exponential: the positive bucket with index {@code i}
 * reaches from {@code 2^((i-1) * 2^-schema)}, excluded, to {@code 2^(i * 2^-schema)}, included; negative ones mirror
 * them. Schema {@value #CUSTOM_BOUNDS} has the bounds {@link #customBounds()}, no zero bucket and no negative side: bucket
 * {@code i} reaches from bound {@code i - 1} (or -Inf), excluded, to bound {@code i} (or +Inf), included.
 *
 * <p>Source: the Prometheus native histogram specification. Immutable and thread-safe; two are equal when all their
 * numbers have the same bits.
 */
public final class NativeHistogram {

    public static final int LEAST_SCHEMA = -4;
    public static final int GREATEST_SCHEMA = 8;

    /** The schema of histograms with bounds of their own. */
    public static final int CUSTOM_BOUNDS = -53;

    /** The most buckets of one side, a bound on what a hostile source can make us hold. */
    public static final int MOST_BUCKETS = 10_000;

    /** What is known of counter resets between the sample before and this one. */
    public enum ResetHint {
        UNKNOWN,
        RESET,
        NO_RESET,
        /** A gauge histogram: resets mean nothing. */
        GAUGE
    }

    private final ResetHint resetHint;
    private final int schema;
    private final double zeroThreshold;
    private final double zeroCount;
    private final double count;
    private final double sum;
    private final Buckets positive;
    private final Buckets negative;
    private final double[] customBounds;

    /**
     * @param customBounds finite and growing, for schema {@value #CUSTOM_BOUNDS}; empty for others
     * @throws IllegalArgumentException naming the rule that is broken
     */
    public NativeHistogram(
            ResetHint resetHint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            Buckets positive,
            Buckets negative,
            double... customBounds) {
        if (schema == CUSTOM_BOUNDS) {
            checkCustom(negative, zeroCount, zeroThreshold, customBounds);
        } else if (schema < LEAST_SCHEMA || schema > GREATEST_SCHEMA) {
            throw new IllegalArgumentException("A native histogram has a schema from " + LEAST_SCHEMA + " to "
                    + GREATEST_SCHEMA + " or " + CUSTOM_BOUNDS + ", not " + schema);
        } else if (customBounds.length > 0) {
            throw new IllegalArgumentException("Only schema " + CUSTOM_BOUNDS + " has custom bounds, not " + schema);
        } else if (!(zeroThreshold >= 0)) {
            throw new IllegalArgumentException("The zero bucket's threshold is at least 0, not " + zeroThreshold);
        }
        this.resetHint = resetHint;
        this.schema = schema;
        this.zeroThreshold = zeroThreshold;
        this.zeroCount = zeroCount;
        this.count = count;
        this.sum = sum;
        this.positive = positive;
        this.negative = negative;
        this.customBounds = customBounds.clone();
    }

    private static void checkCustom(Buckets negative, double zeroCount, double zeroThreshold, double[] bounds) {
        if (negative.size() > 0 || zeroCount != 0 || zeroThreshold != 0) {
            throw new IllegalArgumentException(
                    "A histogram with custom bounds has no zero bucket and no negative ones");
        }
        if (bounds.length > MOST_BUCKETS) {
            throw new IllegalArgumentException("A histogram has at most " + MOST_BUCKETS + " custom bounds");
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || (i > 0 && !(bounds[i] > bounds[i - 1]))) {
                throw new IllegalArgumentException(
                        "Custom bounds are finite and grow, unlike " + Arrays.toString(bounds));
            }
        }
    }

    public ResetHint resetHint() {
        return resetHint;
    }

    public int schema() {
        return schema;
    }

    public boolean hasCustomBounds() {
        return schema == CUSTOM_BOUNDS;
    }

    /** Observations between minus and plus this, both included, are in the zero bucket. */
    public double zeroThreshold() {
        return zeroThreshold;
    }

    public double zeroCount() {
        return zeroCount;
    }

    /** All observations, NaN ones included. */
    public double count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    public Buckets positive() {
        return positive;
    }

    public Buckets negative() {
        return negative;
    }

    /** A copy of the bounds of schema {@value #CUSTOM_BOUNDS}; empty for others. */
    public double[] customBounds() {
        return customBounds.clone();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof NativeHistogram that
                        && resetHint == that.resetHint
                        && schema == that.schema
                        && same(zeroThreshold, that.zeroThreshold)
                        && same(zeroCount, that.zeroCount)
                        && same(count, that.count)
                        && same(sum, that.sum)
                        && positive.equals(that.positive)
                        && negative.equals(that.negative)
                        && Arrays.equals(customBounds, that.customBounds));
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * schema + Double.hashCode(count)) + Double.hashCode(sum)) + positive.hashCode();
    }

    @Override
    public String toString() {
        return "NativeHistogram[schema=" + schema + ", count=" + count + ", sum=" + sum + ", zero=" + zeroCount
                + ", positive=" + positive + ", negative=" + negative + "]";
    }

    /** A run of populated buckets: how many indices are skipped before it (its index, for the first), and how many follow. */
    public record Span(int offset, int length) {}

    /** The populated buckets of one side, by growing index. Immutable. */
    public static final class Buckets {

        /** No buckets. */
        public static final Buckets NONE = new Buckets(List.of());

        private final List<Span> spans;
        private final double[] counts;

        /**
         * @param counts one for each bucket of the spans
         * @throws IllegalArgumentException if a span is impossible, or spans and counts do not fit each other
         */
        public Buckets(List<Span> spans, double... counts) {
            long index = 0;
            long size = 0;
            for (int i = 0; i < spans.size(); i++) {
                Span span = spans.get(i);
                if (span.length() < 0 || (i > 0 && span.offset() < 0)) {
                    throw new IllegalArgumentException("Spans neither overlap nor shrink, unlike " + spans);
                }
                index += (long) span.offset() + span.length();
                size += span.length();
                if (index != (int) index || size > MOST_BUCKETS) {
                    throw new IllegalArgumentException(
                            "A side of a histogram has at most " + MOST_BUCKETS + " buckets");
                }
            }
            if (size != counts.length) {
                throw new IllegalArgumentException(
                        "Spans of " + size + " buckets come with " + counts.length + " counts");
            }
            this.spans = List.copyOf(spans);
            this.counts = counts.clone();
        }

        public List<Span> spans() {
            return spans;
        }

        /** How many buckets. */
        public int size() {
            return counts.length;
        }

        /** The count of the n-th populated bucket, not cumulative. */
        public double count(int n) {
            return counts[n];
        }

        /** A copy of all counts. */
        public double[] counts() {
            return counts.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Buckets that && spans.equals(that.spans) && Arrays.equals(counts, that.counts);
        }

        @Override
        public int hashCode() {
            return 31 * spans.hashCode() + Arrays.hashCode(counts);
        }

        @Override
        public String toString() {
            return spans + Arrays.toString(counts);
        }
    }
}
