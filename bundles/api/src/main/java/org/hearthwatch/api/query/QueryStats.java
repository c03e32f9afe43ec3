package org.hearthwatch.api.query;

import java.time.Duration;

/**
 * What an answer cost, in Prometheus's terms.
 *
 * @param samples samples looked at over all steps, a range selector's window counted at each step
 * @param samplesPerStep the same for each step, in order; one for an instant query
 * @param peakSamples the most samples held at a time
 * @param queued how long it waited for its turn
 * @param parsed how long parsing and preparing took
 * @param evaluated how long the evaluation took, selecting included
 */
@SuppressWarnings("ArrayRecordComponent") // one place a step, and there are up to 11 000
public record QueryStats(
        long samples, long[] samplesPerStep, long peakSamples, Duration queued, Duration parsed, Duration evaluated) {

    /** Where nothing was counted. */
    public static final QueryStats NONE =
            new QueryStats(0, new long[0], 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
