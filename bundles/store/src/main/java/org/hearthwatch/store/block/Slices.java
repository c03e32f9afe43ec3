package org.hearthwatch.store.block;

import java.util.Arrays;

/**
 * Where a series is cut into chunks: time is halved, from 16 days down, until no part has more than {@value #MOST}
 * samples. Since the cuts depend on the clock and not on where a series begins, series of one target have the same ones
 * and can share their times.
 */
final class Slices {

    /** The most samples of a chunk. */
    static final int MOST = 960;

    /** 2^14 times an odd number of milliseconds. */
    private static final long WIDEST = 16 * 86_400_000L;

    private static final int HALVINGS = 14;

    private final int[] ends;
    private int count;

    private Slices(int most) {
        ends = new int[most];
    }

    /** The places behind the last sample of each slice, in order. */
    static int[] ends(long[] times, int size) {
        var slices = new Slices(size);
        for (int from = 0; from < size; ) {
            long start = Math.floorDiv(times[from] - 1, WIDEST) * WIDEST;
            int to = after(times, from, size, start + WIDEST);
            slices.cut(times, from, to, start, 0);
            from = to;
        }
        return Arrays.copyOf(slices.ends, slices.count);
    }

    private void cut(long[] times, int from, int to, long start, int halved) {
        if (to - from <= MOST) {
            if (to > from) {
                ends[count++] = to;
            }
            return;
        }
        if (halved == HALVINGS) {
            for (int end = from + MOST; end < to; end += MOST) {
                ends[count++] = end;
            }
            ends[count++] = to;
            return;
        }
        long middle = start + (WIDEST >> (halved + 1));
        int split = after(times, from, to, middle);
        cut(times, from, split, start, halved + 1);
        cut(times, split, to, middle, halved + 1);
    }

    /** The first place with a greater time. */
    private static int after(long[] times, int from, int to, long time) {
        int place = Arrays.binarySearch(times, from, to, time);
        return place >= 0 ? place + 1 : -place - 1;
    }
}
