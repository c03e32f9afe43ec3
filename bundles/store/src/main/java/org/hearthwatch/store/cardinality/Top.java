package org.hearthwatch.store.cardinality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.hearthwatch.api.store.Cardinality.Count;

/** The greatest few of many counts; equal ones by name. Room for as many as are wanted, however many are offered. */
final class Top {

    private static final Comparator<Count> GREATEST_FIRST =
            Comparator.comparingLong(Count::value).reversed().thenComparing(Count::name);

    private final int most;
    private final PriorityQueue<Count> kept = new PriorityQueue<>(GREATEST_FIRST.reversed());

    Top(int most) {
        this.most = most;
    }

    /** Offers a count; its name is made only if it may stay. */
    void offer(long value, Supplier<String> name) {
        if (kept.size() == most && kept.element().value() > value) {
            return;
        }
        kept.add(new Count(name.get(), value));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    List<Count> list() {
        var sorted = new ArrayList<>(kept);
        sorted.sort(GREATEST_FIRST);
        return List.copyOf(sorted);
    }
}
