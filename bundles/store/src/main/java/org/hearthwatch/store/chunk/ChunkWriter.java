package org.hearthwatch.store.chunk;

import java.nio.ByteBuffer;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.store.frame.Bytes;

/**
 * Writes samples to {@link Chunks}, compressed as they come. Numbers are written after "Gorilla: A Fast, Scalable, In-Memory
 * Time Series Database" (Pelkonen and others, 2015): of times the change of their distance is kept, of values the bits
 * that differ from the one before.
 *
 * <pre>
 * first value   64 bits (its time stands outside)
 * time          0                      same distance as before
 *               10 | 110 | 1110 + 14 | 17 | 20 bits   signed change of the distance in milliseconds
 *               1111 + 64 bits
 * value         0                      same bits
 *               10 + the differing bits, at the place of the time before
 *               11 + 5 bits leading zeros + 6 bits (length - 1) + the differing bits
 * </pre>
 *
 * <p>All bit patterns come back as they were, NaN payloads and negative zero among them. Of histograms each is the signed
 * distance from the time before (zero at first) and the histogram as {@link HistogramCodec} writes it behind the one
 * before. Not thread-safe.
 */
public final class ChunkWriter {

    static final int[] TIME_WIDTHS = {14, 17, 20};

    private static final int MOST_LEADING = 31;

    private final Chunks chunks;
    private final Bytes encoded = new Bytes();

    // The chunk that is being written.
    private int chunk;
    private int cell;
    private byte[] slab = {};
    private int cellAt;
    private int used;
    private int room;
    private int bits;
    private int count;
    private long end;
    private long distance;
    private long value;
    private int trailing;
    private int significant;
    private int grown;

    /** A writer to chunks that are there. */
    public ChunkWriter(Chunks chunks) {
        this.chunks = chunks;
    }

    /** A new chunk of one number. */
    public int begin(long time, long valueBits) {
        create(ValueChunk.KIND, time, time);
        value = valueBits;
        count = 1;
        put(valueBits, Long.SIZE);
        leave();
        return chunk;
    }

    /** Adds a number whose time is greater than the end of the chunk. @return by how much the heap it takes grew */
    public int add(int to, long time, long valueBits) {
        enter(to);
        number(time, valueBits);
        leave();
        return grown;
    }

    /**
     * Adds those numbers from one place of two columns on whose times grow from the end of the chunk.
     *
     * @param most with so many samples a chunk is full
     * @return how many were added
     */
    public int add(int to, long[] times, long[] valueBits, int from, int end, int most) {
        enter(to);
        int i = from;
        while (i < end && times[i] > this.end && count < most) {
            number(times[i], valueBits[i]);
            i++;
        }
        leave();
        return i - from;
    }

    private void number(long time, long valueBits) {
        long now = time - end;
        putTime(now - distance);
        putValue(valueBits ^ value);
        end = time;
        distance = now;
        value = valueBits;
        count++;
    }

    /** A new chunk of one histogram. */
    public int begin(long time, NativeHistogram histogram) {
        create(HistogramChunk.KIND, time, time);
        encoded.clear();
        encoded.putSigned(0);
        HistogramCodec.encode(null, histogram, encoded);
        histogram(time, histogram);
        return chunk;
    }

    /** Adds a histogram whose time is greater than the end of the chunk. @return by how much the heap it takes grew */
    public int add(int to, long time, NativeHistogram histogram) {
        enter(to);
        encoded.clear();
        encoded.putSigned(time - end);
        HistogramCodec.encode(chunks.lastHistogram(to), histogram, encoded);
        return histogram(time, histogram);
    }

    private int histogram(long time, NativeHistogram histogram) {
        putBytes(encoded.asBuffer());
        end = time;
        count++;
        leave();
        return grown + chunks.last(chunk, histogram);
    }

    /** A new chunk of what another holds, closed. */
    public int restore(Chunk from) {
        create(from.kind(), from.start(), from.end());
        count = from.count();
        putBytes(ByteBuffer.wrap(from.encoded()));
        leave();
        chunks.close(chunk);
        return chunk;
    }

    private void create(int kind, long start, long until) {
        enterCell(chunks.cells().take());
        chunk = cell;
        slab[cellAt + Chunks.KIND] = (byte) kind;
        Chunks.LONG.set(slab, cellAt + Chunks.START, start);
        used = 8 * Chunks.HEADER;
        room = Chunks.FIRST_BITS;
        bits = 0;
        count = 0;
        end = until;
        distance = 0;
        value = 0;
        trailing = 0;
        significant = 0;
        grown = Cells.BYTES;
    }

    private void enterCell(int number) {
        cell = number;
        slab = chunks.cells().slab(number);
        cellAt = Cells.offset(number);
    }

    private void enter(int number) {
        chunk = number;
        enterCell(number);
        end = (long) Chunks.LONG.get(slab, cellAt + Chunks.END);
        distance = (long) Chunks.LONG.get(slab, cellAt + Chunks.DISTANCE);
        value = (long) Chunks.LONG.get(slab, cellAt + Chunks.VALUE);
        bits = (int) Chunks.INT.get(slab, cellAt + Chunks.BITS);
        count = (int) Chunks.INT.get(slab, cellAt + Chunks.COUNT);
        trailing = slab[cellAt + Chunks.TRAILING];
        significant = slab[cellAt + Chunks.SIGNIFICANT];
        grown = 0;
        int more = bits - Chunks.FIRST_BITS;
        if (more <= 0) {
            used = 8 * Chunks.HEADER + bits;
            room = -more;
        } else {
            enterCell((int) Chunks.INT.get(slab, cellAt + Chunks.LAST_CELL));
            used = (more - 1) % Chunks.MORE_BITS + 1;
            room = Chunks.MORE_BITS - used;
        }
    }

    private void leave() {
        int last = cell;
        enterCell(chunk);
        Chunks.LONG.set(slab, cellAt + Chunks.END, end);
        Chunks.LONG.set(slab, cellAt + Chunks.DISTANCE, distance);
        Chunks.LONG.set(slab, cellAt + Chunks.VALUE, value);
        Chunks.INT.set(slab, cellAt + Chunks.LAST_CELL, last);
        Chunks.INT.set(slab, cellAt + Chunks.BITS, bits);
        Chunks.INT.set(slab, cellAt + Chunks.COUNT, count);
        slab[cellAt + Chunks.TRAILING] = (byte) trailing;
        slab[cellAt + Chunks.SIGNIFICANT] = (byte) significant;
    }

    private void putTime(long change) {
        if (change == 0) {
            put(0, 1);
            return;
        }
        for (int i = 0; i < TIME_WIDTHS.length; i++) {
            int width = TIME_WIDTHS[i];
            if (change << (Long.SIZE - width) >> (Long.SIZE - width) == change) {
                long prefix = (1L << (i + 2)) - 2;
                put((prefix << width) | (change & ((1L << width) - 1)), i + 2 + width);
                return;
            }
        }
        put(0b1111, 4);
        put(change, Long.SIZE);
    }

    private void putValue(long xor) {
        if (xor == 0) {
            put(0, 1);
            return;
        }
        int leadingZeros = Math.min(Long.numberOfLeadingZeros(xor), MOST_LEADING);
        int trailingZeros = Long.numberOfTrailingZeros(xor);
        if (significant > 0 && leadingZeros >= Long.SIZE - significant - trailing && trailingZeros >= trailing) {
            put(0b10, 2);
        } else {
            trailing = trailingZeros;
            significant = Long.SIZE - leadingZeros - trailingZeros;
            put((0b11L << 11) | ((long) leadingZeros << 6) | (significant - 1), 13);
        }
        put(xor >>> trailing, significant);
    }

    private void putBytes(ByteBuffer bytes) {
        while (bytes.remaining() > 0) {
            if (room == 0) {
                nextCell();
            }
            int length = Math.min(room >>> 3, bytes.remaining());
            bytes.get(slab, cellAt + (used >>> 3), length);
            advance(8 * length);
        }
    }

    /** Adds the lowest bits of a number of which the others are zero. */
    private void put(long number, int width) {
        if (width > 56) {
            put(number >>> 32, width - 32);
            put(number & 0xffff_ffffL, 32);
            return;
        }
        if (width <= room) {
            lay(number, width);
            return;
        }
        int rest = width - room;
        if (room > 0) {
            lay(number >>> rest, room);
        }
        nextCell();
        lay(number & (1L << rest) - 1, rest);
    }

    /**
     * Lays bits over those of a cell not yet written, which are zero. Eight bytes are written at a time, of which the last may
     * lie behind the data: there the cell's own links stand, and they come out as they were.
     */
    private void lay(long number, int width) {
        int at = cellAt + (used >>> 3);
        long word = (long) Chunks.LONG.get(slab, at) | (number << (Long.SIZE - (used & 7) - width));
        Chunks.LONG.set(slab, at, word);
        advance(width);
    }

    private void advance(int width) {
        used += width;
        room -= width;
        bits += width;
    }

    private void nextCell() {
        int next = chunks.cells().take();
        Chunks.INT.set(slab, cellAt + Chunks.NEXT_CELL, next);
        enterCell(next);
        used = 0;
        room = Chunks.MORE_BITS;
        grown += Cells.BYTES;
    }
}
