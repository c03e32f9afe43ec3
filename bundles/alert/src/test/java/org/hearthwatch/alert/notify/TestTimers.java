package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.testkit.TestClock;

/** Timers that go off as a test moves its clock, one after the other in the order of their moments; executors run on them. */
public final class TestTimers implements Timers {

    private final TestClock clock;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::at).thenComparing(Waiting::order));
    private long order;
    private Runnable step = () -> {};
    private Duration lateness = Duration.ZERO;

    private record Waiting(Instant at, long order, Runnable task) {}

    public TestTimers(TestClock clock) {
        this.clock = clock;
    }

    /** From now on something is done before each task. */
    void atEachStep(Runnable done) {
        step = done;
    }

    /** From now on each timer that waits goes off a little late, as real ones do. */
    void late(Duration by) {
        lateness = by;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var entry = new Waiting(clock.instant().plus(delay), order++, task);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    /** Moves the clock to a moment and runs all that is due on the way. */
    public void runUntil(Instant moment) {
        while (!waiting.isEmpty() && !waiting.peek().at().isAfter(moment)) {
            Waiting next = waiting.poll();
            if (next.at().isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.at()).plus(lateness));
            }
            step.run();
            next.task().run();
        }
        if (moment.isAfter(clock.instant())) {
            clock.advance(Duration.between(clock.instant(), moment));
        }
    }

    /** Moves the clock on. */
    public void run(Duration time) {
        runUntil(clock.instant().plus(time));
    }

    /** An executor whose tasks run as timers that are due at once. */
    public ExecutorService executor() {
        return new AbstractExecutorService() {
            private boolean down;

            @Override
            public void execute(Runnable task) {
                Timer unused = after(Duration.ZERO, task);
            }

            @Override
            public void shutdown() {
                down = true;
            }

            @Override
            public List<Runnable> shutdownNow() {
                down = true;
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return down;
            }

            @Override
            public boolean isTerminated() {
                return down;
            }

            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) {
                return true;
            }
        };
    }
}
