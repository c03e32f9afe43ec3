package org.hearthwatch.store.chunk;

import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.frame.BodyReader;
import org.hearthwatch.store.frame.Bytes;

/** A compressed run of samples of one series and one kind, in growing time. Immutable. */
public sealed interface Chunk permits ValueChunk, HistogramChunk {

    /** How many samples, at least one. */
    int count();

    /** The time of the first sample, in milliseconds since the epoch. */
    long start();

    /** The time of the last sample. */
    long end();

    /** Adds the samples from one time to another, both included, to a buffer. */
    void decode(long from, long to, SampleBuffer into);

    /** What it consists of, as {@link #read} takes it. */
    byte[] encoded();

    /** Which class it is, as {@link #read} takes it. */
    int kind();

    /** Writes it so that {@link #read} gives the same. */
    default void write(Bytes into) {
        byte[] bytes = encoded();
        into.putByte(kind());
        into.putUnsigned(count());
        into.putSigned(start());
        into.putUnsigned(end() - start());
        into.putUnsigned(bytes.length);
        into.putBytes(bytes, 0, bytes.length);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if that is something else
     */
    static Chunk read(BodyReader from) {
        int kind = from.takeByte();
        int count = from.takeCount(Integer.MAX_VALUE);
        long start = from.takeSigned();
        long end = start + from.takeUnsigned();
        byte[] bytes = from.takeBytes(from.takeCount(from.remaining()));
        if (count == 0 || end < start) {
            throw new IllegalStateException("A chunk of " + count + " samples from " + start + " to " + end);
        }
        return switch (kind) {
            case ValueChunk.KIND -> new ValueChunk(bytes, count, start, end);
            case HistogramChunk.KIND -> new HistogramChunk(bytes, count, start, end);
            default -> throw new IllegalStateException("A chunk of the unknown kind " + kind);
        };
    }
}
