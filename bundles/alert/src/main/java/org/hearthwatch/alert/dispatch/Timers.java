package org.hearthwatch.alert.dispatch;

import java.time.Duration;

/** Lets things happen later, one after the other. A task that throws harms no other. */
public interface Timers {

    /** Runs a task once after a time; at once, but not within this call, for zero. */
    Timer after(Duration delay, Runnable task);

    /** A task that waits. */
    @FunctionalInterface
    interface Timer {

        /** A timer that waits for nothing. */
        Timer NONE = () -> {};

        /** It will not run any more, unless it runs already. */
        void cancel();
    }
}
