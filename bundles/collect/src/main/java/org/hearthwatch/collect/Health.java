package org.hearthwatch.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorStatus.State;

/**
 * How a collector is doing, as of its newest run.
 *
 * @param series of the newest successful run
 * @param samples stored since the collector came
 * @param refused samples refused for a limit, here or by the store
 * @param missed runs left out because the one before was still under way, or no thread was free
 * @param backingOff whether the next runs are left out because of failures
 */
record Health(
        Optional<Instant> lastRun,
        Duration lastDuration,
        Optional<String> lastError,
        int series,
        long runs,
        long failures,
        long samples,
        long refused,
        long missed,
        int consecutiveFailures,
        boolean backingOff,
        boolean stuck) {

    static final Health UNKNOWN =
            new Health(Optional.empty(), Duration.ZERO, Optional.empty(), 0, 0, 0, 0, 0, 0, 0, false, false);

    Health succeeded(Outcome outcome, int stored, int refusedByStore) {
        return new Health(
                Optional.of(outcome.began()),
                outcome.duration(),
                Optional.empty(),
                outcome.sink().map(RunSink::size).orElse(0),
                runs + 1,
                failures,
                samples + stored,
                refused + refusedByStore,
                missed,
                0,
                false,
                stuck);
    }

    Health failed(Outcome outcome, boolean backsOff) {
        return new Health(
                Optional.of(outcome.began()),
                outcome.duration(),
                outcome.error(),
                series,
                runs + 1,
                failures + 1,
                samples,
                refused + outcome.refused(),
                missed,
                consecutiveFailures + 1,
                backsOff,
                stuck);
    }

    Health stuck(boolean now) {
        return new Health(
                lastRun,
                lastDuration,
                lastError,
                series,
                runs,
                failures,
                samples,
                refused,
                missed,
                consecutiveFailures,
                backingOff,
                now);
    }

    Health missedOne() {
        return new Health(
                lastRun,
                lastDuration,
                lastError,
                series,
                runs,
                failures,
                samples,
                refused,
                missed + 1,
                consecutiveFailures,
                backingOff,
                stuck);
    }

    State state() {
        if (stuck) {
            return State.STUCK;
        }
        if (lastRun.isEmpty()) {
            return State.STARTING;
        }
        if (lastError.isEmpty()) {
            return State.OK;
        }
        return backingOff ? State.BACKING_OFF : State.FAILING;
    }
}
