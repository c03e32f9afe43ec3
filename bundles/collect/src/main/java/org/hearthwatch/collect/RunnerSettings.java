package org.hearthwatch.collect;

import java.time.Duration;

/**
 * How the runner works.
 *
 * @param instance the {@code instance} label of every series
 * @param collectors how many there may be
 * @param maxBackOff the longest time between two runs of a collector that keeps failing
 */
public record RunnerSettings(String instance, int collectors, Limits limits, Duration maxBackOff) {

    /** Failed runs in a row before runs come more rarely. */
    static final int FAILURES_BEFORE_BACK_OFF = 3;

    /** How long an interrupted run may take to end before its thread is given up. */
    static final Duration GRACE = Duration.ofSeconds(2);

    /** Ticks of a beat of {@code interval} to leave out after that many failed runs in a row. */
    long ticksToSkip(int consecutiveFailures, Duration interval) {
        int doublings = consecutiveFailures - FAILURES_BEFORE_BACK_OFF + 1;
        if (doublings <= 0) {
            return 0;
        }
        long most = Math.max(1, maxBackOff.toNanos() / interval.toNanos());
        return Math.min(most, 1L << Math.min(doublings, 30)) - 1;
    }
}
