package org.hearthwatch.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collector at its beat. Only one run holds the turn, so it is never called twice at once, whether by its beat or out
 * of turn; a run that was given up holds it until it really ends.
 */
final class ScheduledCollector implements Registration {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledCollector.class);

    /** Times this close to the beat are stored as the beat: even steps compress to almost nothing. */
    private static final long SNAP_MILLIS = 10;

    /** How long the end of a run is waited for when its collector goes. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Source source;
    private final RunnerSettings settings;
    private final InstantSource clock;
    private final Timer timer;
    private final Workers workers;
    private final SeriesOutput output;
    private final Beat beat;
    private final Semaphore turn = new Semaphore(1);
    private volatile Health health = Health.UNKNOWN;
    private volatile Optional<Run> current = Optional.empty();
    private volatile boolean closed;
    private volatile boolean unstored;
    private final AtomicLong skip = new AtomicLong();
    private volatile Timer.Call next = () -> {};
    private long lastTimestamp;

    ScheduledCollector(
            Source source, RunnerSettings settings, InstantSource clock, Timer timer, Workers workers, Outlet outlet) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.output = new SeriesOutput(source.name(), outlet);
        this.beat = new Beat(source.interval(), source.name());
    }

    /** Runs now, and from then on at the beat. */
    void start() {
        begin();
        next = timer.after(beat.untilNextAfterFirst(timer.nanos()), this::tick);
    }

    @Override
    public String name() {
        return source.name();
    }

    Source source() {
        return source;
    }

    Health health() {
        return health;
    }

    CollectorStatus status() {
        Health now = health;
        return new CollectorStatus(
                source.name(),
                source.job(),
                source.bundle(),
                now.state(),
                source.interval(),
                source.timeout(),
                now.lastRun(),
                now.lastRun().map(run -> now.lastDuration()),
                now.lastError(),
                now.series(),
                now.refused(),
                now.consecutiveFailures());
    }

    /** Runs at once if the newest run found no store, so that nobody waits for the next beat when one comes. */
    void storeArrived() {
        if (unstored) {
            begin();
        }
    }

    /** Marks its series as ended while the store still takes that. */
    void storeLeaves() {
        output.fail(clock.millis());
        unstored = true;
    }

    /** Runs out of turn and stores nothing. */
    CollectorRun runOnce() throws InterruptedException {
        Duration most = source.timeout().plus(RunnerSettings.GRACE);
        if (!turn.tryAcquire(source.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
            return failed(
                    Duration.ZERO,
                    "a scheduled run is under way and did not end within " + HumanDuration.format(source.timeout()));
        }
        var outcome = new CompletableFuture<Outcome>();
        var run = new Run(source, () -> sink(new SeriesTable()), clock, timer, workers, new Turn() {
            @Override
            public void ended(Outcome ended) {
                outcome.complete(ended);
            }

            @Override
            public void givenUp(Outcome lost) {
                update(now -> now.stuck(true));
                outcome.complete(lost);
            }
        });
        if (!submit(run)) {
            return failed(Duration.ZERO, "no thread is free; collectors that do not end hold them");
        }
        try {
            // Twice the time: it may have to wait for a thread first.
            return shown(outcome.get(2 * most.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException e) {
            run.cancel();
            return failed(most, "no thread became free in time; collectors that do not end hold them");
        } catch (InterruptedException e) {
            run.cancel();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
        Optional<Run> running = current;
        running.ifPresent(Run::cancel);
        output.end(clock.millis());
        try {
            if (running.isPresent()) {
                running.get().awaitLeft(FAREWELL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        if (closed) {
            return;
        }
        next = timer.after(beat.untilNext(timer.nanos()), this::tick);
        if (skip.getAndUpdate(ticks -> Math.max(0, ticks - 1)) == 0 && !begin()) {
            update(Health::missedOne);
        }
    }

    private boolean begin() {
        if (!turn.tryAcquire()) {
            return false;
        }
        return submit(new Run(source, () -> sink(output.table()), clock, timer, workers, new Turn() {
            @Override
            public void ended(Outcome outcome) {
                settle(outcome);
            }

            @Override
            public void givenUp(Outcome outcome) {
                lose(outcome);
            }
        }));
    }

    private boolean submit(Run run) {
        current = Optional.of(run);
        try {
            workers.execute(run);
            return true;
        } catch (RejectedExecutionException e) {
            current = Optional.empty();
            turn.release();
            return false;
        }
    }

    private RunSink sink(SeriesTable table) {
        return new RunSink(table, settings.limits(), source.job(), settings.instance());
    }

    private void settle(Outcome outcome) {
        if (closed) {
            return;
        }
        Optional<RunSink> sink = outcome.sink();
        long timestamp = timestamp(outcome.began());
        if (sink.isEmpty()) {
            fail(outcome);
            output.fail(timestamp);
            return;
        }
        Optional<Receipt> receipt = output.append(sink.get(), timestamp);
        unstored = receipt.isEmpty();
        skip.set(0);
        Health before = update(now -> now.succeeded(
                outcome,
                receipt.map(r -> Math.min(r.accepted(), sink.get().size())).orElse(0),
                receipt.map(Receipt::refused).orElse(0)));
        if (before.consecutiveFailures() > 0) {
            LOG.info("Collector {} works again after {} failed runs", source.name(), before.consecutiveFailures());
        }
    }

    private void lose(Outcome outcome) {
        update(now -> now.stuck(true));
        fail(outcome);
        try {
            workers.execute(() -> output.fail(clock.millis()));
        } catch (RejectedExecutionException e) {
            LOG.debug("No thread to mark the series of {} as ended; they end when it goes", source.name(), e);
        }
    }

    private void fail(Outcome outcome) {
        int failures = health.consecutiveFailures() + 1;
        long ticks = settings.ticksToSkip(failures, source.interval());
        skip.set(ticks);
        update(now -> now.failed(outcome, ticks > 0));
        String error = outcome.error().orElse("");
        if (failures == 1) {
            LOG.warn("Collector {} (bundle {}) failed: {}", source.name(), source.bundle(), error);
        } else {
            LOG.debug("Collector {} failed {} times in a row: {}", source.name(), failures, error);
        }
    }

    /** Changes what is known, and gives what was known before. */
    private synchronized Health update(UnaryOperator<Health> change) {
        Health before = health;
        health = change.apply(before);
        return before;
    }

    /** Whole beats after the sample before, where the run began that close to it. */
    private long timestamp(Instant began) {
        long actual = began.toEpochMilli();
        long interval = source.interval().toMillis();
        long beats = Math.round((actual - lastTimestamp) / (double) interval);
        long even = lastTimestamp + beats * interval;
        lastTimestamp = beats > 0 && Math.abs(actual - even) <= SNAP_MILLIS ? even : actual;
        return lastTimestamp;
    }

    private CollectorRun shown(Outcome outcome) {
        Optional<RunSink> sink = outcome.sink();
        if (sink.isEmpty()) {
            return failed(outcome.duration(), outcome.error().orElse(""));
        }
        RunSink reported = sink.get();
        var samples = new ArrayList<Sample>(reported.size());
        for (int i = 0; i < reported.size(); i++) {
            samples.add(
                    new Sample(reported.series().get(i).labels, outcome.began().toEpochMilli(), reported.value(i)));
        }
        return new CollectorRun(
                source.name(), outcome.duration(), Optional.empty(), samples, List.copyOf(reported.families()));
    }

    private CollectorRun failed(Duration duration, String error) {
        return new CollectorRun(source.name(), duration, Optional.of(error), List.of(), List.of());
    }

    /** Gives the turn back when the run has left, whatever became of it. */
    private abstract class Turn implements Run.End {
        @Override
        public void left() {
            update(now -> now.stuck(false));
            current = Optional.empty();
            turn.release();
        }
    }
}
