package org.hearthwatch.query.evaluation;

import java.time.Duration;

/**
 * The moments an expression is evaluated at, in milliseconds since the Unix epoch.
 *
 * @param start the first
 * @param interval from one to the next; above zero
 * @param count how many; none for a range that is empty
 */
public record Steps(long start, long interval, int count) {

    /** One moment. */
    public static Steps single(long at) {
        return new Steps(at, 1, 1);
    }

    /** From start to end, both included. */
    public static Steps range(long start, long end, long interval) {
        long count = end < start ? 0 : (end - start) / interval + 1;
        return new Steps(start, interval, (int) Math.min(count, Integer.MAX_VALUE));
    }

    public long at(int step) {
        return start + step * interval;
    }

    /** The interval as hints want it: nothing for one moment. */
    Duration duration() {
        return count > 1 ? Duration.ofMillis(interval) : Duration.ZERO;
    }

    public long last() {
        return at(count - 1);
    }
}
