package org.hearthwatch.store;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Reserve;
import org.hearthwatch.store.log.Pending;
import org.hearthwatch.store.log.SampleLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was appended to disk, many batches with one write and one fsync: first the series that are new, then the
 * samples. What could not be written stays here, nothing more is taken, and writing it is tried again until it works.
 *
 * <p>Thread-safe: appending threads meet here once a batch; one thread at a time commits, and holds the lock only to take
 * over what was added.
 */
final class Committer {

    /** Samples that may wait, at 20 bytes each; a histogram counts as several. */
    static final int MOST_PENDING = 1 << 18;

    /** Less than this free and trying to write again would only fail again. */
    private static final long LEAST_FREE = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Disk disk;
    private final SeriesCatalog catalog;
    private final SampleLog log;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Figures figures;
    private final Supplier<Collection<Entry>> live;

    // Guarded by the lock.
    private Pending pending = new Pending();
    private List<Entry> added = new ArrayList<>();
    private CompletableFuture<Void> gathering = new CompletableFuture<>();
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long admitted;
    private boolean urgent;
    private boolean closed;
    private boolean ended;

    // Of the committing thread, but for what is volatile.
    private volatile Reserve reserve;
    private Pending unwritten = new Pending();

    /** What was written last and is filled next: always the same two, which are too large to be garbage every time. */
    private Pending spare = new Pending();

    private volatile Optional<String> readOnly = Optional.empty();

    /**
     * Writes to a catalogue and a log.
     *
     * @param live the series there are, for a catalogue that must be begun anew; those whose birth was told are among them
     */
    Committer(
            Disk disk,
            SeriesCatalog catalog,
            SampleLog log,
            InstantSource clock,
            Figures figures,
            long reserveBytes,
            Supplier<Collection<Entry>> live) {
        this.disk = disk;
        this.catalog = catalog;
        this.log = log;
        this.clock = clock;
        this.figures = figures;
        this.reserve = new Reserve(disk, reserveBytes);
        this.live = live;
    }

    /**
     * Lets a batch in; {@link #submit} must follow.
     *
     * @throws StoreUnavailableException where nothing can be taken
     */
    void admit(int weight) throws StoreUnavailableException {
        lock.lock();
        try {
            if (closed) {
                throw new StoreUnavailableException("The store is closed");
            }
            var reason = readOnly;
            if (reason.isPresent()) {
                throw new StoreUnavailableException(reason.get());
            }
            if (pending.weight() + admitted >= MOST_PENDING) {
                throw new StoreUnavailableException("More samples wait to be written to " + disk.location()
                        + " than the queue holds (" + MOST_PENDING
                        + "); the disk is too slow for them. Send again in a moment.");
            }
            admitted += weight;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a series that is new. */
    void add(Entry series) {
        lock.lock();
        try {
            added.add(series);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes samples of a batch that was let in.
     *
     * @param weight with which it was let in
     * @return completes when they, and all that was taken before, are on disk
     */
    CompletionStage<Void> submit(Pending samples, int weight) {
        lock.lock();
        try {
            admitted -= weight;
            if (ended) {
                return CompletableFuture.failedFuture(new StoreUnavailableException("The store is closed"));
            }
            boolean first = pending.size() == 0;
            pending.addAll(samples);
            if (first && pending.size() > 0) {
                work.signalAll();
            }
            return (pending.size() > 0 || !added.isEmpty() ? gathering : writing).minimalCompletionStage();
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #awaitWork} return at once. */
    void hurry() {
        lock.lock();
        try {
            urgent = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something to commit and a little longer, so that more comes with it.
     *
     * @param most returns after this many nanoseconds at the latest
     * @param gather how many nanoseconds to let more come
     */
    void awaitWork(long most, long gather) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long rest = most;
            while (rest > 0 && !urgent && !closed && pending.size() == 0) {
                rest = work.awaitNanos(rest);
            }
            long more = gather;
            while (more > 0 && !urgent && !closed && pending.size() > 0 && pending.weight() < MOST_PENDING / 2) {
                more = work.awaitNanos(more);
            }
            urgent = false;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has gathered. Never throws for a disk that fails: that shows in what was promised. */
    synchronized void commit() {
        if (readOnly.isPresent()) {
            return;
        }
        Pending samples;
        List<Entry> series;
        CompletableFuture<Void> promise;
        lock.lock();
        try {
            if (pending.size() == 0 && added.isEmpty()) {
                return;
            }
            samples = pending;
            series = added;
            promise = gathering;
            writing = promise;
            pending = spare;
            spare = new Pending();
            added = new ArrayList<>();
            gathering = new CompletableFuture<>();
        } finally {
            lock.unlock();
        }
        long begin = System.nanoTime();
        try {
            writeTwice(series, samples);
            figures.commits().add(System.nanoTime() - begin);
            promise.complete(null);
        } catch (IOException e) {
            unwritten.addAll(samples);
            StoreUnavailableException why = goReadOnly(e);
            promise.completeExceptionally(why);
        }
        samples.clear();
        spare = samples;
    }

    /** A file that failed is left alone, and the same is written to new ones; once. */
    private void writeTwice(List<Entry> series, Pending samples) throws IOException {
        try {
            write(series, samples);
        } catch (IOException first) {
            figures.writeErrors().incrementAndGet();
            log.abandon();
            if (!disk.isFull(first)) {
                LOG.warn("Writing to {} failed ({}); going on with new files", disk.location(), first.getMessage());
                write(series, samples);
                return;
            }
            boolean helped = reserve.isHeld();
            reserve.release();
            try {
                write(series, samples);
            } catch (IOException second) {
                log.abandon();
                second.addSuppressed(first);
                throw second;
            }
            if (helped) {
                goReadOnly(first);
            }
        }
    }

    private void write(List<Entry> series, Pending samples) throws IOException {
        if (!catalog.isWritable()) {
            // Those that are new are among the live ones.
            rewriteCatalog();
        } else if (!series.isEmpty()) {
            catalog.append(series);
        }
        if (samples.size() > 0) {
            log.append(samples, clock.millis());
        }
    }

    /** Begins the catalogue anew with the series there are. */
    synchronized void rewriteCatalog() throws IOException {
        catalog.rewrite(live.get(), clock.millis());
    }

    private StoreUnavailableException goReadOnly(IOException e) {
        String reason = disk.isFull(e)
                ? "No space is left in " + disk.location()
                        + ": samples are refused until there is. Free some, or lower retention or retentionSize in"
                        + " etc/org.hearthwatch.store.cfg"
                : "Writing to " + disk.location() + " fails (" + reasonOf(e)
                        + "): samples are refused until it works again. Look after the disk";
        if (readOnly.isEmpty()) {
            LOG.error("{}", reason);
        }
        var why = new StoreUnavailableException(reason, e);
        CompletableFuture<Void> broken;
        lock.lock();
        try {
            readOnly = Optional.of(reason);
            // What came in the meantime cannot be promised either, but it is kept and written when that works again.
            unwritten.addAll(pending);
            pending.clear();
            broken = gathering;
            gathering = new CompletableFuture<>();
            writing = CompletableFuture.failedFuture(why);
        } finally {
            lock.unlock();
        }
        broken.completeExceptionally(why);
        return why;
    }

    /** Says that nothing can be written, as if a commit had failed. */
    synchronized void fail(IOException e) {
        figures.writeErrors().incrementAndGet();
        log.abandon();
        goReadOnly(e);
    }

    /** Tries to write again after it failed, and holds the reserve; to be called now and then. */
    synchronized void recover() {
        try {
            if (readOnly.isPresent()) {
                if (!reserve.hold() && disk.usableBytes() < LEAST_FREE + reserve.givenUp()) {
                    return;
                }
                log.abandon();
                lock.lock();
                try {
                    // Those are among the live ones by now; such as come from here on are written with their samples.
                    added = new ArrayList<>();
                } finally {
                    lock.unlock();
                }
                rewriteCatalog();
                log.append(unwritten, clock.millis());
                unwritten = new Pending();
                lock.lock();
                try {
                    readOnly = Optional.empty();
                    writing = CompletableFuture.completedFuture(null);
                } finally {
                    lock.unlock();
                }
                LOG.info("Writing to {} works again; samples are taken", disk.location());
            }
            reserve.hold();
        } catch (IOException e) {
            log.abandon();
            if (readOnly.isEmpty() && !disk.isFull(e)) {
                LOG.warn("The reserve in {} could not be made: {}", disk.location(), reasonOf(e));
            }
        }
    }

    /** Work with the log and the catalogue that no commit may come into. */
    interface FileWork {
        void run() throws IOException;
    }

    /** Does something with log and catalogue while nothing is committed. */
    synchronized void whileIdle(FileWork work) {
        try {
            work.run();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Work with the log and the catalogue that gives something. */
    interface FileQuestion<T> {
        T ask() throws IOException;
    }

    /**
     * Does something with log and catalogue while nothing is committed.
     *
     * @throws IOException if that fails; the log goes on with a new file
     */
    synchronized <T> T betweenCommits(FileQuestion<T> question) throws IOException {
        try {
            return question.ask();
        } catch (IOException e) {
            log.abandon();
            throw e;
        }
    }

    /** Closes log and catalogue. */
    synchronized void closeFiles() throws IOException {
        try (log) {
            catalog.close();
        }
    }

    /** Holds another amount back from now on. */
    synchronized void reserve(long bytes) {
        if (bytes != reserve.bytes()) {
            try {
                reserve.release();
            } catch (IOException e) {
                LOG.warn("The reserve in {} could not be given up: {}", disk.location(), reasonOf(e));
            }
            reserve = new Reserve(disk, bytes);
        }
    }

    /** Writes what is left and takes nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        commit();
        CompletableFuture<Void> never;
        lock.lock();
        try {
            ended = true;
            never = gathering;
        } finally {
            lock.unlock();
        }
        never.completeExceptionally(new StoreUnavailableException("The store was closed before this was written"));
    }

    int pending() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** What the reserve takes now. */
    long reserveBytes() {
        Reserve now = reserve;
        return now.isHeld() ? now.bytes() : 0;
    }

    /** Why nothing can be taken, for people. */
    Optional<String> readOnly() {
        return readOnly;
    }

    static String reasonOf(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + message;
    }
}
