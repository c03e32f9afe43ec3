package org.hearthwatch.api.store;

import java.util.List;

/**
 * What the series in memory consist of; lists begin with the greatest.
 *
 * @param series how many there are
 * @param labelPairs different pairs of a label's name and value
 * @param samples how many samples are in memory
 * @param oldest the time of the oldest sample in memory in milliseconds, or {@link Long#MAX_VALUE}
 * @param newest the time of the newest sample in memory in milliseconds, or {@link Long#MIN_VALUE}
 * @param seriesBySource by who sends them, such as {@code collector/host}
 * @param seriesByMetric by metric name
 * @param valuesByLabel how many values a label has
 * @param bytesByLabel how much memory the values of a label take
 * @param seriesByPair by {@code name=value}
 */
public record Cardinality(
        long series,
        long labelPairs,
        long samples,
        long oldest,
        long newest,
        List<Count> seriesBySource,
        List<Count> seriesByMetric,
        List<Count> valuesByLabel,
        List<Count> bytesByLabel,
        List<Count> seriesByPair) {

    /** How much of something. */
    public record Count(String name, long value) {}
}
