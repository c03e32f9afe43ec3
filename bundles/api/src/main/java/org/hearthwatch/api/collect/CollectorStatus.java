package org.hearthwatch.api.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a collector is doing.
 *
 * @param bundle the symbolic name of the bundle it comes from
 * @param lastRun when the newest run began
 * @param lastDuration how long it took
 * @param lastError why the newest run failed, for people; empty when it succeeded
 * @param series the series of the newest successful run
 * @param refusedSamples samples refused for a limit since the collector came
 * @param consecutiveFailures failed runs since the newest success; the runner backs off as they grow
 */
public record CollectorStatus(
        String name,
        String job,
        String bundle,
        State state,
        Duration interval,
        Duration timeout,
        Optional<Instant> lastRun,
        Optional<Duration> lastDuration,
        Optional<String> lastError,
        int series,
        long refusedSamples,
        int consecutiveFailures) {

    /** What the runner is doing with a collector. */
    public enum State {
        /** No run has ended yet. */
        STARTING,
        /** The newest run succeeded. */
        OK,
        /** The newest run failed; the next comes at the usual time. */
        FAILING,
        /** Several runs failed in a row; runs come more rarely until one succeeds. */
        BACKING_OFF,
        /** A run did not end when it was interrupted; nothing is scheduled until it does. */
        STUCK
    }
}
