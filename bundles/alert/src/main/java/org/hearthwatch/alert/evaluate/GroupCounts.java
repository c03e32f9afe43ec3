package org.hearthwatch.alert.evaluate;

import java.time.Duration;

/** What a group has done so far. Thread-safe. */
public final class GroupCounts {

    private long evaluations;
    private long failures;
    private long iterations;
    private long missed;
    private long refused;
    private double seconds;

    synchronized void evaluated(boolean failed) {
        evaluations++;
        failures += failed ? 1 : 0;
    }

    synchronized void iterated(Duration took) {
        iterations++;
        seconds += took.toNanos() / 1e9;
    }

    synchronized void refused(int samples) {
        refused += samples;
    }

    /** Counts evaluations whose time passed while one before was not done. */
    public synchronized void missed(long more) {
        missed += more;
    }

    synchronized void continueFrom(GroupCounts before) {
        evaluations = before.evaluations();
        failures = before.failures();
        iterations = before.iterations();
        missed = before.missed();
        refused = before.refused();
        seconds = before.seconds();
    }

    /** Rules evaluated. */
    public synchronized long evaluations() {
        return evaluations;
    }

    /** Rules whose evaluation failed. */
    public synchronized long failures() {
        return failures;
    }

    /** Times the whole group was evaluated. */
    public synchronized long iterations() {
        return iterations;
    }

    /** Times it was not, because the evaluation before took too long. */
    public synchronized long missed() {
        return missed;
    }

    /** Samples the store did not take. */
    public synchronized long refused() {
        return refused;
    }

    /** Time spent evaluating, in seconds. */
    public synchronized double seconds() {
        return seconds;
    }
}
