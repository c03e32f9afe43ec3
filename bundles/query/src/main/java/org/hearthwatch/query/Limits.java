package org.hearthwatch.query;

import java.time.Duration;

/**
 * What queries may use up.
 *
 * @param timeout how long one query may take, waiting for its turn included
 * @param concurrency how many queries run at once; others wait
 * @param maxSamples how many samples one query may hold in memory at once
 * @param maxMemory how many bytes all running queries may hold together
 */
public record Limits(Duration timeout, int concurrency, long maxSamples, long maxMemory) {

    /** What holds unless configured otherwise. */
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(2), 20, 10_000_000, 64L << 20);
}
