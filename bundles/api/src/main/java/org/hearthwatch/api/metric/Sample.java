package org.hearthwatch.api.metric;

/**
 * One value of one series.
 *
 * @param labels the series
 * @param timestamp milliseconds since the Unix epoch
 * @param value any double, NaN payloads included
 */
public record Sample(Labels labels, long timestamp, double value) {}
