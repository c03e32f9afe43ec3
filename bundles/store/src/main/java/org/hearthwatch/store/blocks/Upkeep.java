package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.head.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the blocks, one step at a time: cuts memory when an hour is over or it holds too much, merges blocks, drops
 * what is too old or too much, carries deletions out, and forgets series of which nothing is left. Work that fails is
 * tried again a little later. Steps are for one thread at a time; the rest is thread-safe.
 */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long RETRY_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long DELETION_RESTS_MILLIS = Duration.ofHours(1).toMillis();

    private final Disk disk;
    private final BlockStore store;
    private final Memory memory;
    private final Windows windows;
    private final InstantSource clock;
    private final Supplier<Keeping> keeping;
    private final LongSupplier memoryLimit;
    private final LongSupplier futureMillis;
    private final Cutter cutter;
    private final Merger merger;
    private final MergePlan plan;
    private final Retirement retirement;
    private final RestingBlocks resting = new RestingBlocks();
    private final UpkeepFigures figures = new UpkeepFigures();
    private final AtomicInteger pins = new AtomicInteger();
    private final Object cutting = new Object();
    private volatile Optional<String> problem = Optional.empty();
    private Keeping known;
    private long retryAt = Long.MIN_VALUE;
    private long nothingBefore = Long.MIN_VALUE;
    private volatile boolean untidy = true;

    /**
     * Looks after blocks.
     *
     * @param memoryLimit bytes of samples in memory above which they are cut at once
     * @param futureMillis how far ahead of now samples may be
     * @param labels of the series of a number
     */
    public Upkeep(
            Disk disk,
            BlockStore store,
            Memory memory,
            Windows windows,
            InstantSource clock,
            Supplier<Keeping> keeping,
            LongSupplier memoryLimit,
            LongSupplier futureMillis,
            IntFunction<Labels> labels) {
        this.disk = disk;
        this.store = store;
        this.memory = memory;
        this.windows = windows;
        this.clock = clock;
        this.keeping = keeping;
        this.memoryLimit = memoryLimit;
        this.futureMillis = futureMillis;
        this.cutter = new Cutter(disk, store, memory, windows);
        this.merger = new Merger(disk, store, labels, windows);
        this.plan = new MergePlan(windows);
        this.retirement = new Retirement(windows, labels);
        this.known = keeping.get();
    }

    /**
     * Does what is most urgent.
     *
     * @return whether there was something to do, so that there may be more
     */
    public synchronized boolean step() {
        long now = clock.millis();
        if (problem.isPresent() && now < retryAt && now >= retryAt - RETRY_MILLIS) {
            return false;
        }
        if (resting.end(now)) {
            plan.forget();
        }
        try {
            boolean done = dropTooMuch() || dropTooOld() || cutIfDue(now) || merge() || rewrite(now) || tidy();
            if (problem.isPresent()) {
                LOG.info("Blocks in {} can be written again", disk.location());
                problem = Optional.empty();
            }
            return done;
        } catch (UnreadableBlockException e) {
            LOG.warn("Blocks in {} cannot be read ({}); they stay as they are", disk.location(), e.getMessage());
            figures.failed();
            return true;
        } catch (IOException e) {
            fail(e, now);
            return false;
        } catch (UncheckedIOException e) {
            fail(Objects.requireNonNull(e.getCause()), now);
            return false;
        }
    }

    private void fail(IOException e, long now) {
        // The plan may count as done what was not.
        plan.forget();
        String reason = "Blocks in " + disk.location() + " cannot be written ("
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                + "); it is tried again. " + (disk.isFull(e) ? "Free some space" : "Look after the disk");
        if (!problem.equals(Optional.of(reason))) {
            LOG.error("{}", reason);
        }
        problem = Optional.of(reason);
        figures.failed();
        retryAt = now + RETRY_MILLIS;
    }

    /** Now, or the time of the newest sample where that is older: a clock that is wrong for a while makes nothing old. */
    public long present() {
        long newest = memory.head().newest();
        for (LiveBlock block : store.state().blocks(0)) {
            newest = Math.max(newest, block.meta().to());
        }
        return Math.min(clock.millis(), newest);
    }

    /** Why blocks cannot be written at the moment, for people. */
    public Optional<String> problem() {
        return problem;
    }

    private boolean cutIfDue(long now) throws IOException {
        long newest = memory.head().newest();
        if (memory.head().sampleBytes() > memoryLimit.getAsLong()) {
            cut(Math.min(newest, now + futureMillis.getAsLong()) + 1);
            return true;
        }
        long time = Math.floorDiv(Math.min(now, newest) - windows.cut() / 2, windows.cut()) * windows.cut() + 1;
        if (newest == Long.MIN_VALUE || time <= store.state().floor().time() || time == nothingBefore) {
            return false;
        }
        for (Series series : memory.series()) {
            if (series.oldest() < time) {
                cut(time);
                return true;
            }
        }
        // What comes late from here on is cut the next time; to look at all series again and again takes long.
        nothingBefore = time;
        return false;
    }

    /** Cuts what memory has before a time to blocks. */
    public void cut(long time) throws IOException {
        cut(() -> cutter.cut(time));
        checkpoint();
    }

    /** Writes down what memory holds, so that less of the log is read at the next start. */
    public void checkpoint() {
        synchronized (cutting) {
            try {
                long lastDeletion = Long.MIN_VALUE;
                for (Tombstone tombstone : store.state().tombstones()) {
                    lastDeletion = Math.max(lastDeletion, tombstone.generation());
                }
                memory.checkpoint(lastDeletion);
            } catch (IOException e) {
                LOG.warn(
                        "What memory holds could not be written to {} ({}); the log has all of it, and the next start"
                                + " takes a little longer",
                        disk.location(),
                        e.getMessage());
                figures.failed();
            }
        }
    }

    /** Cuts what memory has before a time to blocks, while memory is being filled from the log. */
    public void cutWhileReading(long time) throws IOException {
        cut(() -> cutter.cutWhileReading(time));
    }

    /** A cut, which gives how many samples it wrote. */
    private interface CutWork {
        long run() throws IOException;
    }

    private void cut(CutWork work) throws IOException {
        synchronized (cutting) {
            long begin = System.nanoTime();
            long samples = work.run();
            figures.cut(System.nanoTime() - begin, samples);
            untidy = true;
        }
    }

    Windows windows() {
        return windows;
    }

    /** What no cut may come into. */
    Object cutting() {
        return cutting;
    }

    private boolean merge() throws IOException {
        Keeping keep = keeping.get();
        if (!keep.equals(known)) {
            known = keep;
            plan.forget();
        }
        Optional<MergeJob> job = plan.next(resting.without(store.state()), keep, done());
        if (job.isPresent()) {
            run(job.get(), keep);
        }
        return job.isPresent();
    }

    /** Before which time memory has nothing more; before the first cut that is so for what was filled in. */
    private long done() {
        BlockState state = store.state();
        long floor = state.floor().time();
        return floor > Long.MIN_VALUE || state.blocks().isEmpty()
                ? floor
                : Math.min(memory.head().oldest(), clock.millis()) - windows.width(Windows.DAY);
    }

    private void run(MergeJob job, Keeping keep) throws IOException {
        long begin = System.nanoTime();
        long present = present();
        try {
            merger.run(
                    job,
                    keep.widths(),
                    (labels, resolution) -> since(keep.millis(labels, resolution, job.level()), present));
        } catch (UnreadableBlockException e) {
            resting.add(job.sources(), clock.millis());
            throw e;
        }
        figures.merged(job.level(), System.nanoTime() - begin);
        untidy = true;
    }

    private static long since(long millis, long now) {
        return millis == Long.MAX_VALUE ? Long.MIN_VALUE : now - millis;
    }

    private boolean dropTooMuch() throws IOException {
        Optional<LiveBlock> block = retirement.tooMuch(store.state(), keeping.get(), memory.diskBytes());
        if (block.isPresent()) {
            LOG.info(
                    "Dropping {}: all together takes more than is allowed",
                    block.get().name());
            drop(List.of(block.get()));
        }
        return block.isPresent();
    }

    private boolean dropTooOld() throws IOException {
        List<LiveBlock> blocks = retirement.tooOld(store.state(), keeping.get(), present());
        if (!blocks.isEmpty()) {
            drop(blocks);
        }
        return !blocks.isEmpty();
    }

    private void drop(List<LiveBlock> blocks) throws IOException {
        var change = new Change();
        for (LiveBlock block : blocks) {
            change.remove(block);
            if (block.isRaw()) {
                change.rawFloor(block.meta().to() + 1);
            }
        }
        store.publish(change);
        figures.dropped(blocks.size());
        untidy = true;
    }

    private boolean rewrite(long now) throws IOException {
        Keeping keep = keeping.get();
        Optional<MergeJob> job = retirement.partlyTooOld(resting.without(store.state()), keep, present());
        if (job.isEmpty()) {
            job = nextDeletion(resting.without(store.state()), now - DELETION_RESTS_MILLIS);
        }
        if (job.isPresent()) {
            run(job.get(), keep);
        }
        return job.isPresent();
    }

    /** A block that has deleted samples. */
    private Optional<MergeJob> nextDeletion(BlockState state, long madeBefore) {
        for (Tombstone tombstone : state.tombstones()) {
            if (tombstone.madeAt() <= madeBefore) {
                for (LiveBlock block : state.blocks()) {
                    if (concerns(tombstone, block) && !state.hasNewerBeside(List.of(block))) {
                        return Optional.of(retirement.alone(block));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean concerns(Tombstone tombstone, LiveBlock block) {
        long width = Math.max(1, block.meta().resolution());
        if (tombstone.generation() <= block.generation()
                || !tombstone.overlaps(
                        block.meta().from() - width + 1, block.meta().to())) {
            return false;
        }
        for (int i = 0; i < tombstone.size(); i++) {
            int place = block.file().indexOf(tombstone.ref(i));
            if (place >= 0
                    && tombstone.overlaps(
                            block.file().first(place) - width + 1, block.file().last(place))) {
                return true;
            }
        }
        return false;
    }

    /** Carries out the next deletion that is not yet, however new it is. @return whether there was one */
    public synchronized boolean carryOutNext() throws IOException {
        try {
            Optional<MergeJob> job = nextDeletion(store.state(), Long.MAX_VALUE);
            if (job.isPresent()) {
                run(job.get(), keeping.get());
            } else {
                forgetDeletions();
            }
            return job.isPresent();
        } catch (UncheckedIOException e) {
            throw new UnreadableBlockException(Objects.requireNonNull(e.getCause()));
        }
    }

    private boolean tidy() throws IOException {
        if (!untidy) {
            return false;
        }
        forgetDeletions();
        synchronized (pins) {
            if (pins.get() == 0) {
                forgetSeries();
            }
        }
        untidy = false;
        return true;
    }

    private void forgetDeletions() throws IOException {
        BlockState state = store.state();
        long firstSegment = memory.firstSegment();
        var change = new Change();
        for (Tombstone tombstone : state.tombstones()) {
            boolean open = firstSegment < tombstone.segment();
            for (LiveBlock block : state.blocks()) {
                open = open || concerns(tombstone, block);
            }
            if (!open) {
                change.carriedOut(tombstone);
            }
        }
        if (!change.isEmpty()) {
            store.publish(change);
        }
    }

    /** Forgets series that have no samples in memory and in no block. */
    public void forgetSeries() {
        var empty = new ArrayList<Series>();
        for (Series series : memory.series()) {
            if (series.isEmpty()) {
                empty.add(series);
            }
        }
        if (empty.isEmpty()) {
            return;
        }
        var stays = new BitSet();
        for (LiveBlock block : store.state().blocks()) {
            for (int i = 0; i < block.file().size(); i++) {
                stays.set(block.file().ref(i));
            }
        }
        // The log may have samples of these: while they are named as deleted, their numbers must mean something.
        for (Tombstone tombstone : store.state().tombstones()) {
            for (int i = 0; i < tombstone.size(); i++) {
                stays.set(tombstone.ref(i));
            }
        }
        figures.forgotten(memory.forgetEmpty(empty, stays::get));
    }

    /** Keeps all series, though they have no samples, until {@link #unpin}: blocks with them are on their way. */
    void pin() {
        synchronized (pins) {
            pins.incrementAndGet();
        }
    }

    void unpin() {
        synchronized (pins) {
            pins.decrementAndGet();
            untidy = true;
        }
    }

    /** What is kept how long, as it is set now. */
    public Keeping keeping() {
        return keeping.get();
    }

    public UpkeepFigures figures() {
        return figures;
    }
}
