package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.index.LabelIndex;
import org.hearthwatch.store.index.Refs;
import org.jspecify.annotations.Nullable;

/**
 * All series in memory. Methods that change something or say so are for the one who holds the writer's lock; the others
 * are thread-safe.
 */
public final class Head {

    /** An estimate of the heap a series takes beside its samples: labels, places in maps and index. */
    private static final int SERIES_BYTES = 150;

    private final int chunkSamples;
    private final Map<Labels, Series> byLabels = new HashMap<>();
    private final SeriesTable table = new SeriesTable();
    private final LabelIndex index = new LabelIndex();
    private final SortedSeries sorted = new SortedSeries();

    // Only the writer changes these; a release is enough for others to read them, and costs nothing a sample.
    private final AtomicInteger seriesCount = new AtomicInteger();
    private final AtomicLong sampleCount = new AtomicLong();
    private final AtomicLong sampleBytes = new AtomicLong();
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong version = new AtomicLong();

    /**
     * An empty one.
     *
     * @param chunkSamples at how many samples a chunk is closed
     */
    public Head(int chunkSamples) {
        this.chunkSamples = chunkSamples;
    }

    /** The series with these labels; for the writer. */
    public @Nullable Series find(Labels labels) {
        return byLabels.get(labels);
    }

    /** The series of a number; for the writer. */
    public @Nullable Series at(int ref) {
        return table.get(ref);
    }

    /** Adds a series, or one more number of a series that is there; for the writer. */
    public Series add(int ref, Labels labels) {
        Series known = byLabels.get(labels);
        if (known != null) {
            table.put(ref, known);
            return known;
        }
        Labels own = index.intern(labels);
        var series = new Series(ref, own, chunkSamples);
        byLabels.put(own, series);
        table.put(ref, series);
        index.add(ref, own);
        seriesCount.setRelease(byLabels.size());
        version.incrementAndGet();
        return series;
    }

    /** Adds a sample, see {@link Series#append}; for the writer. */
    public Outcome append(Series series, long time, long bits, long notBefore) {
        int before = series.heapBytes();
        Outcome outcome = series.append(time, bits, notBefore);
        if (outcome == Outcome.STORED) {
            add(sampleBytes, series.heapBytes() - before);
            add(sampleCount, 1);
            if (time > newest.getPlain()) {
                newest.setRelease(time);
            }
        }
        return outcome;
    }

    private static void add(AtomicLong sum, long more) {
        sum.setRelease(sum.getPlain() + more);
    }

    /** Forgets chunks of a series, see {@link Series#dropBefore}; for the writer. */
    public void dropBefore(Series series, long floor, boolean within) {
        int before = series.heapBytes();
        add(sampleCount, -series.dropBefore(floor, within));
        add(sampleBytes, series.heapBytes() - before);
    }

    /**
     * Removes those of the series that have no samples; for the writer.
     *
     * @return how many went
     */
    public int forgetEmpty(Collection<Series> candidates) {
        var gone = new HashMap<Integer, Labels>();
        for (Series series : candidates) {
            if (series.isEmpty() && byLabels.remove(series.labels(), series)) {
                table.remove(series.ref());
                gone.put(series.ref(), series.labels());
            }
        }
        if (!gone.isEmpty()) {
            index.remove(gone);
            seriesCount.setRelease(byLabels.size());
            version.incrementAndGet();
        }
        return gone.size();
    }

    /** All series there are now; for the writer. */
    public List<Series> all() {
        return new ArrayList<>(byLabels.values());
    }

    /**
     * The series that match.
     *
     * @throws IllegalArgumentException if a pattern is not valid
     */
    public List<Series> select(List<Matcher> matchers) {
        return seriesOf(index.select(matchers));
    }

    /** The series that match, sorted by labels. */
    public List<Series> selectSorted(List<Matcher> matchers) {
        Refs refs = index.select(matchers);
        if (refs.size() < seriesCount() / 8) {
            List<Series> few = seriesOf(refs);
            few.sort(SortedSeries.BY_LABELS);
            return few;
        }
        return sorted.of(this::version, () -> seriesOf(index.all()), refs);
    }

    private long version() {
        return version.get();
    }

    private List<Series> seriesOf(Refs refs) {
        var found = new ArrayList<Series>(refs.size());
        for (int i = 0; i < refs.size(); i++) {
            Series series = table.get(refs.get(i));
            if (series != null) {
                found.add(series);
            }
        }
        return found;
    }

    /** The number of who sends the series of a number, see {@link Series#source()}. */
    public int source(int ref) {
        Series series = table.get(ref);
        return series == null ? 0 : series.source();
    }

    /** The labels of the series. */
    public LabelIndex index() {
        return index;
    }

    public int seriesCount() {
        return seriesCount.getAcquire();
    }

    public long sampleCount() {
        return sampleCount.getAcquire();
    }

    /** An estimate of the heap the samples take. */
    public long sampleBytes() {
        return sampleBytes.getAcquire();
    }

    /** An estimate of the heap all of it takes. */
    public long heapBytes() {
        return sampleBytes() + (long) SERIES_BYTES * seriesCount();
    }

    /** The greatest time there ever was, or {@link Long#MIN_VALUE}. */
    public long newest() {
        return newest.getAcquire();
    }
}
