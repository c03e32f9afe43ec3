package org.hearthwatch.query.function;

import org.hearthwatch.api.metric.Staleness;

/**
 * One place in a column of values, which may hold nothing. Nothing is the stale marker's bit pattern: stale samples never
 * get into a column, and no calculation yields it, so it is free to mean that.
 */
public final class Cell {

    /** Nothing. Compare with {@link #isAbsent}, never with {@code ==}. */
    public static final double ABSENT = Staleness.MARKER;

    private Cell() {}

    public static boolean isAbsent(double cell) {
        return Double.doubleToRawLongBits(cell) == Staleness.BITS;
    }
}
