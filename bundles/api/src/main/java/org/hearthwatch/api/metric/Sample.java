package org.hearthwatch.api.metric;

import java.util.Optional;

/**
 * One sample of one series: a number or a native histogram.
 *
 * @param labels the series
 * @param timestamp milliseconds since the Unix epoch
 * @param value any double, NaN payloads included; an ordinary NaN beside a histogram
 * @param histogram what was measured, where it is no number
 */
public record Sample(Labels labels, long timestamp, double value, Optional<NativeHistogram> histogram) {

    /** A number. */
    public Sample(Labels labels, long timestamp, double value) {
        this(labels, timestamp, value, Optional.empty());
    }

    /** A histogram. */
    public Sample(Labels labels, long timestamp, NativeHistogram histogram) {
        this(labels, timestamp, Double.NaN, Optional.of(histogram));
    }
}
