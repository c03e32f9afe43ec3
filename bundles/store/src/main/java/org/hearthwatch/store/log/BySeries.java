package org.hearthwatch.store.log;

/**
 * Brings numbers of many series in the order of the series, and leaves those of one in the order they came: so what is
 * done for a series is done for many samples of it at a time, and memory is not gone through in leaps. Not thread-safe.
 */
final class BySeries {

    /** Numbers of series further apart than this are not worth a table. */
    private static final int MOST_APART = 1 << 20;

    private int[] ends = {};
    private long[] times = {};
    private long[] bits = {};
    private int lowest;
    private int range;

    /** Takes over samples without histograms. @return whether it was done */
    boolean sort(Pending samples) {
        int size = samples.size();
        lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (int i = 0; i < size; i++) {
            lowest = Math.min(lowest, samples.ref(i));
            highest = Math.max(highest, samples.ref(i));
        }
        if (size == 0 || highest - lowest >= MOST_APART) {
            return false;
        }
        range = highest - lowest + 1;
        if (times.length < size) {
            times = new long[size];
            bits = new long[size];
        }
        ends = new int[range + 1];
        for (int i = 0; i < size; i++) {
            ends[samples.ref(i) - lowest + 1]++;
        }
        for (int i = 1; i <= range; i++) {
            ends[i] += ends[i - 1];
        }
        for (int i = 0; i < size; i++) {
            int place = ends[samples.ref(i) - lowest]++;
            times[place] = samples.time(i);
            bits[place] = samples.bits(i);
        }
        return true;
    }

    /**
     * Hands all over.
     *
     * @param unknown told the times of series nobody knows
     */
    void hand(Replay into, TimeSpan unknown) {
        int from = 0;
        for (int i = 0; i < range; i++) {
            int to = ends[i];
            if (to > from && !into.samples(lowest + i, times, bits, from, to)) {
                for (int j = from; j < to; j++) {
                    unknown.include(times[j]);
                }
            }
            from = to;
        }
    }
}
