package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.List;

/** Which deletions hold for one series in one block. */
final class Deletions {

    private Deletions() {}

    /** Those that hold for a series in a block of a generation and take something between two times. */
    static List<Tombstone> of(List<Tombstone> all, long generation, int ref, long from, long to) {
        if (all.isEmpty()) {
            return List.of();
        }
        var some = new ArrayList<Tombstone>();
        for (Tombstone tombstone : all) {
            if (tombstone.generation() > generation && tombstone.overlaps(from, to) && tombstone.concerns(ref)) {
                some.add(tombstone);
            }
        }
        return some;
    }

    /** Whether one of them alone takes all between two times. */
    static boolean takesAll(List<Tombstone> some, long from, long to) {
        for (Tombstone tombstone : some) {
            if (tombstone.from() <= from && tombstone.to() >= to) {
                return true;
            }
        }
        return false;
    }

    /** The first time from one on that is not deleted, or {@link Long#MAX_VALUE}. */
    static long firstLeft(List<Tombstone> some, long from) {
        long at = from;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Tombstone tombstone : some) {
                if (tombstone.from() <= at && tombstone.to() >= at) {
                    if (tombstone.to() == Long.MAX_VALUE) {
                        return Long.MAX_VALUE;
                    }
                    at = tombstone.to() + 1;
                    moved = true;
                }
            }
        }
        return at;
    }

    /** The last time before the next deletion, from a time on that is not deleted, or at most the given one. */
    static long lastLeft(List<Tombstone> some, long from, long most) {
        long last = most;
        for (Tombstone tombstone : some) {
            if (tombstone.from() > from) {
                last = Math.min(last, tombstone.from() - 1);
            }
        }
        return last;
    }
}
