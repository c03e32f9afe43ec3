package org.hearthwatch.query.function;

import java.util.Arrays;
import org.hearthwatch.api.metric.BucketBounds;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.Staleness;

/**
 * A native histogram to calculate with, by the rules of Prometheus 3.5: resolutions and zero buckets are reconciled where
 * two meet, nothing else changes the buckets. Immutable.
 */
public final class Distribution {

    private static final double[] NO_BOUNDS = {};

    private final ResetHint hint;
    private final int schema;
    private final double zeroThreshold;
    private final double zeroCount;
    private final double count;
    private final double sum;
    private final BucketSide positive;
    private final BucketSide negative;
    private final double[] bounds;

    private Distribution(
            ResetHint hint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            BucketSide positive,
            BucketSide negative,
            double[] bounds) {
        this.hint = hint;
        this.schema = schema;
        this.zeroThreshold = zeroThreshold;
        this.zeroCount = zeroCount;
        this.count = count;
        this.sum = sum;
        this.positive = positive;
        this.negative = negative;
        this.bounds = bounds;
    }

    public static Distribution of(NativeHistogram histogram) {
        return new Distribution(
                histogram.resetHint(),
                histogram.schema(),
                histogram.zeroThreshold(),
                histogram.zeroCount(),
                histogram.count(),
                histogram.sum(),
                BucketSide.of(histogram.positive()),
                BucketSide.of(histogram.negative()),
                histogram.hasCustomBounds() ? histogram.customBounds() : NO_BOUNDS);
    }

    public NativeHistogram toApi() {
        // With bounds of its own there is no zero bucket, whatever nothing divided by nothing came to.
        double zeros = hasCustomBounds() ? 0 : zeroCount;
        return new NativeHistogram(
                hint, schema, zeroThreshold, zeros, count, sum, positive.toApi(), negative.toApi(), bounds);
    }

    /** With nothing observed, as before the first sample after a reset. */
    Distribution nothing() {
        return new Distribution(ResetHint.UNKNOWN, schema, 0, 0, 0, 0, BucketSide.NONE, BucketSide.NONE, bounds);
    }

    public double count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    double zeroCount() {
        return zeroCount;
    }

    double zeroThreshold() {
        return zeroThreshold;
    }

    BucketSide positive() {
        return positive;
    }

    BucketSide negative() {
        return negative;
    }

    public boolean hasCustomBounds() {
        return schema == NativeHistogram.CUSTOM_BOUNDS;
    }

    public boolean isGauge() {
        return hint == ResetHint.GAUGE;
    }

    /** Whether this says that its series has ended. */
    public boolean isStale() {
        return Staleness.isStale(sum);
    }

    /** How many numbers it counts for where samples are limited or counted, as in Prometheus: 16 bytes each. */
    public int weight() {
        int bytes = 168 + 8 * (positive.spans() + negative.spans() + positive.size() + negative.size() + bounds.length);
        return (bytes + 8) / 16;
    }

    public Distribution asGauge() {
        return withHint(ResetHint.GAUGE);
    }

    /** What was known of the sample before no longer holds where samples have been chosen. */
    public Distribution withoutResetKnowledge() {
        return isGauge() ? this : withHint(ResetHint.UNKNOWN);
    }

    private Distribution withHint(ResetHint changed) {
        return changed == hint
                ? this
                : new Distribution(changed, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
    }

    public Distribution times(double factor) {
        return new Distribution(
                hint,
                schema,
                zeroThreshold,
                zeroCount * factor,
                count * factor,
                sum * factor,
                positive.times(factor),
                negative.times(factor),
                bounds);
    }

    /** Divided; by zero, no buckets remain. */
    public Distribution over(double divisor) {
        return new Distribution(
                hint,
                schema,
                zeroThreshold,
                zeroCount / divisor,
                count / divisor,
                sum / divisor,
                divisor == 0 ? BucketSide.NONE : positive.over(divisor),
                divisor == 0 ? BucketSide.NONE : negative.over(divisor),
                bounds);
    }

    public Distribution plus(Distribution other) throws BucketMismatchException {
        return combined(other, 1, hintOfSum(other.hint));
    }

    public Distribution minus(Distribution other) throws BucketMismatchException {
        return combined(other, -1, hint);
    }

    private ResetHint hintOfSum(ResetHint other) {
        if (other == hint) {
            return hint;
        }
        return hint == ResetHint.GAUGE || other == ResetHint.GAUGE ? ResetHint.GAUGE : ResetHint.UNKNOWN;
    }

    private Distribution combined(Distribution other, int sign, ResetHint resulting) throws BucketMismatchException {
        if (hasCustomBounds() != other.hasCustomBounds()) {
            throw new BucketMismatchException(false);
        }
        if (!sameBounds(other)) {
            throw new BucketMismatchException(true);
        }
        Distribution mine = this;
        double otherZeroCount = other.zeroCount;
        double otherThreshold = other.zeroThreshold;
        while (otherThreshold != mine.zeroThreshold) {
            if (mine.zeroThreshold > otherThreshold) {
                ZeroBucket wider = other.zeroBucket(mine.zeroThreshold);
                otherZeroCount = wider.count();
                otherThreshold = wider.threshold();
            }
            if (otherThreshold > mine.zeroThreshold) {
                mine = mine.widened(mine.zeroBucket(otherThreshold));
            }
        }
        int common = Math.min(schema, other.schema);
        boolean custom = hasCustomBounds();
        return new Distribution(
                resulting,
                common,
                mine.zeroThreshold,
                mine.zeroCount + sign * otherZeroCount,
                mine.count + sign * other.count,
                mine.sum + sign * other.sum,
                mine.positive
                        .reduced(mine.schema - common)
                        .plus(other.beyond(other.positive, common, mine.zeroThreshold), sign),
                custom
                        ? mine.negative
                        : mine.negative
                                .reduced(mine.schema - common)
                                .plus(other.beyond(other.negative, common, mine.zeroThreshold), sign),
                bounds);
    }

    private boolean sameBounds(Distribution other) {
        return Arrays.equals(bounds, other.bounds);
    }

    /** The buckets of a side in a coarser schema, without those that lie within the zero bucket. */
    private BucketSide beyond(BucketSide side, int common, double threshold) {
        BucketSide reduced = side.reduced(schema - common);
        if (hasCustomBounds() || threshold == 0) {
            return reduced;
        }
        int first = 0;
        int[] indices = reduced.indices();
        while (first < indices.length && BucketBounds.exponential(indices[first], common) <= threshold) {
            first++;
        }
        return first == indices.length ? BucketSide.NONE : reduced.from(indices[first]);
    }

    private record ZeroBucket(double count, double threshold) {}

    /** The zero bucket that reaches at least so far, and as far as the populated bucket reaches that this falls into. */
    private ZeroBucket zeroBucket(double least) {
        double threshold = least;
        if (threshold == zeroThreshold) {
            return new ZeroBucket(zeroCount, threshold);
        }
        while (true) {
            double total = zeroCount;
            for (int i = 0; i < positive.size(); i++) {
                int index = positive.indices()[i];
                if (BucketBounds.exponential(index - 1, schema) >= threshold) {
                    break;
                }
                total += positive.counts()[i];
                double upper = BucketBounds.exponential(index, schema);
                if (upper > threshold) {
                    threshold = positive.counts()[i] != 0 ? upper : threshold;
                    break;
                }
            }
            double reached = threshold;
            for (int i = 0; i < negative.size(); i++) {
                int index = negative.indices()[i];
                if (BucketBounds.exponential(index - 1, schema) >= threshold) {
                    break;
                }
                total += negative.counts()[i];
                double upper = BucketBounds.exponential(index, schema);
                if (upper > threshold) {
                    reached = negative.counts()[i] != 0 ? upper : reached;
                    break;
                }
            }
            if (reached == threshold) {
                return new ZeroBucket(total, threshold);
            }
            // What was counted of the positive side was for a narrower zero bucket.
            threshold = reached;
        }
    }

    private Distribution widened(ZeroBucket zero) {
        return new Distribution(
                hint,
                schema,
                zero.threshold(),
                zero.count(),
                count,
                sum,
                outside(positive, zero.threshold()).compacted(),
                outside(negative, zero.threshold()).compacted(),
                bounds);
    }

    private BucketSide outside(BucketSide side, double threshold) {
        int first = 0;
        while (first < side.size() && BucketBounds.exponential(side.indices()[first] - 1, schema) < threshold) {
            first++;
        }
        return first == side.size() ? BucketSide.NONE : side.from(side.indices()[first]);
    }

    /** In a coarser resolution; the same one keeps what is known of resets. */
    Distribution inSchema(int coarser) {
        return coarser == schema
                ? this
                : new Distribution(
                        ResetHint.UNKNOWN,
                        coarser,
                        zeroThreshold,
                        zeroCount,
                        count,
                        sum,
                        positive.reduced(schema - coarser),
                        negative.reduced(schema - coarser),
                        bounds);
    }

    int schema() {
        return schema;
    }

    /** Without empty buckets. */
    public Distribution compacted() {
        BucketSide left = negative.compacted();
        BucketSide right = positive.compacted();
        return left.size() == negative.size() && right.size() == positive.size()
                ? this
                : new Distribution(hint, schema, zeroThreshold, zeroCount, count, sum, right, left, bounds);
    }

    /** Whether a counter was reset between an earlier sample and this one. */
    public boolean isResetFrom(Distribution before) {
        if (hint == ResetHint.RESET || hint == ResetHint.NO_RESET) {
            return hint == ResetHint.RESET;
        }
        if (count < before.count
                || hasCustomBounds() != before.hasCustomBounds()
                || !sameBounds(before)
                || schema > before.schema
                || zeroThreshold < before.zeroThreshold) {
            return true;
        }
        ZeroBucket zero = before.zeroBucket(zeroThreshold);
        if (zero.threshold() != zeroThreshold || zeroCount < zero.count()) {
            return true;
        }
        return beyond(positive, schema, zeroThreshold)
                        .isResetFrom(before.beyond(before.positive, schema, zeroThreshold))
                || beyond(negative, schema, zeroThreshold)
                        .isResetFrom(before.beyond(before.negative, schema, zeroThreshold));
    }

    /** Whether all numbers are the same, bit by bit; what is known of resets does not matter. */
    public boolean sameAs(Distribution other) {
        return schema == other.schema
                && same(count, other.count)
                && same(sum, other.sum)
                && sameBounds(other)
                && zeroThreshold == other.zeroThreshold
                && same(zeroCount, other.zeroCount)
                && negative.sameAs(other.negative)
                && positive.sameAs(other.positive);
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    /** The upper bound of a bucket of the positive side; mirrored, the lower one of the negative side. */
    double bound(int index) {
        return hasCustomBounds() ? BucketBounds.custom(index, bounds) : BucketBounds.exponential(index, schema);
    }
}
