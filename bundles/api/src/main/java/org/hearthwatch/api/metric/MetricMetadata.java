package org.hearthwatch.api.metric;

/**
 * What is known of a metric family beside its numbers.
 *
 * @param name the family's name as in {@code # TYPE} of the text format (a counter's with {@code _total})
 * @param unit the base unit, or empty where it is not stated
 */
public record MetricMetadata(String name, MetricType type, String help, String unit) {}
