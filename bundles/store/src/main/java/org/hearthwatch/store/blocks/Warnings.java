package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What could not be read, each thing told once, the first of many only. Thread-safe. */
final class Warnings implements Missing {

    private static final int MOST = 20;

    private final Set<String> told = new LinkedHashSet<>();
    private final AtomicLong counter;
    private boolean more;

    /** Counts what is told in a counter as well. */
    Warnings(AtomicLong counter) {
        this.counter = counter;
    }

    @Override
    public synchronized void damaged(String warning) {
        if (told.contains(warning)) {
            return;
        }
        counter.incrementAndGet();
        note(warning);
    }

    /** Tells of something that is as it should be, and not all that was asked for. */
    synchronized void note(String warning) {
        if (told.size() < MOST) {
            told.add(warning);
        } else if (!more) {
            more = true;
            told.add("More could not be read; hw:store-check tells all of it");
        }
    }

    @Override
    public void unreadable(IOException why) {
        damaged(why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage());
    }

    synchronized List<String> all() {
        return List.copyOf(told);
    }
}
