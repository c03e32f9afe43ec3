package org.hearthwatch.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.api.metric.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of samples that are in memory to be added to, each in a chain of {@link Cells} and known by its first. They are
 * written by {@link ChunkWriter} and read as a {@link #copy}, since cells are used again. A cell:
 *
 * <pre>
 * first     start 8, end 8, last distance of times 8, last number 8, last cell 4, bits of data 4, samples 4, kind 1,
 *           place of the last differing bits 2, closed 1; data; next cell 4, next chunk 4
 * others    data; next cell 4, unused 4
 * </pre>
 *
 * <p>A chunk is for one thread at a time, different chunks are for any.
 */
public final class Chunks {

    /** No chunk. */
    public static final int NONE = Cells.NONE;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    static final int START = 0;
    static final int END = 8;
    static final int DISTANCE = 16;
    static final int VALUE = 24;
    static final int LAST_CELL = 32;
    static final int BITS = 36;
    static final int COUNT = 40;
    static final int KIND = 44;
    static final int TRAILING = 45;
    static final int SIGNIFICANT = 46;
    static final int CLOSED = 47;
    static final int HEADER = 48;
    static final int NEXT_CELL = Cells.BYTES - 8;
    static final int NEXT_CHUNK = Cells.BYTES - 4;

    /** What the first cell has room for, and what all others have. */
    static final int FIRST_BITS = 8 * (NEXT_CELL - HEADER);

    static final int MORE_BITS = 8 * NEXT_CELL;

    private static final int HISTOGRAM_BYTES = 200;

    private final Cells cells = new Cells();

    /** Of chunks of histograms that are added to, the last: the next is written as a difference to it. */
    private final Map<Integer, NativeHistogram> lasts = new ConcurrentHashMap<>();

    Cells cells() {
        return cells;
    }

    /** The time of the first sample, in milliseconds since the epoch. */
    public long start(int chunk) {
        return getLong(chunk, START);
    }

    /** The time of the last sample. */
    public long end(int chunk) {
        return getLong(chunk, END);
    }

    public int count(int chunk) {
        return getInt(chunk, COUNT);
    }

    /** Whether its samples are numbers rather than histograms. */
    public boolean hasNumbers(int chunk) {
        return kind(chunk) == ValueChunk.KIND;
    }

    int kind(int chunk) {
        return cells.slab(chunk)[Cells.offset(chunk) + KIND];
    }

    /** Whether nothing more can be added. */
    public boolean isClosed(int chunk) {
        return cells.slab(chunk)[Cells.offset(chunk) + CLOSED] != 0;
    }

    /** Lets nothing more be added. @return by how much the heap it takes grew */
    public int close(int chunk) {
        cells.slab(chunk)[Cells.offset(chunk) + CLOSED] = 1;
        return last(chunk, null);
    }

    /** The bits of the last number of a chunk of numbers that is not closed. */
    public long lastBits(int chunk) {
        return getLong(chunk, VALUE);
    }

    /** The last histogram of a chunk of histograms that is not closed. */
    public @Nullable NativeHistogram lastHistogram(int chunk) {
        return lasts.get(chunk);
    }

    int last(int chunk, @Nullable NativeHistogram histogram) {
        if (hasNumbers(chunk)) {
            return 0;
        }
        NativeHistogram before = histogram == null ? lasts.remove(chunk) : lasts.put(chunk, histogram);
        return heapBytes(histogram) - heapBytes(before);
    }

    private static int heapBytes(@Nullable NativeHistogram histogram) {
        if (histogram == null) {
            return 0;
        }
        int counts = histogram.positive().size() + histogram.negative().size() + histogram.customBounds().length;
        return HISTOGRAM_BYTES + Double.BYTES * counts;
    }

    /** The chunk that was put behind this. */
    public int next(int chunk) {
        return getInt(chunk, NEXT_CHUNK);
    }

    /** Puts a chunk behind this. */
    public void next(int chunk, int following) {
        setInt(chunk, NEXT_CHUNK, following);
    }

    /** The heap it takes. */
    public int heapBytes(int chunk) {
        int more = getInt(chunk, BITS) - FIRST_BITS;
        int count = more <= 0 ? 1 : 1 + (more + MORE_BITS - 1) / MORE_BITS;
        return count * Cells.BYTES + heapBytes(hasNumbers(chunk) ? null : lasts.get(chunk));
    }

    /** What it holds now. */
    public Chunk copy(int chunk) {
        var bytes = new byte[(getInt(chunk, BITS) + 7) >>> 3];
        int at = 0;
        int from = HEADER;
        for (int cell = chunk; at < bytes.length; cell = getInt(cell, NEXT_CELL)) {
            int length = Math.min(bytes.length - at, NEXT_CELL - from);
            System.arraycopy(cells.slab(cell), Cells.offset(cell) + from, bytes, at, length);
            at += length;
            from = 0;
        }
        return hasNumbers(chunk)
                ? new ValueChunk(bytes, count(chunk), start(chunk), end(chunk))
                : new HistogramChunk(bytes, count(chunk), start(chunk), end(chunk));
    }

    /** Gives its room back; it is no more. */
    public void free(int chunk) {
        if (!hasNumbers(chunk)) {
            lasts.remove(chunk);
        }
        for (int cell = chunk; cell != NONE; ) {
            int next = getInt(cell, NEXT_CELL);
            cells.free(cell);
            cell = next;
        }
    }

    /** Lets heap go that there was no need of since this was called last. */
    public void shrink() {
        cells.shrink();
    }

    /** The heap it all takes, in use or not. */
    public long heapBytes() {
        return cells.heapBytes();
    }

    int getInt(int cell, int at) {
        return (int) INT.get(cells.slab(cell), Cells.offset(cell) + at);
    }

    void setInt(int cell, int at, int value) {
        INT.set(cells.slab(cell), Cells.offset(cell) + at, value);
    }

    private long getLong(int cell, int at) {
        return (long) LONG.get(cells.slab(cell), Cells.offset(cell) + at);
    }
}
