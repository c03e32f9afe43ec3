package org.hearthwatch.store.exemplar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.index.LabelTests;

/**
 * Exemplars in the order they came. When a series has as many as it may, its oldest makes room; when all of them together
 * are too many, the oldest of all does: a busy series does not push the others out before it has used up its own share.
 * Thread-safe.
 */
public final class ExemplarRing implements ExemplarStore {

    /** How many characters the names and values of an exemplar's labels may have together, as OpenMetrics has it. */
    public static final int LONGEST_LABELS = 128;

    private static final Comparator<Exemplar> BY_SERIES_AND_TIME =
            Comparator.comparing(Exemplar::series).thenComparingLong(Exemplar::timestamp);

    private final int most;
    private final int mostOfSeries;
    private final LabelTests tests = new LabelTests();

    private final Map<Long, Exemplar> byArrival = new LinkedHashMap<>();
    private final Map<Labels, Deque<Long>> arrivals = new HashMap<>();
    private long next;
    private long appended;
    private long dropped;
    private long refused;

    /**
     * An empty one.
     *
     * @param most how many exemplars it holds
     * @param mostOfSeries how many of one series
     */
    public ExemplarRing(int most, int mostOfSeries) {
        this.most = most;
        this.mostOfSeries = mostOfSeries;
    }

    /**
     * How it is filled.
     *
     * @param appended accepted since the start
     * @param dropped of those, how many made room for newer ones
     * @param refused those whose labels were too long
     */
    record Figures(int exemplars, int series, long appended, long dropped, long refused) {}

    @Override
    public synchronized void add(List<Exemplar> exemplars) {
        exemplars.forEach(this::add);
    }

    private void add(Exemplar exemplar) {
        if (length(exemplar.labels()) > LONGEST_LABELS) {
            refused++;
            return;
        }
        Deque<Long> own = arrivals.computeIfAbsent(exemplar.series(), series -> new ArrayDeque<>(2));
        if (!own.isEmpty() && exemplar.equals(byArrival.get(own.getLast()))) {
            return;
        }
        byArrival.put(next, exemplar);
        own.add(next);
        next++;
        appended++;
        if (own.size() > mostOfSeries) {
            byArrival.remove(own.removeFirst());
            dropped++;
        } else if (byArrival.size() > most) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Iterator<Exemplar> oldest = byArrival.values().iterator();
        Labels series = oldest.next().series();
        oldest.remove();
        dropped++;
        Deque<Long> own = arrivals.get(series);
        if (own != null) {
            // What came first of all came first of its series, too.
            own.removeFirst();
            if (own.isEmpty()) {
                arrivals.remove(series);
            }
        }
    }

    private static int length(Labels labels) {
        int length = 0;
        for (int i = 0; i < labels.size(); i++) {
            length += labels.nameAt(i).length() + labels.valueAt(i).length();
        }
        return length;
    }

    @Override
    public List<Exemplar> select(List<List<Matcher>> selectors, long from, long to) {
        List<Predicate<Labels>> wanted = selectors.stream().map(tests::of).toList();
        var found = new ArrayList<Exemplar>();
        synchronized (this) {
            arrivals.forEach((series, own) -> {
                if (wanted.stream().anyMatch(test -> test.test(series))) {
                    for (Long arrival : own) {
                        Exemplar exemplar = byArrival.get(arrival);
                        if (exemplar != null && exemplar.timestamp() >= from && exemplar.timestamp() <= to) {
                            found.add(exemplar);
                        }
                    }
                }
            });
        }
        found.sort(BY_SERIES_AND_TIME);
        return found;
    }

    synchronized Figures figures() {
        return new Figures(byArrival.size(), arrivals.size(), appended, dropped, refused);
    }

    /** How many it may hold. */
    int limit() {
        return most;
    }
}
