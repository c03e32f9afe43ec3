package org.hearthwatch.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.hearthwatch.api.store.Receipt;

/** What the store counts since it was opened. Thread-safe. */
final class Figures {

    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLongArray refused = new AtomicLongArray(Receipt.Reason.values().length);
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong writeErrors = new AtomicLong();
    private final Timings commits = new Timings();

    AtomicLong appended() {
        return appended;
    }

    AtomicLong duplicates() {
        return duplicates;
    }

    void refuse(Receipt.Reason reason) {
        refused.incrementAndGet(reason.ordinal());
    }

    long refused(Receipt.Reason reason) {
        return refused.get(reason.ordinal());
    }

    /** Batches that could not be taken at all. */
    AtomicLong unavailable() {
        return unavailable;
    }

    AtomicLong writeErrors() {
        return writeErrors;
    }

    Timings commits() {
        return commits;
    }
}
