package org.hearthwatch.api.metric;

import java.util.Locale;

/** The metric types of OpenMetrics 1.0; {@link #UNKNOWN} is what Prometheus text 0.0.4 calls {@code untyped}. */
public enum MetricType {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    INFO,
    STATESET,
    GAUGEHISTOGRAM,
    UNKNOWN;

    /** The word OpenMetrics and the Prometheus metadata API use, such as {@code counter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
