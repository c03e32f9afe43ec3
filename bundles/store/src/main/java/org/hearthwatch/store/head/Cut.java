package org.hearthwatch.store.head;

import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.chunk.ChunkBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a series had below a time at one moment: to be written to a block, and then to be taken out of memory by {@link
 * Head#drop}, which leaves what came in the meantime. Thread-safe.
 */
public final class Cut {

    private final long below;
    private final Chunk[] closed;
    private final @Nullable ChunkBuilder open;
    private final @Nullable Chunk openThen;

    Cut(long below, Chunk[] closed, @Nullable ChunkBuilder open, @Nullable Chunk openThen) {
        this.below = below;
        this.closed = closed;
        this.open = open;
        this.openThen = openThen;
    }

    /** Samples before this time. */
    public long below() {
        return below;
    }

    /** The time of the first sample. */
    public long start() {
        if (closed.length > 0) {
            return closed[0].start();
        }
        return openThen == null ? Long.MAX_VALUE : openThen.start();
    }

    /** Adds the samples to a buffer, in growing time. */
    public void read(SampleBuffer into) {
        for (Chunk chunk : closed) {
            if (chunk.start() >= below) {
                return;
            }
            chunk.decode(Long.MIN_VALUE, below - 1, into);
        }
        if (openThen != null) {
            openThen.decode(Long.MIN_VALUE, below - 1, into);
        }
    }

    /** Whether a chunk stood as it is. */
    boolean has(Chunk chunk) {
        int place = Series.lastNotAfter(closed, chunk.start());
        return place >= 0 && closed[place] == chunk;
    }

    /** How many samples of a chunk being filled were there. */
    int countOf(ChunkBuilder builder) {
        return builder == open && openThen != null ? openThen.count() : 0;
    }
}
