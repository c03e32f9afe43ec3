package org.hearthwatch.store.blocks;

/**
 * The pieces of time that blocks of a level are made of: each excludes its start and includes its end, and one of a level
 * consists of whole ones of the level below. With cuts of an hour they are 6 hours, a day, 8 days and 64 days.
 *
 * @param cut the time of one cut, level 0, in milliseconds
 */
public record Windows(long cut) {

    /** The level of which tiers are made: a day. */
    public static final int DAY = 2;

    /** The greatest level. */
    public static final int MOST = 4;

    private static final int[] CUTS = {1, 6, 24, 192, 1536};

    /** How long a window of a level is. */
    public long width(int level) {
        return cut * CUTS[level];
    }

    /** The start, excluded, of the window that a time is in. */
    public long startOf(int level, long time) {
        return Math.floorDiv(time - 1, width(level)) * width(level);
    }

    /** The end, included, of the window that a time is in. */
    public long endOf(int level, long time) {
        return startOf(level, time) + width(level);
    }

    /** The highest level for what is kept so long, so that whole blocks still go in good time. */
    public int highest(long keptMillis) {
        int level = DAY;
        while (level < MOST && width(level + 1) <= keptMillis / 10) {
            level++;
        }
        return level;
    }
}
