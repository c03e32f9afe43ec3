package org.hearthwatch.store.head;

import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.chunk.Chunks;
import org.jspecify.annotations.Nullable;

/** What all series of a head share, so that each is small. Thread-safe. */
final class SeriesRoom {

    private final Chunks chunks = new Chunks();
    private final int chunkSamples;
    private volatile @Nullable Cut cut;

    /** @param chunkSamples at how many samples a chunk is closed */
    SeriesRoom(int chunkSamples) {
        this.chunkSamples = chunkSamples;
    }

    Chunks chunks() {
        return chunks;
    }

    int chunkSamples() {
        return chunkSamples;
    }

    /** The cut that is going on from now on, or that there is none any more. */
    void cut(@Nullable Cut now) {
        cut = now;
    }

    /** A sample that came to a series after the cut looked at it, and is older than others that the cut saw. */
    void late(Series series, long time, long bits, @Nullable NativeHistogram histogram) {
        Cut now = cut;
        if (now != null) {
            now.late(series, time, bits, histogram);
        }
    }
}
