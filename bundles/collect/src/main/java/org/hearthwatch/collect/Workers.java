package org.hearthwatch.collect;

import java.util.concurrent.Executor;

/**
 * The threads collectors run on: a bounded number, and a bounded number of replacements for those that never came back.
 * Thread-safe. {@link #execute} throws {@link java.util.concurrent.RejectedExecutionException} when too much waits.
 */
public interface Workers extends Executor {

    /** Says that one of the threads is held by a run that does not end; another takes its place if one is left. */
    void lost();

    /** Says that a lost thread came back. */
    void returned();

    Load load();

    /**
     * How busy the workers are.
     *
     * @param limit how many threads may be at work, replacements for lost ones among them
     * @param busy how many are at work, lost ones among them
     * @param lost how many are held by runs that do not end
     * @param waiting runs for which no thread was free yet
     */
    record Load(int limit, int busy, int lost, int waiting) {}
}
