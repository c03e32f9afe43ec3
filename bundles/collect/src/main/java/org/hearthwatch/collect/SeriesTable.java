package org.hearthwatch.collect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/**
 * The series of one collector, found by what it reports them with. Used by the thread of the run; at most two runs' worth
 * of series stay in it.
 */
final class SeriesTable {

    private final Map<Key, Series> byReport = new HashMap<>();
    private final Map<Labels, Series> byLabels = new HashMap<>();
    private long run;

    /** Begins a run and gives its number. */
    long begin() {
        return ++run;
    }

    Optional<Series> find(Key key) {
        return Optional.ofNullable(byReport.get(key));
    }

    /** The series of these labels, which may be known already under another key. */
    Series add(Key key, Labels labels) {
        Series series = byLabels.computeIfAbsent(labels, Series::new);
        byReport.put(key, series);
        return series;
    }

    /** Forgets what the newest run did not report. */
    void forgetOthers() {
        if (byLabels.values().removeIf(series -> series.run != run)) {
            byReport.values().removeIf(series -> series.run != run);
        }
    }

    /**
     * What a collector says to name a series: the stored name, and the labels in the form it gave them.
     *
     * @param rest label values that go with names in {@code labels}, or the bound of a bucket, or the rank of a quantile
     */
    record Key(String name, Object labels, Object rest) {}
}
