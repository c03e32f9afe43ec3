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
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.head.Tally;
import org.hearthwatch.store.log.LogFloor;
import org.hearthwatch.store.log.Replay;
import org.hearthwatch.store.log.SampleLog;
import org.hearthwatch.store.tail.LogNames;
import org.hearthwatch.store.tail.LogTail;
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

    private static final Logger LOG = LoggerFactory.getLogger(TimeSeriesStore.class);

    private static final String LOCK_FILE = "LOCK";
    private static final long SEGMENT_BYTES = 16L << 20;
    private static final Duration SEGMENT_TIME = Duration.ofHours(1);
    private static final int SPARE_ENTRIES = 1000;
    private static final long TAIL_BYTES = 2L << 30;

    private final InstantSource clock;
    private final Closeable directoryLock;
    private final Head head = new Head(CHUNK_SAMPLES);
    private final SeriesCatalog catalog;
    private final SampleLog log;
    private final Retention retention;
    private final Committer committer;
    private final Intake intake;
    private final LogTail tail;
    private final Metadata metadata = new Metadata();
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
        this.retention = new Retention(head, log);
        this.committer = new Committer(disk, catalog, log, clock, figures, settings.reserveBytes(), this::liveEntries);
        this.intake =
                new Intake(head, catalog, committer, metadata, figures, clock, () -> this.settings, retention::floor);
        this.tail = new LogTail(disk, log.parts(), new Names(), () -> TAIL_BYTES, clock);
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
        log.startAt(tail.load(damages));
        log.heldBy(tail);
        for (Entry entry : catalog.load(damages)) {
            head.add(entry.ref(), entry.labels());
        }
        damages.addAll(log.replay(LogFloor.NONE, new Recovery()));
        head.rememberDeparted(() -> tail.followers() > 0, () -> log.parts().next() - 1);
        head.forgetEmpty(head.all());
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

    /** What numbers in the log mean. */
    private final class Names implements LogNames {

        @Override
        public Optional<Labels> labels(int ref) {
            return head.labelsOf(ref);
        }

        @Override
        public Optional<MetricMetadata> family(String metricName) {
            return metadata.familyOf(metricName);
        }
    }

    /** Those who follow what is stored. */
    public SampleTail tail() {
        return tail;
    }

    /** Puts what the log held into memory. */
    private final class Recovery implements Replay {

        private final Tally tally = new Tally();

        @Override
        public boolean sample(int ref, long time, long bits) {
            catalog.used(ref);
            Series series = head.at(ref);
            if (series != null) {
                series.append(time, bits, retention.floor(), tally);
            }
            return series != null;
        }

        @Override
        public boolean sample(int ref, long time, NativeHistogram histogram) {
            catalog.used(ref);
            Series series = head.at(ref);
            if (series != null) {
                series.append(time, histogram, retention.floor(), tally);
            }
            return series != null;
        }

        @Override
        public void used(int ref) {
            catalog.used(ref);
        }

        @Override
        public long oldest() {
            return clock.millis() - settings.retention().toMillis();
        }

        @Override
        public void segmentRead() {
            head.add(tally);
            retention.fitMemory(settings);
        }
    }

    @Override
    public Receipt append(SampleBatch batch) throws StoreUnavailableException {
        return intake.append(batch);
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
        committer.hurry();
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
            tail.save();
            head.departed().release(log.oldestSegment());
            if (catalog.entries() > 2 * (head.seriesCount() + head.departed().size()) + SPARE_ENTRIES) {
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
        head.departed().all().forEach(series -> entries.add(new Entry(series.ref(), series.labels())));
        entries.sort((a, b) -> Integer.compare(a.ref(), b.ref()));
        return entries;
    }
}
