package org.hearthwatch.store.chunk;

import org.hearthwatch.api.store.SampleBuffer;

/** A compressed run of samples of one series and one kind, in growing time. Immutable. */
public sealed interface Chunk permits ValueChunk, HistogramChunk {

    /** How many samples, at least one. */
    int count();

    /** The time of the first sample, in milliseconds since the epoch. */
    long start();

    /** The time of the last sample. */
    long end();

    /** An estimate of the heap it takes. */
    int heapBytes();

    /** Adds the samples from one time to another, both included, to a buffer. */
    void decode(long from, long to, SampleBuffer into);
}
