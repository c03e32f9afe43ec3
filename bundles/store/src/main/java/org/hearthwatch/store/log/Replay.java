package org.hearthwatch.store.log;

import org.hearthwatch.api.metric.NativeHistogram;

/** Who takes what the log held at the start. */
public interface Replay {

    /** A file is begun: what follows stands in it. */
    default void segment(long sequence) {
        // Not everybody asks where samples stand.
    }

    /** A number, in the order they were appended. @return whether the series is known */
    boolean sample(int ref, long time, long bits);

    /**
     * Numbers of one series, from one place of two columns up to another, in the order they were appended. Between
     * series the order is any.
     *
     * @return whether the series is known
     */
    default boolean samples(int ref, long[] times, long[] bits, int from, int to) {
        boolean known = true;
        for (int i = from; i < to; i++) {
            known &= sample(ref, times[i], bits[i]);
        }
        return known;
    }

    /** A histogram. @return whether the series is known */
    boolean sample(int ref, long time, NativeHistogram histogram);

    /** A number the log has used for a sample that is in blocks. */
    void used(int ref);

    /** Samples older than this are gone on purpose, and their series may be unknown. */
    long oldest();

    /** A file is read to its end. */
    void segmentRead();
}
