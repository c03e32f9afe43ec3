package org.hearthwatch.prometheus.in;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What all pushes together may hold while they are read; first come, first served. Thread-safe. */
final class Memory {

    private static final int UNIT = 1024;

    private final Semaphore free = new Semaphore(0, true);
    private int total;

    /**
     * Takes a part, waiting for it if need be; false if it took too long. Settings see to it that one request fits.
     */
    boolean take(long bytes, PushLimits limits) {
        resize(units(limits.memoryBytes()));
        try {
            return free.tryAcquire(units(bytes), limits.patience().toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void giveBack(long bytes) {
        free.release(units(bytes));
    }

    private synchronized void resize(int wanted) {
        if (wanted > total) {
            free.release(wanted - total);
            total = wanted;
        } else if (wanted < total && free.tryAcquire(total - wanted)) {
            total = wanted;
        }
    }

    /** What is really taken for so many bytes, and to be given back for them. */
    static long rounded(long bytes) {
        return (long) units(bytes) * UNIT;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }
}
