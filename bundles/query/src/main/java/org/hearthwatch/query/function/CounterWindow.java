package org.hearthwatch.query.function;

import org.jspecify.annotations.Nullable;

/** How what changed between the first and the last sample of a range becomes what changed over all of it. */
public final class CounterWindow {

    private CounterWindow() {}

    /**
     * By what the change between the samples is to be multiplied to reach to the bounds of the range.
     *
     * @param counter whether it never goes below zero
     * @param change between first and last sample; not a number for histograms
     * @param first value; not a number for histograms
     */
    public static double extrapolation(Window window, boolean counter, double change, double first) {
        int last = window.size() - 1;
        long begin = window.time(0);
        long end = window.time(last);
        double sampled = (end - begin) / 1e3;
        double spacing = sampled / last;
        double toStart = (begin - window.start()) / 1e3;
        double toEnd = (window.end() - end) / 1e3;
        // A gap of more than one sample's spacing means that the series begins or ends within the range; it is then
        // taken to go on for half the spacing.
        double threshold = spacing * 1.1;
        if (toStart >= threshold) {
            toStart = spacing / 2;
        }
        if (counter && change > 0 && first >= 0) {
            // No counter was ever below zero: extrapolating further back than to zero would invent increase.
            double toZero = sampled * (first / change);
            toStart = toZero < toStart ? toZero : toStart;
        }
        if (toEnd >= threshold) {
            toEnd = spacing / 2;
        }
        return (sampled + toStart + toEnd) / sampled;
    }

    /** What a window of at least two histograms changed by: a gauge, in the coarsest resolution among them. */
    public static Distribution change(Window window, boolean counter) throws BucketMismatchException {
        int last = window.size() - 1;
        Distribution end = at(window, last);
        Distribution before = at(window, 0);
        if (counter && at(window, 1).isResetFrom(before)) {
            // Whatever the buckets were before the reset, they need not fit.
            before = at(window, 1).nothing();
        }
        boolean custom = before.hasCustomBounds();
        int schema = Math.min(before.schema(), end.schema());
        if (end.hasCustomBounds() != custom) {
            throw new BucketMismatchException(false);
        }
        for (int i = 1; counter && i < last; i++) {
            schema = Math.min(schema, at(window, i).schema());
            if (at(window, i).hasCustomBounds() != custom) {
                throw new BucketMismatchException(false);
            }
        }
        Distribution change = end.inSchema(schema).minus(before);
        for (int i = 1; counter && i <= last; i++) {
            Distribution now = at(window, i);
            if (now.isResetFrom(before)) {
                change = change.plus(before);
            }
            before = now;
        }
        return change.asGauge().compacted();
    }

    private static Distribution at(Window window, int index) {
        @Nullable Distribution histogram = window.histogram(index);
        if (histogram == null) {
            throw new IllegalArgumentException("a number among histograms");
        }
        return histogram;
    }
}
