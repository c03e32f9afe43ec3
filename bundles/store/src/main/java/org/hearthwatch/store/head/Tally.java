package org.hearthwatch.store.head;

import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.chunk.ChunkWriter;
import org.hearthwatch.store.chunk.Chunks;

/**
 * What a run of changes to series adds to the figures of the head, summed up first so that threads meet there once a
 * batch; and the room such a run works in. For one thread.
 */
public final class Tally {

    long samples;
    long bytes;
    long newest = Long.MIN_VALUE;

    final SampleBuffer samplesOfChunk = new SampleBuffer();
    final ChunkWriter writer;

    Tally(Chunks chunks) {
        writer = new ChunkWriter(chunks);
    }

    /** By how much samples in memory grew. */
    public long samples() {
        return samples;
    }

    void stored(long newestTime, int moreSamples, int moreBytes) {
        samples += moreSamples;
        bytes += moreBytes;
        newest = Math.max(newest, newestTime);
    }

    void stored(long time, int moreBytes) {
        stored(time, 1, moreBytes);
    }
}
