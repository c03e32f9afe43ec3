package org.hearthwatch.query.function;

import org.hearthwatch.query.number.Exponentials;
import org.hearthwatch.query.number.Logarithms;
import org.hearthwatch.query.syntax.GoText;

/**
 * What a native histogram says of its observations, as Prometheus 3.5 estimates it: spread evenly within buckets of
 * custom bounds and the zero bucket, exponentially within all others.
 */
public final class DistributionStatistics {

    private DistributionStatistics() {}

    /**
     * An estimate, and what NaN observations did to it.
     *
     * @param nan what is to be said about them
     */
    public record Estimate(double value, Nan nan) {

        /** How observations that are not a number told on an estimate. */
        public enum Nan {
            NONE,
            /** So many that they are the answer. */
            RESULT,
            /** They are taken for greater than all others. */
            SKEW
        }

        static Estimate of(double value) {
            return new Estimate(value, Nan.NONE);
        }
    }

    public static double average(Distribution histogram) {
        return histogram.sum() / histogram.count();
    }

    public static double variance(Distribution histogram) {
        double mean = average(histogram);
        BucketList buckets = BucketList.of(histogram);
        var squares = new Sum();
        for (int i = 0; i < buckets.size(); i++) {
            double count = buckets.counts()[i];
            if (count != 0) {
                double delta = middle(histogram, buckets.lower()[i], buckets.upper()[i]) - mean;
                squares.add(count * delta * delta);
            }
        }
        return squares.value() / histogram.count();
    }

    private static double middle(Distribution histogram, double lower, double upper) {
        if (histogram.hasCustomBounds()) {
            return (upper + lower) / 2;
        }
        if (lower <= 0 && upper >= 0) {
            return 0;
        }
        double geometric = Math.sqrt(upper * lower);
        return upper < 0 ? -geometric : geometric;
    }

    /** The value below which a share of all observations lies. */
    public static Estimate quantile(double share, Distribution histogram) {
        if (share < 0) {
            return Estimate.of(Double.NEGATIVE_INFINITY);
        }
        if (share > 1) {
            return Estimate.of(Double.POSITIVE_INFINITY);
        }
        double total = histogram.count();
        if (total == 0 || Double.isNaN(share)) {
            return Estimate.of(Double.NaN);
        }
        BucketList buckets = BucketList.of(histogram);
        boolean nan = Double.isNaN(histogram.sum());
        // From the nearer end, which keeps more digits; NaN observations lie beyond the far end, so then from below.
        boolean upwards = nan || share < 0.5;
        double rank = upwards ? share * total : (1 - share) * total;
        int size = buckets.size();
        double seen = 0;
        int at = -1;
        int visited = 0;
        while (visited < size) {
            at = upwards ? visited : size - 1 - visited;
            visited++;
            double count = buckets.counts()[at];
            seen += count;
            if (count != 0 && seen >= rank) {
                break;
            }
        }
        double lower = at < 0 ? 0 : buckets.lower()[at];
        double upper = at < 0 ? 0 : buckets.upper()[at];
        double count = at < 0 ? 0 : buckets.counts()[at];
        if (histogram.hasCustomBounds()) {
            if (lower == Double.NEGATIVE_INFINITY) {
                if (upper <= 0) {
                    return Estimate.of(upper);
                }
                lower = 0;
            } else if (upper == Double.POSITIVE_INFINITY) {
                return Estimate.of(lower);
            }
        } else if (lower < 0 && upper > 0) {
            if (histogram.negative().size() == 0 && histogram.positive().size() > 0) {
                lower = 0;
            } else if (histogram.positive().size() == 0 && histogram.negative().size() > 0) {
                upper = 0;
            }
        }
        seen = Math.min(seen, total);
        if (seen < rank) {
            return nan ? new Estimate(Double.NaN, Estimate.Nan.RESULT) : Estimate.of(upper);
        }
        rank = upwards ? rank - (seen - count) : seen - rank;
        var skew = Estimate.Nan.NONE;
        if (nan) {
            for (int i = visited; i < size; i++) {
                count = buckets.counts()[i];
                lower = buckets.lower()[i];
                upper = buckets.upper()[i];
                seen += count;
            }
            skew = seen < total ? Estimate.Nan.SKEW : skew;
        }
        return new Estimate(interpolated(histogram, lower, upper, rank / count), skew);
    }

    private static double interpolated(Distribution histogram, double lower, double upper, double fraction) {
        if (histogram.hasCustomBounds() || (lower <= 0 && upper >= 0)) {
            return lower + (upper - lower) * fraction;
        }
        double logLower = Logarithms.log2(Math.abs(lower));
        double logUpper = Logarithms.log2(Math.abs(upper));
        return lower > 0
                ? Exponentials.exp2(logLower + (logUpper - logLower) * fraction)
                : -Exponentials.exp2(logUpper + (logLower - logUpper) * (1 - fraction));
    }

    /** The share of observations between two values. */
    public static Estimate fraction(double from, double to, Distribution histogram) {
        double total = histogram.count();
        if (total == 0 || Double.isNaN(from) || Double.isNaN(to)) {
            return Estimate.of(Double.NaN);
        }
        if (from >= to) {
            return Estimate.of(0);
        }
        BucketList buckets = BucketList.of(histogram);
        double below = 0;
        double fromRank = Double.NaN;
        double toRank = Double.NaN;
        double counted = 0;
        for (int i = 0; i < buckets.size(); i++) {
            counted += buckets.counts()[i];
            boolean open = Double.isNaN(fromRank) || Double.isNaN(toRank);
            if (open) {
                fromRank = Double.isNaN(fromRank) ? rankOf(from, histogram, buckets, i, below) : fromRank;
                toRank = Double.isNaN(toRank) ? rankOf(to, histogram, buckets, i, below) : toRank;
                below += buckets.counts()[i];
            }
        }
        boolean nan = Double.isNaN(histogram.sum());
        double most = nan ? counted : total;
        fromRank = Double.isNaN(fromRank) || fromRank > most ? most : fromRank;
        toRank = Double.isNaN(toRank) || toRank > most ? most : toRank;
        return new Estimate(
                (toRank - fromRank) / total, nan && counted < total ? Estimate.Nan.SKEW : Estimate.Nan.NONE);
    }

    /** How many observations lie below a value, if that is settled in this bucket; else not a number. */
    private static double rankOf(double value, Distribution histogram, BucketList buckets, int i, double below) {
        double lower = buckets.lower()[i];
        double upper = buckets.upper()[i];
        boolean zero = lower <= 0 && upper >= 0;
        if (zero && histogram.negative().size() == 0 && histogram.positive().size() > 0) {
            lower = 0;
        } else if (zero
                && histogram.positive().size() == 0
                && histogram.negative().size() > 0) {
            upper = 0;
        }
        if (lower >= value) {
            return below;
        }
        if (upper <= value) {
            return Double.NaN;
        }
        double fraction;
        if (histogram.hasCustomBounds() || zero) {
            return below + buckets.counts()[i] * (value - lower) / (upper - lower);
        }
        double logLower = Logarithms.log2(Math.abs(lower));
        double logUpper = Logarithms.log2(Math.abs(upper));
        double log = Logarithms.log2(Math.abs(value));
        fraction =
                value > 0 ? (log - logLower) / (logUpper - logLower) : 1 - ((log - logUpper) / (logLower - logUpper));
        return below + buckets.counts()[i] * fraction;
    }

    /** As {@code count_values} writes a histogram. */
    public static String text(Distribution histogram) {
        BucketList buckets = BucketList.uncut(histogram);
        var text = new StringBuilder("{count:")
                .append(GoText.compact(histogram.count()))
                .append(", sum:")
                .append(GoText.compact(histogram.sum()));
        boolean custom = histogram.hasCustomBounds();
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.counts()[i] != 0) {
                double lower = buckets.lower()[i];
                double upper = buckets.upper()[i];
                boolean zero =
                        histogram.zeroCount() != 0 && i == histogram.negative().size();
                boolean fromLower = custom ? histogram.positive().indices()[i] == 0 : zero || lower < 0;
                boolean toUpper = custom || zero || upper > 0;
                text.append(", ")
                        .append(fromLower ? '[' : '(')
                        .append(GoText.compact(lower))
                        .append(',')
                        .append(GoText.compact(upper))
                        .append(toUpper ? ']' : ')')
                        .append(':')
                        .append(GoText.compact(buckets.counts()[i]));
            }
        }
        return text.append('}').toString();
    }
}
