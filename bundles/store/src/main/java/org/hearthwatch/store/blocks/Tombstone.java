package org.hearthwatch.store.blocks;

import java.util.Arrays;

/**
 * A deletion that is not carried out everywhere yet. It holds for blocks of a lower generation and for what stands in the
 * log before its segment; what came later stays.
 */
public final class Tombstone {

    private final long generation;
    private final long segment;
    private final long madeAt;
    private final long from;
    private final long to;
    private final int[] refs;

    /**
     * A deletion.
     *
     * @param generation blocks below it are concerned
     * @param segment segments of the log below it are concerned
     * @param madeAt when, in milliseconds since the epoch
     * @param from first time
     * @param to last time
     * @param refs numbers of the series, growing
     */
    public Tombstone(long generation, long segment, long madeAt, long from, long to, int[] refs) {
        this.generation = generation;
        this.segment = segment;
        this.madeAt = madeAt;
        this.from = from;
        this.to = to;
        this.refs = refs.clone();
    }

    public long generation() {
        return generation;
    }

    public long segment() {
        return segment;
    }

    public long madeAt() {
        return madeAt;
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }

    /** How many series. */
    public int size() {
        return refs.length;
    }

    /** The number of a series, by growing index. */
    public int ref(int index) {
        return refs[index];
    }

    public boolean concerns(int ref) {
        return Arrays.binarySearch(refs, ref) >= 0;
    }

    /** Whether some time is both deleted and from one to another. */
    public boolean overlaps(long first, long last) {
        return from <= last && to >= first;
    }

    /** Whether a sample of the log is deleted. */
    public boolean covers(long segmentOfSample, int ref, long time) {
        return segmentOfSample < segment && time >= from && time <= to && concerns(ref);
    }
}
