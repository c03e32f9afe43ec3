package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hearthwatch.store.index.Refs;

/** Keeps all series sorted by their labels for as long as none comes or goes. Thread-safe. */
final class SortedSeries {

    static final Comparator<Series> BY_LABELS = Comparator.comparing(Series::labels);

    private List<Series> sorted = List.of();
    private long version = -1;

    /** The series of a set, sorted; the set is most of all there are. */
    List<Series> of(LongSupplier now, Supplier<List<Series>> all, Refs chosen) {
        var some = new ArrayList<Series>(chosen.size());
        for (Series series : current(now, all)) {
            if (chosen.contains(series.ref())) {
                some.add(series);
            }
        }
        return some;
    }

    private synchronized List<Series> current(LongSupplier now, Supplier<List<Series>> all) {
        long wanted = now.getAsLong();
        if (version != wanted) {
            var fresh = new ArrayList<Series>(all.get());
            fresh.sort(BY_LABELS);
            sorted = fresh;
            version = wanted;
        }
        return sorted;
    }
}
