package org.hearthwatch.store.log;

import java.time.Instant;

/** From the oldest to the newest of some times, in milliseconds since the epoch. Not thread-safe. */
public final class TimeSpan {

    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    public void include(long time) {
        from = Math.min(from, time);
        to = Math.max(to, time);
    }

    public boolean isEmpty() {
        return from > to;
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }

    private static String words(long time) {
        return time == Long.MIN_VALUE
                ? "an unknown time"
                : Instant.ofEpochMilli(time).toString();
    }

    @Override
    public String toString() {
        return isEmpty() ? "no time" : words(from) + " to " + words(to);
    }
}
