package org.hearthwatch.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.cardinality.CardinalityCount;
import org.hearthwatch.store.cardinality.Sources;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.Pending;
import org.hearthwatch.store.log.Replay;
import org.hearthwatch.store.log.SampleLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store: samples are held in memory, where they are read, and in a log on disk, from which memory is filled again at
 * the next start.
 *
 * <p>It has no thread of its own. Somebody must call {@link #awaitWork} and {@link #commit} in turn, and {@link
 * #maintain} every few seconds, from one thread that is never interrupted while it does; all else is thread-safe.
 */
public final class TimeSeriesStore implements SampleWriter, SeriesReader, StoreMonitor, AutoCloseable {

    /** At how many samples a chunk is closed. */
    static final int CHUNK_SAMPLES = 120;

    /** The most samples of one batch. */
    static final int MOST_IN_BATCH = 1 << 17;

    private static final Logger LOG = LoggerFactory.getLogger(TimeSeriesStore.class);

    private static final String LOCK_FILE = "LOCK";
    private static final long SEGMENT_BYTES = 16L << 20;
    private static final Duration SEGMENT_TIME = Duration.ofHours(1);
    private static final int REFUSALS_TOLD = 10;
    private static final int SPARE_ENTRIES = 1000;

    private final InstantSource clock;
    private final Closeable directoryLock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Head head = new Head(CHUNK_SAMPLES);
    private final SeriesCatalog catalog;
    private final SampleLog log;
    private final Retention retention;
    private final Committer committer;
    private final Metadata metadata = new Metadata();
    private final Sources sources = new Sources();
    private final Figures figures = new Figures();
    private final Rate rate;
    private final List<Damage> damages = new ArrayList<>();
    private volatile StoreSettings settings;

    private TimeSeriesStore(Disk disk, StoreSettings settings, InstantSource clock, Closeable directoryLock) {
        this.settings = settings;
        this.clock = clock;
        this.directoryLock = directoryLock;
        this.catalog = new SeriesCatalog(disk);
        this.log = new SampleLog(disk, SEGMENT_BYTES, SEGMENT_TIME.toMillis());
        this.retention = new Retention(head, log, lock);
        this.committer =
                new Committer(disk, catalog, log, clock, lock, figures, settings.reserveBytes(), this::liveEntries);
        this.rate = new Rate(clock.millis());
    }

    /**
     * Opens a directory and reads what it holds.
     *
     * @throws IOException if another process has it, it cannot be read or locked, or a newer version wrote it
     */
    public static TimeSeriesStore open(Disk disk, StoreSettings settings, InstantSource clock) throws IOException {
        disk.makeFolder("");
        Closeable directoryLock = disk.lock(LOCK_FILE);
        try {
            var store = new TimeSeriesStore(disk, settings, clock, directoryLock);
            store.recover();
            return store;
        } catch (IOException | RuntimeException e) {
            directoryLock.close();
            throw e;
        }
    }

    private void recover() throws IOException {
        for (Entry entry : catalog.load(damages)) {
            head.add(entry.ref(), entry.labels());
        }
        damages.addAll(log.replay(new Recovery()));
        lock.lock();
        try {
            head.forgetEmpty(head.all());
        } finally {
            lock.unlock();
        }
        for (Damage damage : damages) {
            if (damage.torn()) {
                LOG.info("{}", damage.message());
            } else {
                LOG.warn("{}", damage.message());
            }
        }
        try {
            committer.rewriteCatalog();
            retention.enforce(settings, clock.millis());
        } catch (IOException e) {
            committer.fail(e);
        }
    }

    /** Puts what the log held into memory. */
    private final class Recovery implements Replay {

        @Override
        public @Nullable Series series(int ref) {
            return head.at(ref);
        }

        @Override
        public void used(int ref) {
            catalog.used(ref);
        }

        @Override
        public void samples(Pending samples) {
            lock.lock();
            try {
                for (int i = 0; i < samples.size(); i++) {
                    head.append(samples.series(i), samples.time(i), samples.bits(i), retention.floor());
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void floor(long time) {
            retention.restore(time);
        }

        @Override
        public void segmentRead() {
            retention.fitMemory(settings);
        }
    }

    @Override
    public Receipt append(SampleBatch batch) throws StoreUnavailableException {
        if (batch.size() > MOST_IN_BATCH) {
            throw new StoreUnavailableException("A batch of " + batch.size() + " samples is larger than the "
                    + MOST_IN_BATCH + " that are taken at once; send it in parts");
        }
        var refusals = new ArrayList<Receipt.Refusal>();
        int refused = 0;
        long now = clock.millis();
        lock.lock();
        try {
            check();
            long latest = now + settings.futureWindow().toMillis();
            long earliest = earliest(now);
            short source = sources.number(batch.source());
            for (int i = 0; i < batch.size(); i++) {
                var reason = append(batch.series(i), source, batch.timestamp(i), batch.value(i), earliest, latest);
                if (reason != null) {
                    refused++;
                    figures.refused(reason).incrementAndGet();
                    if (refusals.size() < REFUSALS_TOLD) {
                        refusals.add(new Receipt.Refusal(batch.series(i), batch.timestamp(i), reason));
                    }
                }
            }
            if (head.sampleBytes() > settings.memoryBytes()) {
                committer.hurry();
            }
            int accepted = batch.size() - refused;
            figures.appended().addAndGet(accepted);
            metadata.add(batch.metadata());
            return new Receipt(accepted, refused, refusals, committer.durable());
        } finally {
            lock.unlock();
        }
    }

    private void check() throws StoreUnavailableException {
        try {
            committer.check();
            if (head.sampleBytes() / 5 * 4 > settings.memoryBytes()) {
                committer.hurry();
                throw new StoreUnavailableException(
                        "Samples come faster than old ones can be dropped from memory. Send again in a moment, or raise"
                                + " memory in etc/org.hearthwatch.store.cfg");
            }
        } catch (StoreUnavailableException e) {
            figures.unavailable().incrementAndGet();
            throw e;
        }
    }

    /** Measured from now when samples of the future are there, so that a clock once wrong does not block for long. */
    private long earliest(long now) {
        long newest = Math.min(now, head.newest());
        long window = settings.outOfOrderWindow().toMillis();
        long byWindow = newest < Long.MIN_VALUE + window ? Long.MIN_VALUE : newest - window;
        return Math.max(byWindow, retention.floor());
    }

    private Receipt.@Nullable Reason append(
            Labels labels, short source, long time, double value, long earliest, long latest) {
        if (time > latest) {
            return Receipt.Reason.TOO_NEW;
        }
        Series series = head.find(labels);
        if (series == null) {
            if (!SeriesLimits.allow(labels)) {
                return Receipt.Reason.BAD_LABELS;
            }
            if (time < earliest) {
                return Receipt.Reason.TOO_OLD;
            }
            if (head.seriesCount() >= settings.seriesLimit()) {
                return Receipt.Reason.TOO_MANY_SERIES;
            }
            series = head.add(catalog.takeRef(), labels);
            committer.add(new Entry(series.ref(), series.labels()));
        }
        if (series.source() != source) {
            series.source(source);
        }
        long bits = Double.doubleToRawLongBits(value);
        return switch (head.append(series, time, bits, earliest)) {
            case STORED -> {
                committer.add(series, time, bits);
                yield null;
            }
            case DUPLICATE -> {
                figures.duplicates().incrementAndGet();
                yield null;
            }
            case CONFLICT -> Receipt.Reason.CONFLICT;
            case TOO_OLD -> Receipt.Reason.TOO_OLD;
        };
    }

    /**
     * Waits until there is something to {@link #commit}, and a moment longer so that more comes with it.
     *
     * @param most returns after this time at the latest
     */
    public void awaitWork(Duration most) throws InterruptedException {
        committer.awaitWork(most.toNanos(), settings.commitInterval().toNanos());
    }

    /** Lets {@link #awaitWork} return at once. */
    public void wake() {
        lock.lock();
        try {
            committer.hurry();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was appended to disk and keeps the promises of the receipts. */
    public void commit() {
        committer.commit();
        if (head.sampleBytes() > settings.memoryBytes()) {
            maintain();
        }
    }

    /** Drops what is too old or too much, and tries again to write where that failed. */
    public synchronized void maintain() {
        committer.recover();
        rate.note(clock.millis(), figures.appended().get());
        if (committer.readOnly().isPresent()) {
            retention.fitMemory(settings);
            return;
        }
        committer.whileIdle(() -> {
            retention.enforce(settings, clock.millis());
            if (catalog.entries() > 2 * head.seriesCount() + SPARE_ENTRIES) {
                committer.rewriteCatalog();
            }
        });
    }

    /** Holds from now on. */
    public void settings(StoreSettings changed) {
        settings = changed;
        committer.reserve(changed.reserveBytes());
    }

    @Override
    public Selection select(List<Matcher> matchers, long from, long to) {
        long begin = Math.max(from, retention.floor());
        var found = new ArrayList<Series>();
        for (Series series : head.select(matchers)) {
            if (series.hasSamples(begin, to)) {
                found.add(series);
            }
        }
        return new HeadSelection(found, begin, to, List.of());
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long from, long to) {
        Set<String> names = new HashSet<>();
        try (Selection selection = select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.labels(i).forEach((name, value) -> names.add(name));
            }
        }
        return names.stream().sorted().toList();
    }

    @Override
    public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        Set<String> values = new HashSet<>();
        try (Selection selection = select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                values.add(selection.labels(i).get(label));
            }
        }
        values.remove("");
        return values.stream().sorted().toList();
    }

    @Override
    public List<Sample> latest(List<Matcher> matchers, long notBefore) {
        long begin = Math.max(notBefore, retention.floor());
        // A clock that was ahead for a while leaves samples that would be the newest until it gets there again.
        long end = clock.millis() + settings.futureWindow().toMillis();
        List<Series> series = head.selectSorted(matchers);
        var samples = new ArrayList<Sample>(series.size());
        for (Series one : series) {
            Sample sample = one.newest(end);
            if (sample != null && sample.timestamp() >= begin && !Staleness.isStale(sample.value())) {
                samples.add(sample);
            }
        }
        return samples;
    }

    @Override
    public Collection<MetricMetadata> metadata() {
        return metadata.all();
    }

    @Override
    public StoreStatus status() {
        long now = clock.millis();
        long appended = figures.appended().get();
        boolean some = head.sampleCount() > 0;
        return new StoreStatus(
                head.seriesCount(),
                head.sampleCount(),
                appended,
                rate.perSecond(now, appended),
                head.heapBytes(),
                log.bytes() + catalog.bytes() + committer.reserveBytes(),
                some && retention.oldest() != Long.MAX_VALUE
                        ? Optional.of(Instant.ofEpochMilli(retention.oldest()))
                        : Optional.empty(),
                some ? Optional.of(Instant.ofEpochMilli(head.newest())) : Optional.empty(),
                committer.readOnly());
    }

    /**
     * What the series in memory consist of.
     *
     * @param top how many names, labels and values to list
     */
    public Cardinality cardinality(int top) {
        boolean some = head.sampleCount() > 0;
        return new CardinalityCount(head.index(), sources, head::source)
                .count(top, head.sampleCount(), some ? retention.oldest() : Long.MAX_VALUE, head.newest());
    }

    /** Reports the store's own metrics. */
    public Collector collector() {
        return new StoreCollector(head, log, catalog, committer, figures, () -> settings, this::status, damages.size());
    }

    /** What could not be read when the store was opened. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** Writes what is left and gives the directory back. Appending fails from now on; reading goes on as it is. */
    @Override
    public void close() throws IOException {
        committer.close();
        try (directoryLock) {
            committer.closeFiles();
        }
    }

    private Collection<Entry> liveEntries() {
        var entries = new ArrayList<Entry>();
        for (Series series : head.all()) {
            entries.add(new Entry(series.ref(), series.labels()));
        }
        entries.sort((a, b) -> Integer.compare(a.ref(), b.ref()));
        return entries;
    }
}
