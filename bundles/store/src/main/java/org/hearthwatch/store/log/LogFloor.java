package org.hearthwatch.store.log;

/**
 * What of the log is in blocks: samples older than a time that stand in files before a number. What is as old and stands
 * in a later file came after those blocks were written, and is in none.
 *
 * @param time in milliseconds since the epoch
 * @param segment the number of the first file begun after the blocks were cut, as {@link SampleLog#rotate} gave it
 */
public record LogFloor(long time, long segment) {

    /** Nothing is in blocks. */
    public static final LogFloor NONE = new LogFloor(Long.MIN_VALUE, 0);

    /** Whether a sample of a file is in blocks. */
    boolean covers(long in, long sample) {
        return in < segment && sample < time;
    }
}
