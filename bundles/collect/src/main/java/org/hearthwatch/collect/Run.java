package org.hearthwatch.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthwatch.api.config.HumanDuration;

/**
 * One run of a collector on a worker: interrupted at its deadline, given up when that does not end it. Whatever it throws
 * is its outcome and nobody else's.
 */
final class Run implements Runnable {

    private static final int MESSAGE_LENGTH = 500;

    private final Source source;
    private final Supplier<RunSink> newSink;
    private final InstantSource clock;
    private final Timer timer;
    private final Workers workers;
    private final End end;
    private final CountDownLatch left = new CountDownLatch(1);

    private Phase phase = Phase.WAITING;
    private Optional<Thread> thread = Optional.empty();
    private Optional<RunSink> sink = Optional.empty();
    private Instant began = Instant.EPOCH;
    private long beganNanos;
    private boolean late;
    private boolean cancelled;

    private enum Phase {
        WAITING,
        RUNNING,
        GIVEN_UP,
        LEFT
    }

    /** Learns how a run went. Called on the run's thread, but for {@link #givenUp}. */
    interface End {

        /** It ended by itself or by the interrupt. */
        void ended(Outcome outcome);

        /** It was interrupted and goes on; called on the timer, so must not wait. */
        void givenUp(Outcome outcome);

        /** It has left its thread, after {@link #ended} or some time after {@link #givenUp}, or without having begun. */
        void left();
    }

    Run(Source source, Supplier<RunSink> newSink, InstantSource clock, Timer timer, Workers workers, End end) {
        this.source = source;
        this.newSink = newSink;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.end = end;
    }

    @Override
    public void run() {
        RunSink own = newSink.get();
        if (!begin(own)) {
            end.left();
            return;
        }
        Timer.Call deadline = timer.after(source.timeout(), () -> interrupt(true));
        Optional<String> error = collect(own);
        deadline.cancel();
        Duration duration = Duration.ofNanos(timer.nanos() - beganNanos);
        boolean inTime = leave();
        own.close();
        try {
            if (inTime) {
                end.ended(outcome(own, duration, error));
            } else {
                workers.returned();
            }
        } finally {
            end.left();
        }
    }

    /** Ends it early: not begun, it never will; begun, it is interrupted. */
    void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        interrupt(false);
    }

    /** Waits until it has left its thread; at once when it has not begun and never will, or waits for itself. */
    void awaitLeft(Duration atMost) throws InterruptedException {
        synchronized (this) {
            if (phase == Phase.WAITING
                    || thread.filter(Thread.currentThread()::equals).isPresent()) {
                return;
            }
        }
        left.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized boolean begin(RunSink own) {
        if (cancelled) {
            phase = Phase.LEFT;
            left.countDown();
            return false;
        }
        phase = Phase.RUNNING;
        thread = Optional.of(Thread.currentThread());
        sink = Optional.of(own);
        began = clock.instant();
        beganNanos = timer.nanos();
        return true;
    }

    private Optional<String> collect(RunSink own) {
        try {
            source.collector().collect(own);
            return own.refusal();
        } catch (
                Throwable
                        e) { // whatever a plugin throws, linkage errors and exhausted stacks too, stays its own affair
            return Optional.of(own.refusal().orElseGet(() -> message(e)));
        }
    }

    /** Whether it left before it was given up. */
    private synchronized boolean leave() {
        boolean inTime = phase == Phase.RUNNING;
        phase = Phase.LEFT;
        thread = Optional.empty();
        // Under the lock, so that an interrupt meant for this run cannot reach the thread's next one.
        boolean unused = Thread.interrupted();
        left.countDown();
        return inTime;
    }

    private synchronized void interrupt(boolean deadline) {
        if (phase == Phase.RUNNING) {
            late = late || deadline;
            thread.ifPresent(Thread::interrupt);
            Timer.Call unused = timer.after(RunnerSettings.GRACE, this::giveUp);
        }
    }

    private void giveUp() {
        RunSink lost;
        synchronized (this) {
            if (phase != Phase.RUNNING) {
                return;
            }
            phase = Phase.GIVEN_UP;
            lost = sink.orElseThrow();
        }
        lost.close();
        workers.lost();
        String message = overdue() + " and goes on; its thread is given up";
        end.givenUp(new Outcome(
                began, Duration.ofNanos(timer.nanos() - beganNanos), Optional.of(message), Optional.empty(), 0));
    }

    private synchronized Outcome outcome(RunSink own, Duration duration, Optional<String> error) {
        Optional<String> why = late ? Optional.of(overdue()) : error;
        return new Outcome(
                began,
                duration,
                why,
                Optional.of(own).filter(s -> why.isEmpty()),
                own.refusal().isPresent() ? own.size() + 1 : 0);
    }

    private String overdue() {
        return "it did not end within " + HumanDuration.format(source.timeout())
                + " (hearthwatch.timeout) and was interrupted";
    }

    private static String message(Throwable e) {
        String text = e.getMessage();
        String line = text == null || text.isBlank()
                ? e.getClass().getSimpleName()
                : e instanceof java.io.IOException && e.getClass() == java.io.IOException.class
                        ? text
                        : e.getClass().getSimpleName() + ": " + text;
        int lineEnd = line.indexOf('\n');
        String first = lineEnd < 0 ? line : line.substring(0, lineEnd);
        return first.length() <= MESSAGE_LENGTH ? first : first.substring(0, MESSAGE_LENGTH) + "…";
    }
}
