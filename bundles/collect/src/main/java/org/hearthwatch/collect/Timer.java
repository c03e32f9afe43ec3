package org.hearthwatch.collect;

import java.time.Duration;

/**
 * Wakes the runner. Its own beat is one that setting the wall clock does not disturb. Thread-safe; actions are short and
 * never wait.
 */
public interface Timer {

    /** Nanoseconds since some fixed moment; never goes back. */
    long nanos();

    /** Runs an action once, after a delay. */
    Call after(Duration delay, Runnable action);

    /** Something that will happen unless it is cancelled before. */
    @FunctionalInterface
    interface Call {
        void cancel();
    }
}
