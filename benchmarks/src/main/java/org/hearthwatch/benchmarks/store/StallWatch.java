package org.hearthwatch.benchmarks.store;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hearthwatch.benchmarks.Measurements;

/**
 * What keeps a thread that does nothing but sleep a millisecond at a time: the machine's other work, and this process's
 * garbage collections. A stall of the same length elsewhere says nothing of what is being measured.
 */
final class StallWatch {

    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(1);

    private final Measurements late = new Measurements();
    private final Thread thread = new Thread(this::watch, "stall-watch");
    private final long pausesBefore = count();
    private final long millisBefore = millis();
    private volatile boolean ended;

    /** Begins. */
    StallWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!ended) {
            long begin = System.nanoTime();
            LockSupport.parkNanos(NAP);
            late.add((System.nanoTime() - begin - NAP) / 1e6);
        }
    }

    /** Ends. @return by how many milliseconds each sleep was too long */
    Measurements end() throws InterruptedException {
        ended = true;
        thread.join();
        return late;
    }

    /** How many collections there were since the begin. */
    long pauses() {
        return count() - pausesBefore;
    }

    /** How long they were, all together. */
    long pauseMillis() {
        return millis() - millisBefore;
    }

    private static long count() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long millis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
