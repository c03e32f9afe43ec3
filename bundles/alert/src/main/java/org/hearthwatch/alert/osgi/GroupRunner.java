package org.hearthwatch.alert.osgi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.evaluate.GroupSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates one group at its moments, until it is stopped. Thread-safe. */
final class GroupRunner implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);

    /** After this many evaluations enough has been collected for what was before a restart to be taken up. */
    private static final int BEFORE_RESTORING = 2;

    private final GroupEvaluation group;
    private final GroupSchedule schedule;
    private final ScheduledExecutorService threads;
    private final InstantSource clock;
    private int untilRestored;
    private Instant next = Instant.MAX;
    private volatile boolean stopped;

    /** @param fresh whether the appliance has just started, so that there may be something to take up */
    GroupRunner(GroupEvaluation group, ScheduledExecutorService threads, InstantSource clock, boolean fresh) {
        this.group = group;
        this.schedule = GroupSchedule.of(group.file(), group.group().name(), group.interval());
        this.threads = threads;
        this.clock = clock;
        this.untilRestored = fresh ? BEFORE_RESTORING : 0;
    }

    GroupEvaluation group() {
        return group;
    }

    synchronized void start() {
        Instant now = clock.instant();
        if (untilRestored == 0) {
            restore(now);
        }
        planAfter(now);
    }

    /** Returns when no evaluation runs any more; none will begin. */
    synchronized void stop() {
        stopped = true;
    }

    /** No evaluation will begin; one that runs is not waited for. */
    void halt() {
        stopped = true;
    }

    /** What is left to be taken up goes over to the runner that comes after this one. */
    synchronized boolean isFresh() {
        return untilRestored > 0;
    }

    @Override
    public synchronized void run() {
        if (stopped) {
            return;
        }
        Instant at = next;
        try {
            group.evaluate(at);
            if (untilRestored > 0) {
                untilRestored--;
                if (untilRestored == 0) {
                    restore(clock.instant());
                }
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "Evaluating group {} of {} failed unexpectedly; it goes on at its next time",
                    name(),
                    group.file(),
                    e);
        }
        Instant now = clock.instant();
        long missed = schedule.missed(at, now);
        if (missed > 0) {
            group.counts().missed(missed);
            LOG.warn(
                    "Evaluating group {} of {} took so long that {} evaluations were left out",
                    name(),
                    group.file(),
                    missed);
        }
        planAfter(at.plus(schedule.interval().multipliedBy(missed)));
    }

    private String name() {
        return group.group().name();
    }

    private void restore(Instant now) {
        group.restore(now)
                .ifPresent(problem ->
                        LOG.warn("Alerts of group {} of {} begin to wait anew: {}", name(), group.file(), problem));
    }

    private void planAfter(Instant moment) {
        next = schedule.after(moment);
        Duration delay = Duration.between(clock.instant(), next);
        try {
            Future<?> unused = threads.schedule(this, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The component is going.
            stopped = true;
        }
    }
}
