package org.hearthwatch.store.blocks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What was done for the blocks since the store was opened. Thread-safe. */
public final class UpkeepFigures {

    private final AtomicLong cuts = new AtomicLong();
    private final AtomicLong cutNanos = new AtomicLong();
    private final AtomicLong lastCutNanos = new AtomicLong();
    private final AtomicLong cutSamples = new AtomicLong();
    private final AtomicLongArray merges = new AtomicLongArray(Windows.MOST + 1);
    private final AtomicLong mergeNanos = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong forgotten = new AtomicLong();

    void cut(long nanos, long samples) {
        cuts.incrementAndGet();
        cutNanos.addAndGet(nanos);
        lastCutNanos.set(nanos);
        cutSamples.addAndGet(samples);
    }

    void merged(int level, long nanos) {
        merges.incrementAndGet(level);
        mergeNanos.addAndGet(nanos);
    }

    void dropped(int blocks) {
        dropped.addAndGet(blocks);
    }

    void failed() {
        failures.incrementAndGet();
    }

    void forgotten(int series) {
        forgotten.addAndGet(series);
    }

    public long cuts() {
        return cuts.get();
    }

    public double cutSeconds() {
        return cutNanos.get() / 1e9;
    }

    public double lastCutSeconds() {
        return lastCutNanos.get() / 1e9;
    }

    public long cutSamples() {
        return cutSamples.get();
    }

    /** Merges to a level. */
    public long merges(int level) {
        return merges.get(level);
    }

    public double mergeSeconds() {
        return mergeNanos.get() / 1e9;
    }

    /** Blocks dropped for their age or for their size. */
    public long dropped() {
        return dropped.get();
    }

    public long failures() {
        return failures.get();
    }

    /** Series of which nothing was left. */
    public long forgotten() {
        return forgotten.get();
    }
}
