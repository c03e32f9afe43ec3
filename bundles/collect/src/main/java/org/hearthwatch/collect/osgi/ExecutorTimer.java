package org.hearthwatch.collect.osgi;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.collect.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer on one thread; after that thread's end it calls nobody. */
final class ExecutorTimer implements Timer {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorTimer.class);

    private final ScheduledExecutorService executor;

    ExecutorTimer(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Call after(Duration delay, Runnable action) {
        try {
            var future = executor.schedule(() -> guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closing) {
            return () -> {};
        }
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("A wake-up call of the collector runner failed", e);
        }
    }
}
