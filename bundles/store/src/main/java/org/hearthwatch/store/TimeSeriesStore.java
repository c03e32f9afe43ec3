package org.hearthwatch.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.blocks.BlockStore;
import org.hearthwatch.store.blocks.StoreReader;
import org.hearthwatch.store.blocks.Upkeep;
import org.hearthwatch.store.blocks.Windows;
import org.hearthwatch.store.cardinality.CardinalityCount;
import org.hearthwatch.store.cardinality.Sources;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.checkpoint.Checkpoint;
import org.hearthwatch.store.checkpoint.CheckpointFiles;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.SampleLog;
import org.hearthwatch.store.tail.LogNames;
import org.hearthwatch.store.tail.LogTail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store: new samples are held in memory, where they are read, and in a log on disk, from which memory is filled again
 * at the next start; older ones are in blocks on disk.
 *
 * <p>It has no threads of its own. Somebody must call {@link #awaitWork} and {@link #commit} in turn, and {@link
 * #maintain} every few seconds, from one thread, and {@link #tend} every few seconds, and again while it has something to
 * do, from another; neither is ever interrupted while it does. All else is thread-safe.
 */
public final class TimeSeriesStore implements SampleWriter, SeriesReader, StoreMonitor, AutoCloseable {

    /** At how many samples a chunk is closed. */
    static final int CHUNK_SAMPLES = 120;

    private static final Logger LOG = LoggerFactory.getLogger(TimeSeriesStore.class);

    private static final String LOCK_FILE = "LOCK";
    private static final long SEGMENT_BYTES = 16L << 20;
    private static final Duration SEGMENT_TIME = Duration.ofHours(1);
    private static final int SPARE_ENTRIES = 1000;

    private final Disk disk;
    private final InstantSource clock;
    private final Closeable directoryLock;
    private final Head head = new Head(CHUNK_SAMPLES);
    private final SeriesCatalog catalog;
    private final SampleLog log;
    private final CheckpointFiles checkpoints;
    private final Committer committer;
    private final Intake intake;
    private final BlockStore blocks;
    private final Upkeep upkeep;
    private final StoreReader reader;
    private final LogTail tail;
    private final Metadata metadata = new Metadata();
    private final Sources sources = new Sources();
    private final Administration administration;
    private final Figures figures = new Figures();
    private final Rate rate;
    private final List<Damage> damages = new ArrayList<>();
    private volatile StoreSettings settings;

    private TimeSeriesStore(Disk disk, StoreSettings settings, InstantSource clock, Closeable directoryLock)
            throws IOException {
        this.disk = disk;
        this.settings = settings;
        this.clock = clock;
        this.directoryLock = directoryLock;
        this.catalog = new SeriesCatalog(disk);
        this.log = new SampleLog(disk, SEGMENT_BYTES, SEGMENT_TIME.toMillis());
        this.checkpoints = new CheckpointFiles(disk);
        this.committer = new Committer(disk, catalog, log, clock, figures, settings.heldBack(), this::liveEntries);
        this.intake = new Intake(
                head, catalog, committer, metadata, figures, clock, () -> this.settings, this::oldestKept, sources);
        this.tail = new LogTail(disk, log.parts(), new Names(), () -> this.settings.tailBytes(), clock);
        this.rate = new Rate(clock.millis());
        this.blocks = BlockStore.open(disk, clock, catalog::extent, damages);
        var memory = new LoggedMemory(head, log, catalog, committer, checkpoints, intake::awaitSubmitted, clock);
        this.upkeep = new Upkeep(
                disk,
                blocks,
                memory,
                new Windows(settings.cut().toMillis()),
                clock,
                () -> this.settings.keeping(),
                () -> this.settings.memoryBytes(),
                () -> this.settings.futureWindow().toMillis(),
                this::labelsOf);
        this.reader = new StoreReader(
                head, blocks, clock, () -> this.settings.keeping().widths(), () -> this.settings.futureWindow());
        this.administration = new Administration(
                disk,
                blocks,
                upkeep,
                memory,
                log,
                clock,
                intake::number,
                this::labelsOf,
                () -> clock.millis() + this.settings.futureWindow().toMillis(),
                this::cardinality,
                () -> List.copyOf(damages));
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
            try {
                store.recover();
                return store;
            } catch (UncheckedIOException e) {
                store.blocks.close();
                throw Objects.requireNonNull(e.getCause());
            } catch (IOException | RuntimeException e) {
                store.blocks.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            directoryLock.close();
            throw e;
        }
    }

    private void recover() throws IOException {
        log.startAt(tail.load(damages));
        log.heldBy(tail);
        var recovery = new Recovery(head, catalog, blocks, upkeep, settings.memoryBytes(), oldestKept());
        boolean allNamed = recovery.series(catalog.load(damages), damages);
        Checkpoint checkpoint = recovery.checkpoint(checkpoints, damages);
        if (allNamed) {
            catalog.goOn(checkpoint.catalogue());
        }
        log.startAt(checkpoint.segment());
        damages.addAll(log.replay(blocks.state().floor(), checkpoint.files(), recovery));
        if (checkpoint.equals(Checkpoint.NONE)
                && log.segmentCount() == 0
                && blocks.state().floor().segment() > 0) {
            // So it is for a moment after a cut, too: a process that was killed then has lost nothing.
            damages.add(new Damage(
                    "Neither a log (wal) nor a checkpoint (head) is in " + disk.location()
                            + ". If this is a copy, all that was in no block yet is missing: stop, and copy all of it"
                            + " again",
                    true));
        }
        head.rememberDeparted(() -> tail.followers() > 0, () -> log.parts().next() - 1);
        try {
            upkeep.forgetSeries();
        } catch (UncheckedIOException e) {
            LOG.warn("Which series are left is found out later; not all blocks can be read: {}", e.getMessage());
        }
        for (Damage damage : damages) {
            if (damage.torn()) {
                LOG.info("{}", damage.message());
            } else {
                LOG.warn("{}", damage.message());
            }
        }
        if (!catalog.isWritable()) {
            try {
                committer.rewriteCatalog();
            } catch (IOException e) {
                committer.fail(e);
            }
        }
    }

    private long oldestKept() {
        long present = upkeep.present();
        return present == Long.MIN_VALUE
                ? present
                : present - settings.retention().toMillis();
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

    private Labels labelsOf(int ref) {
        Series series = head.at(ref);
        if (series == null) {
            throw new IllegalStateException("A block has the series " + ref + " that nobody knows");
        }
        return series.labels();
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
    @Override
    public void hurry() {
        committer.hurry();
    }

    /** Writes what was appended to disk and keeps the promises of the receipts. */
    public void commit() {
        committer.commit();
    }

    /** Tries again to write where that failed, and keeps the catalogue small. */
    public synchronized void maintain() {
        committer.recover();
        rate.note(clock.millis(), figures.appended().get());
        if (committer.readOnly().isEmpty()) {
            committer.whileIdle(() -> {
                tail.save();
                head.departed().release(log.oldestSegment());
                if (catalog.entries()
                        > 2 * (head.seriesCount() + head.departed().size()) + SPARE_ENTRIES) {
                    committer.rewriteCatalog();
                }
            });
        }
    }

    /**
     * Does what is most urgent for the blocks: cuts memory, merges, drops what is too old.
     *
     * @return whether there was something to do, so that there may be more
     */
    public boolean tend() {
        return upkeep.step();
    }

    /** Holds from now on. */
    public void settings(StoreSettings changed) {
        // First, so that no block goes for a reserve that becomes smaller.
        committer.reserve(changed.heldBack());
        settings = changed;
    }

    @Override
    public Selection select(List<Matcher> matchers, long from, long to) {
        return reader.select(matchers, from, to);
    }

    @Override
    public Selection select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        return reader.select(matchers, from, to, hints);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long from, long to) {
        return reader.labelNames(matchers, from, to);
    }

    @Override
    public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        return reader.labelValues(label, matchers, from, to);
    }

    @Override
    public List<Sample> latest(List<Matcher> matchers, long notBefore) {
        return reader.latest(matchers, notBefore);
    }

    @Override
    public Collection<MetricMetadata> metadata() {
        return metadata.all();
    }

    @Override
    public StoreStatus status() {
        long now = clock.millis();
        long appended = figures.appended().get();
        var extent = Extent.of(head, blocks.state());
        return new StoreStatus(
                head.seriesCount(),
                extent.samples(),
                appended,
                rate.perSecond(now, appended),
                head.heapBytes(),
                log.bytes() + catalog.bytes() + checkpoints.bytes() + committer.reserveBytes() + extent.blockBytes(),
                extent.oldest(),
                extent.newest(),
                committer.readOnly().or(() -> intake.isFull() ? upkeep.problem() : Optional.empty()));
    }

    /**
     * What the series in memory consist of.
     *
     * @param top how many names, labels and values to list
     */
    public Cardinality cardinality(int top) {
        boolean some = head.sampleCount() > 0;
        return new CardinalityCount(head.index(), sources, head::source)
                .count(
                        top,
                        head.sampleCount(),
                        some ? head.oldest() : Long.MAX_VALUE,
                        some ? head.newest() : Long.MIN_VALUE);
    }

    /** For looking after what is stored. */
    public StoreAdmin admin() {
        return administration;
    }

    /** Reports the store's own metrics. */
    public Collector collector() {
        var own = new StoreCollector(
                head, log, catalog, committer, figures, () -> settings, this::status, damages.size());
        var ofBlocks = new BlockCollector(blocks, upkeep, reader);
        return sink -> {
            own.collect(sink);
            ofBlocks.collect(sink);
        };
    }

    /** What could not be read when the store was opened. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** Writes what is left and gives the directory back. Appending fails from now on; reading goes on as it is. */
    @Override
    public void close() throws IOException {
        committer.close();
        if (committer.readOnly().isEmpty()) {
            upkeep.checkpoint();
        }
        try (directoryLock) {
            blocks.close();
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
