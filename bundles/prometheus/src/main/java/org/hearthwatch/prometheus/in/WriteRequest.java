package org.hearthwatch.prometheus.in;

import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.prometheus.wire.WireException;

/** A remote-write request, whichever version. */
interface WriteRequest {

    /** Reads all of it into its push. */
    void read() throws WireException, TooMuchException;

    /** The types of both versions have the same numbers. */
    static MetricType type(int number) {
        return switch (number) {
            case 1 -> MetricType.COUNTER;
            case 2 -> MetricType.GAUGE;
            case 3 -> MetricType.HISTOGRAM;
            case 4 -> MetricType.GAUGEHISTOGRAM;
            case 5 -> MetricType.SUMMARY;
            case 6 -> MetricType.INFO;
            case 7 -> MetricType.STATESET;
            default -> MetricType.UNKNOWN;
        };
    }

    /** Gives a histogram to the push, or tells what is wrong with it. */
    static void take(Push push, Labels series, HistogramReader histograms) throws TooMuchException {
        try {
            push.histogram(series, histograms.timestamp(), histograms.histogram());
        } catch (IllegalArgumentException e) {
            push.problems().add("invalid histogram", 1, e.getMessage() + " for series " + series);
        }
    }

    /** Tells about samples of a series that was not taken, for a fault or because there are too many. */
    static void refused(Push push, int samples, String fault, SeriesLabels labels) {
        if (samples > 0 && fault.isEmpty()) {
            push.tooManySeries(samples, labels);
        } else if (samples > 0) {
            push.problems().add("invalid labels", samples, fault + ", got " + labels);
        }
    }
}
