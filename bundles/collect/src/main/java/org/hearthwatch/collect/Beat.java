package org.hearthwatch.collect;

import java.time.Duration;

/**
 * When a collector runs: at a fixed place within each interval, so that its runs do not drift, and the runs of different
 * collectors spread over the interval instead of all falling on the same moment.
 */
final class Beat {

    private final long interval;
    private final long offset;

    /** @param name decides the place within the interval; the same name always gets the same place */
    Beat(Duration interval, String name) {
        this.interval = interval.toNanos();
        this.offset = Math.floorMod(spread(name.hashCode()), this.interval);
    }

    /** The time until the next tick, of a run that begins now and out of turn: half an interval to one and a half. */
    Duration untilNextAfterFirst(long now) {
        long wait = untilNext(now).toNanos();
        return Duration.ofNanos(wait < interval / 2 ? wait + interval : wait);
    }

    /** The time until the next tick: more than zero, at most the interval. */
    Duration untilNext(long now) {
        return Duration.ofNanos(interval - Math.floorMod(now - offset, interval));
    }

    // String hashes of similar names lie close together; the finaliser of SplitMix64 (Steele, Lea, Flood 2014) does
    // not.
    private static long spread(int hash) {
        long z = hash * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
