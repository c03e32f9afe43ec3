package org.hearthwatch.collect.osgi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.collect.inventory.InventoryBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every source of the inventory at a beat, each on a lane of its own, so that one that hangs holds up no other. One that
 * does not answer in time is interrupted; if it goes on all the same it is not asked again until it has come back.
 */
final class InventoryLanes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryLanes.class);

    private final InventoryBook book;
    private final Supplier<String> instance;
    private final Duration patience;
    private final Map<InventorySource, Lane> lanes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clockwork;
    private final ThreadPoolExecutor threads;

    /**
     * Begins to ask.
     *
     * @param every the time from one look at all sources to the next
     * @param patience how long a source may take
     * @param mostThreads how many sources may be asked at once, those that hang among them
     */
    InventoryLanes(InventoryBook book, Supplier<String> instance, Duration every, Duration patience, int mostThreads) {
        this.book = book;
        this.instance = instance;
        this.patience = patience;
        var factory = new WorkerThreads();
        threads = new ThreadPoolExecutor(0, mostThreads, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        var scheduler = new ScheduledThreadPoolExecutor(1, factory);
        // Those of sources that answered would wait for their time otherwise.
        scheduler.setRemoveOnCancelPolicy(true);
        clockwork = scheduler;
        var unused =
                clockwork.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks a source at once, and the others again with it: it may know of what they only named. */
    void add(InventorySource source) {
        book.add(source);
        lanes.put(source, new Lane(source));
        look();
    }

    /** Asks a source no more, and forgets what it reported. */
    void remove(InventorySource source) {
        Lane lane = lanes.remove(source);
        if (lane != null) {
            lane.leave();
        }
        book.remove(source);
    }

    /** How many sources there are. */
    int sources() {
        return lanes.size();
    }

    /** How many sources could not report when they were asked last. */
    long failing() {
        return lanes.values().stream().filter(lane -> lane.failing).count();
    }

    /** How many sources are held by a question that they should have answered long ago. */
    long hanging() {
        return lanes.values().stream().filter(lane -> lane.hanging).count();
    }

    private void look() {
        lanes.values().forEach(Lane::ask);
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        threads.shutdownNow();
    }

    /** One source; never asked twice at once. */
    private final class Lane {

        private final InventorySource source;
        private volatile boolean failing;
        private volatile boolean hanging;
        private boolean busy;
        private boolean left;
        private Optional<Thread> worker = Optional.empty();
        private Future<?> end = CompletableFuture.completedFuture(this);

        Lane(InventorySource source) {
            this.source = source;
        }

        synchronized void ask() {
            if (busy || left) {
                return;
            }
            try {
                busy = true;
                threads.execute(this::run);
                end = clockwork.schedule(this::interrupt, patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                busy = false;
                fail("no thread is free, others that hang hold them");
            }
        }

        private void run() {
            try {
                begin();
                InventoryReport report = source.report(instance.get());
                book.take(source, report);
                failing = false;
            } catch (InterruptedException e) {
                fail("it was interrupted");
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                // Whatever a plugin throws concerns nobody but it.
                fail(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
            } finally {
                back();
            }
        }

        private synchronized void begin() {
            worker = Optional.of(Thread.currentThread());
        }

        private synchronized void back() {
            worker = Optional.empty();
            // An interruption meant for this question must not meet the next one on this thread.
            boolean unused = Thread.interrupted();
            end.cancel(false);
            busy = false;
            hanging = false;
        }

        private synchronized void interrupt() {
            if (busy) {
                hanging = true;
                fail("no answer within " + HumanDuration.format(patience));
                worker.ifPresent(Thread::interrupt);
            }
        }

        synchronized void leave() {
            left = true;
            worker.ifPresent(Thread::interrupt);
        }

        /** Is told once of one that goes on failing. */
        private synchronized void fail(String why) {
            if (!failing && !left) {
                LOG.warn(
                        "A source of the inventory ({}) cannot report, what it reported before stays: {}",
                        source.getClass().getName(),
                        why);
            }
            failing = true;
        }
    }
}
