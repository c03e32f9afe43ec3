package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which a group is evaluated: multiples of its interval, moved by an offset that comes from its name, so that
 * groups spread over time and keep their places over restarts, as Prometheus does it.
 */
public record GroupSchedule(Duration interval, long offsetMillis) {

    public static GroupSchedule of(String file, String name, Duration interval) {
        return new GroupSchedule(interval, Long.remainderUnsigned(hash(file, name), interval.toMillis()));
    }

    /** FNV-1a over both texts. */
    private static long hash(String file, String name) {
        long hash = 0xcbf29ce484222325L;
        for (char c : (file + '\0' + name).toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        return hash;
    }

    /** The last such moment that is not after another. */
    public Instant atOrBefore(Instant now) {
        long adjusted = now.toEpochMilli() - offsetMillis;
        return Instant.ofEpochMilli(adjusted - Math.floorMod(adjusted, interval.toMillis()) + offsetMillis);
    }

    /** The first such moment after another. */
    public Instant after(Instant now) {
        return atOrBefore(now).plus(interval);
    }

    /** How many moments between one that was evaluated and now went by without. */
    public long missed(Instant evaluated, Instant now) {
        return Math.max(0, Duration.between(evaluated, now).toMillis() / interval.toMillis() - 1);
    }
}
