package org.hearthwatch.prometheus.exposition;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.Enumeration;
import java.util.Locale;

/** A format to expose in, and how a scraper asks for it. */
public enum Format {
    /** Prometheus text format 0.0.4, which everybody reads. */
    TEXT(TextFormat.CONTENT_TYPE_004),
    /** OpenMetrics text format 1.0.0. */
    OPEN_METRICS(TextFormat.CONTENT_TYPE_OPENMETRICS_100);

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /**
     * The format an {@code Accept} header (RFC 9110, section 12.5.1) prefers; text where it states no preference between
     * the two, and also where it accepts neither, as exporters do.
     */
    public static Format accepted(String accept) {
        double openMetrics = 0;
        double text = 0;
        for (String range : accept.split(",", 100)) {
            String[] parts = range.split(";", 20);
            double quality = quality(parts);
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "application/openmetrics-text" -> openMetrics = Math.max(openMetrics, quality);
                case "text/plain", "text/*", "*/*" -> text = Math.max(text, quality);
                default -> {}
            }
        }
        return openMetrics > text ? OPEN_METRICS : TEXT;
    }

    void write(Writer writer, Enumeration<MetricFamilySamples> families) throws IOException {
        if (this == OPEN_METRICS) {
            TextFormat.writeOpenMetrics100(writer, families);
        } else {
            TextFormat.write004(writer, families);
        }
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    double quality = Double.parseDouble(parameter.substring(2));
                    return quality >= 0 && quality <= 1 ? quality : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
