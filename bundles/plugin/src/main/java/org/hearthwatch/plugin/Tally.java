package org.hearthwatch.plugin;

import java.util.concurrent.atomic.AtomicLong;

/** What happened to plugins since the engine began. Thread-safe. */
public final class Tally {

    private final AtomicLong starts = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong quarantines = new AtomicLong();
    private final AtomicLong rollBacks = new AtomicLong();

    void quarantined() {
        quarantines.incrementAndGet();
    }

    void started() {
        starts.incrementAndGet();
    }

    void failed() {
        failures.incrementAndGet();
    }

    void rolledBack() {
        rollBacks.incrementAndGet();
    }

    public long starts() {
        return starts.get();
    }

    public long failures() {
        return failures.get();
    }

    /** How often a file was found that does not come in as things are. */
    public long quarantines() {
        return quarantines.get();
    }

    public long rollBacks() {
        return rollBacks.get();
    }
}
