package org.hearthwatch.store;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.store.log.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Batches of samples in the order they came. They become one only when they are written: who hands one over does not
 * wait while those of others are copied. Not thread-safe.
 */
final class Gathered {

    /** Batches smaller than this are copied together, or there would be more of objects than of samples. */
    private static final int SMALL = 256;

    private static final int MOST_COPIED = 8192;

    private final List<Pending> batches = new ArrayList<>();
    private @Nullable Pending copied;
    private int size;
    private int weight;

    void add(Pending batch) {
        if (batch.size() >= SMALL) {
            batches.add(batch);
            copied = null;
        } else if (batch.size() > 0) {
            copy(batch);
        }
        size += batch.size();
        weight += batch.weight();
    }

    private void copy(Pending batch) {
        Pending into = copied;
        if (into == null || into.size() + batch.size() > MOST_COPIED) {
            into = new Pending();
            batches.add(into);
            copied = into;
        }
        into.addAll(batch);
    }

    /** How many samples. */
    int size() {
        return size;
    }

    /** See {@link Pending#weight()}. */
    int weight() {
        return weight;
    }

    /** All of them. */
    Pending joined() {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        var all = new Pending(size);
        batches.forEach(all::addAll);
        return all;
    }
}
