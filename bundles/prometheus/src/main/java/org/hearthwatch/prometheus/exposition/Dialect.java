package org.hearthwatch.prometheus.exposition;

import java.util.Locale;

/** The text formats that are read. */
public enum Dialect {
    /** Prometheus text 0.0.4 and 1.0.0; the latter's quoted names are read in either. Times are milliseconds. */
    TEXT,
    /** OpenMetrics 1.0. Times are seconds; the last line is {@code # EOF}. */
    OPEN_METRICS;

    /** By a {@code Content-Type}; anything that is not OpenMetrics is taken for {@link #TEXT}. */
    public static Dialect of(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return type.equals("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }
}
