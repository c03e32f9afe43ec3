package org.hearthwatch.store.chunk;

/**
 * Compresses samples of one series and one kind as they come. Not thread-safe; a {@link #view()} handed to another
 * thread stays valid while this one goes on adding.
 */
public sealed interface ChunkBuilder permits ValueChunkBuilder, HistogramChunkBuilder {

    int count();

    /** The time of the first sample. */
    long start();

    /** The time of the newest sample. */
    long lastTime();

    /** An estimate of the heap it takes. */
    int heapBytes();

    /** The samples so far, sharing the bytes. */
    Chunk view();

    /** The samples so far in as few bytes as they need. */
    Chunk seal();
}
