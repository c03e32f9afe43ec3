package org.hearthwatch.query.evaluation;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the memory that all running queries hold together, so that they stay within a limit. Thread-safe. */
public final class Arena {

    /** The least that is reserved at once, so that queries seldom meet here. */
    static final long GRAIN = 256 * 1024;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public Arena(long limitBytes) {
        this.limit = limitBytes;
    }

    /** Reserves memory, or gives back false and reserves nothing. */
    public boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was reserved. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes reserved now. */
    public long used() {
        return used.get();
    }
}
