package org.hearthwatch.store;

/** How fast a count grows, over about the last minute. Thread-safe. */
final class Rate {

    private static final int PLACES = 13;
    private static final long STEP = 5_000;

    private final long[] times = new long[PLACES];
    private final long[] counts = new long[PLACES];
    private int next;

    /** Begins at a time with a count of zero. */
    Rate(long now) {
        times[0] = now;
        next = 1;
    }

    /** Notes the count, if the last note is old enough. */
    synchronized void note(long now, long count) {
        long since = now - times[(next - 1) % PLACES];
        if (since >= STEP || since < 0) {
            times[next % PLACES] = now;
            counts[next % PLACES] = count;
            next++;
        }
    }

    /** By how much it grows per second. */
    synchronized double perSecond(long now, long count) {
        int first = Math.max(0, next - PLACES) % PLACES;
        long millis = now - times[first];
        return millis <= 0 ? 0 : 1000.0 * (count - counts[first]) / millis;
    }
}
