package org.hearthwatch.alert.osgi;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.dispatch.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers that go off on one thread. Thread-safe. */
record OneThread(ScheduledExecutorService thread) implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(OneThread.class);

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future =
                    thread.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> {
                boolean unused = future.cancel(false);
            };
        } catch (RejectedExecutionException e) {
            // The component is going.
            return Timer.NONE;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Part of the routing of alerts failed unexpectedly; the rest goes on", e);
        }
    }
}
