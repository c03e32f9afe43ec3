package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/**
 * Series that were forgotten while the log may still hold samples of them, for those who read the log. Each stays until
 * the files of the log are gone that there were when it went. Thread-safe.
 */
public final class Departed {

    private final Map<Integer, Left> series = new HashMap<>();

    private record Left(Labels labels, long segment) {}

    /** A series and its number. */
    public record Named(int ref, Labels labels) {}

    /** Takes in series that went while a file of the log was the newest. */
    public synchronized void add(List<Series> gone, long segment) {
        for (Series one : gone) {
            series.put(one.ref(), new Left(one.labels(), segment));
        }
    }

    /** Takes in one more number of a series that lives, under which the log of earlier runs may have samples. */
    public synchronized void addNumber(int ref, Labels labels) {
        series.put(ref, new Left(labels, Long.MAX_VALUE));
    }

    /** Says which file of the log was the newest when the numbers added so far were used last. */
    public synchronized void settle(long segment) {
        series.replaceAll((ref, left) -> left.segment == Long.MAX_VALUE ? new Left(left.labels, segment) : left);
    }

    /** The labels of a series that went. */
    public synchronized Optional<Labels> labels(int ref) {
        return Optional.ofNullable(series.get(ref)).map(Left::labels);
    }

    /** Lets go those that can only stand in files before this one. */
    public synchronized void release(long oldestSegment) {
        series.values().removeIf(left -> left.segment < oldestSegment);
    }

    /** All there are. */
    public synchronized List<Named> all() {
        var all = new ArrayList<Named>(series.size());
        series.forEach((ref, left) -> all.add(new Named(ref, left.labels)));
        return all;
    }

    public synchronized int size() {
        return series.size();
    }
}
