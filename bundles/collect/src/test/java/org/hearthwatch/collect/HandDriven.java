package org.hearthwatch.collect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.hearthwatch.testkit.TestClock;

/** Time and threads that move only when the test says so: every run happens on the test's own thread. */
final class HandDriven implements Timer, Workers {

    final TestClock clock = TestClock.atStart();

    private final List<Pending> calls = new ArrayList<>();
    private final Deque<Runnable> runs = new ArrayDeque<>();
    private long nanos;
    private int lost;
    private boolean held;

    private record Pending(long at, Runnable action) {}

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Call after(Duration delay, Runnable action) {
        var pending = new Pending(nanos + delay.toNanos(), action);
        calls.add(pending);
        return () -> calls.remove(pending);
    }

    @Override
    public void execute(Runnable run) {
        runs.add(run);
    }

    @Override
    public void lost() {
        lost++;
    }

    @Override
    public void returned() {
        lost--;
    }

    @Override
    public Load load() {
        return new Load(4, lost, lost, runs.size());
    }

    /** Workers begin nothing until they are released. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
        work();
    }

    /** Lets time pass, with every call on its way made at its moment and every run run. */
    void pass(Duration time) {
        long end = nanos + time.toNanos();
        work();
        while (true) {
            var due = calls.stream().filter(call -> call.at() <= end).min(Comparator.comparingLong(Pending::at));
            if (due.isEmpty()) {
                break;
            }
            calls.remove(due.get());
            moveTo(Math.max(nanos, due.get().at()));
            due.get().action().run();
            work();
        }
        moveTo(end);
    }

    /** As a run that takes its time would let it pass: calls are made, but no other run begins meanwhile. */
    void passDuringRun(Duration time) {
        boolean before = held;
        held = true;
        pass(time);
        held = before;
    }

    private void moveTo(long then) {
        clock.advance(Duration.ofNanos(then - nanos));
        nanos = then;
    }

    private void work() {
        while (!held && !runs.isEmpty()) {
            runs.remove().run();
        }
    }
}
