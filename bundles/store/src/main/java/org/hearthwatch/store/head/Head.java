package org.hearthwatch.store.head;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.index.LabelIndex;
import org.hearthwatch.store.index.Refs;
import org.jspecify.annotations.Nullable;

/**
 * All series that live, with those of their samples that are in memory. Thread-safe: finding a series takes no lock,
 * putting a sample in only that of its series, and making or forgetting a series the head's own.
 */
public final class Head {

    /** An estimate of the heap a series takes beside its samples and labels: places in maps, table and index. */
    private static final int SERIES_BYTES = 120;

    private final SeriesRoom room;
    private final Map<Labels, Series> byLabels = new ConcurrentHashMap<>();
    private final SeriesTable table = new SeriesTable();
    private final LabelIndex index = new LabelIndex();
    private final Departed departed = new Departed();
    private final SortedSeries sorted = new SortedSeries();
    private final AtomicInteger seriesCount = new AtomicInteger();
    private final AtomicLong labelBytes = new AtomicLong();
    private final AtomicLong sampleCount = new AtomicLong();
    private final AtomicLong sampleBytes = new AtomicLong();
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong version = new AtomicLong();
    private volatile LongSupplier newestSegment = () -> 0;
    private volatile BooleanSupplier namesWanted = () -> false;

    /**
     * An empty one.
     *
     * @param chunkSamples at how many samples a chunk is closed
     */
    public Head(int chunkSamples) {
        this.room = new SeriesRoom(chunkSamples);
    }

    /** What happens when a series is made; while nobody else can find it yet. */
    public interface Birth {

        /** A number no series ever had. */
        int takeRef();

        /** Takes note of the series, before a sample of it can be anywhere. */
        void born(Series series);
    }

    /** The series with these labels, where there is one. */
    public @Nullable Series find(Labels labels) {
        return byLabels.get(labels);
    }

    /** The series of a number, where it lives. */
    public @Nullable Series at(int ref) {
        return table.get(ref);
    }

    /** Adds a series, or one more number of a series that is there. */
    public synchronized Series add(int ref, Labels labels) {
        Series known = byLabels.get(labels);
        if (known != null) {
            table.put(ref, known);
            if (ref != known.ref()) {
                departed.addNumber(ref, known.labels());
            }
            return known;
        }
        return put(new Series(ref, index.intern(labels), room));
    }

    /** The series with these labels, made where there is none, unless there are as many as there may be. */
    public synchronized Optional<Series> findOrMake(Labels labels, int most, Birth birth) {
        Series known = byLabels.get(labels);
        if (known != null) {
            return Optional.of(known);
        }
        if (byLabels.size() >= most) {
            return Optional.empty();
        }
        var series = new Series(birth.takeRef(), index.intern(labels), room);
        birth.born(series);
        return Optional.of(put(series));
    }

    private Series put(Series series) {
        table.put(series.ref(), series);
        index.add(series.ref(), series.labels());
        byLabels.put(series.labels(), series);
        labelBytes.addAndGet(heapBytesOf(series.labels()));
        seriesCount.incrementAndGet();
        version.incrementAndGet();
        return series;
    }

    private static int heapBytesOf(Labels labels) {
        return 24 + 16 + 8 * labels.size() + 5 * labels.size();
    }

    /** For a run of changes to series of this head. */
    public Tally tally() {
        return new Tally(room.chunks());
    }

    /** Adds what a run of changes summed up, and empties it. */
    public void add(Tally tally) {
        if (tally.samples != 0) {
            sampleCount.addAndGet(tally.samples);
        }
        if (tally.bytes != 0) {
            sampleBytes.addAndGet(tally.bytes);
        }
        if (tally.newest > newest.get()) {
            newest.accumulateAndGet(tally.newest, Math::max);
        }
        tally.samples = 0;
        tally.bytes = 0;
        tally.newest = Long.MIN_VALUE;
    }

    /** Forgets chunks of some series that end before a time, or with {@code within} all samples older than it. */
    public void dropBefore(Collection<Series> some, long floor, boolean within) {
        var tally = tally();
        for (Series series : some) {
            series.dropBefore(floor, within, tally);
        }
        add(tally);
    }

    /** Takes all samples of some series from one time to another, both included, out of memory. */
    public void delete(Collection<Series> some, long from, long to) {
        var tally = tally();
        for (Series series : some) {
            series.delete(from, to, tally);
        }
        add(tally);
    }

    /** Begins to cut what some series have below a time; no other cut may be going on. */
    public Cut cut(List<Series> some, long below) {
        return new Cut(this, room, some, below);
    }

    /**
     * Removes those of the series that have no samples in memory, for good.
     *
     * @return those that went
     */
    public synchronized List<Series> forgetEmpty(Collection<Series> candidates) {
        var gone = new HashMap<Integer, Labels>();
        var left = new ArrayList<Series>();
        for (Series series : candidates) {
            if (series.retire() && byLabels.remove(series.labels(), series)) {
                table.remove(series.ref());
                labelBytes.addAndGet(-heapBytesOf(series.labels()));
                gone.put(series.ref(), series.labels());
                left.add(series);
            }
        }
        if (!gone.isEmpty()) {
            if (namesWanted.getAsBoolean()) {
                departed.add(left, newestSegment.getAsLong());
            }
            index.remove(gone);
            seriesCount.addAndGet(-gone.size());
            version.incrementAndGet();
        }
        return left;
    }

    /**
     * Remembers from now on series that go.
     *
     * @param wanted whether somebody may ask for their names
     * @param segment which file of the log is the newest
     */
    public void rememberDeparted(BooleanSupplier wanted, LongSupplier segment) {
        namesWanted = wanted;
        newestSegment = segment;
        departed.settle(segment.getAsLong());
    }

    /** Series that were forgotten and may still stand in the log. */
    public Departed departed() {
        return departed;
    }

    /** The labels of a number, of a series that lives or that the log may still speak of. */
    public Optional<Labels> labelsOf(int ref) {
        Series series = at(ref);
        return series == null ? departed.labels(ref) : Optional.of(series.labels());
    }

    /** All series there are now by growing number, those whose birth was told before among them. */
    public List<Series> all() {
        awaitBirth();
        // Without the monitor: to gather very many takes long, and who makes a series would wait.
        var all = new ArrayList<Series>(seriesCount());
        table.forEach(all::add);
        return all;
    }

    /** A series that is being made may have been told of and not be in the map yet. */
    private synchronized void awaitBirth() {}

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
        return seriesCount.get();
    }

    public long sampleCount() {
        return sampleCount.get();
    }

    /** An estimate of the heap the samples take. */
    public long sampleBytes() {
        return sampleBytes.get();
    }

    /** An estimate of the heap all of it takes. */
    public long heapBytes() {
        return sampleBytes() + labelBytes.get() + (long) SERIES_BYTES * seriesCount();
    }

    /** The time of the oldest sample, or {@link Long#MAX_VALUE}; goes through all series. */
    public long oldest() {
        long oldest = Long.MAX_VALUE;
        for (Series series : all()) {
            oldest = Math.min(oldest, series.oldest());
        }
        return oldest;
    }

    /** The greatest time there ever was, or {@link Long#MIN_VALUE}. */
    public long newest() {
        return newest.get();
    }
}
