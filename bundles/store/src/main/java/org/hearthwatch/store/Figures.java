package org.hearthwatch.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.store.Receipt;

/** What the store counts since it was opened. Thread-safe. */
final class Figures {

    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final Map<Receipt.Reason, AtomicLong> refused = new EnumMap<>(Receipt.Reason.class);
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong writeErrors = new AtomicLong();
    private final Timings commits = new Timings();

    Figures() {
        for (Receipt.Reason reason : Receipt.Reason.values()) {
            refused.put(reason, new AtomicLong());
        }
    }

    AtomicLong appended() {
        return appended;
    }

    AtomicLong duplicates() {
        return duplicates;
    }

    /** Samples refused for a reason. */
    AtomicLong refused(Receipt.Reason reason) {
        return Objects.requireNonNull(refused.get(reason));
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
