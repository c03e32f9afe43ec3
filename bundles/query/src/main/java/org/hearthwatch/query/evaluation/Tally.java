package org.hearthwatch.query.evaluation;

/**
 * How many samples were looked at, at every step, as Prometheus counts for its statistics: what a range selector's window
 * holds counts at each step, what is evaluated once counts at all of them, and below a subquery nothing counts but what
 * comes out of it. For one thread.
 */
final class Tally {

    private final long[] steps;

    private Tally(int steps) {
        this.steps = new long[steps];
    }

    /** Counts nothing yet. */
    static Tally of(Steps steps, Budget budget) {
        budget.holdAside(steps.count());
        return new Tally(steps.count());
    }

    void add(int step, long samples) {
        steps[step] += samples;
    }

    /** What was evaluated once for all steps. */
    void addEverywhere(long samples) {
        for (int step = 0; step < steps.length; step++) {
            steps[step] += samples;
        }
    }

    /** What was counted apart, by the same steps. */
    void add(Tally part) {
        for (int step = 0; step < steps.length; step++) {
            steps[step] += part.steps[step];
        }
    }

    long total() {
        long total = 0;
        for (long samples : steps) {
            total += samples;
        }
        return total;
    }

    long[] perStep() {
        return steps.clone();
    }
}
