package org.hearthwatch.api.metric;

/**
 * An example behind a number, such as the trace of one request that a histogram's bucket counted.
 *
 * @param series the series it belongs to
 * @param labels what identifies the example, such as {@code trace_id}; at most 128 characters in all
 * @param timestamp milliseconds since the Unix epoch
 */
public record Exemplar(Labels series, Labels labels, long timestamp, double value) {}
