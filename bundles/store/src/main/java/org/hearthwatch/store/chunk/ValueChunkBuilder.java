package org.hearthwatch.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compresses numbers of one series as they come, after "Gorilla: A Fast, Scalable, In-Memory Time Series Database"
 * (Pelkonen and others, 2015): of times the change of their distance is kept, of values the bits that differ from the
 * one before.
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
 * <p>All bit patterns come back as they were, NaN payloads and negative zero among them. Not thread-safe; a
 * {@link #view()} handed to another thread stays valid while this one goes on adding.
 */
public final class ValueChunkBuilder implements ChunkBuilder {

    static final int[] TIME_WIDTHS = {14, 17, 20};

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int OVERHEAD = 80;
    private static final int INITIAL_BYTES = 32;
    private static final int MOST_LEADING = 31;

    private final long start;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int bits;
    private int count = 1;
    private long lastTime;
    private long lastDelta;
    private long lastBits;
    private byte trailing;
    private byte significant;

    /** Begins with a sample. */
    public ValueChunkBuilder(long time, long valueBits) {
        start = time;
        lastTime = time;
        lastBits = valueBits;
        put(valueBits, Long.SIZE);
    }

    /** Adds a sample whose time is greater than {@link #lastTime()}. */
    public void add(long time, long valueBits) {
        long delta = time - lastTime;
        putDeltaOfDelta(delta - lastDelta);
        putXor(valueBits ^ lastBits);
        lastTime = time;
        lastDelta = delta;
        lastBits = valueBits;
        count++;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long lastTime() {
        return lastTime;
    }

    /** The bits of the newest number. */
    public long lastBits() {
        return lastBits;
    }

    @Override
    public int heapBytes() {
        return OVERHEAD + (bytes.length + 7 & ~7);
    }

    @Override
    public Chunk view() {
        return new ValueChunk(bytes, count, start, lastTime);
    }

    @Override
    public Chunk seal() {
        return new ValueChunk(Arrays.copyOf(bytes, (bits + 7) >>> 3), count, start, lastTime);
    }

    private void putDeltaOfDelta(long change) {
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

    private void putXor(long xor) {
        if (xor == 0) {
            put(0, 1);
            return;
        }
        int leadingZeros = Math.min(Long.numberOfLeadingZeros(xor), MOST_LEADING);
        int trailingZeros = Long.numberOfTrailingZeros(xor);
        if (significant > 0 && leadingZeros >= Long.SIZE - significant - trailing && trailingZeros >= trailing) {
            put(0b10, 2);
        } else {
            trailing = (byte) trailingZeros;
            significant = (byte) (Long.SIZE - leadingZeros - trailingZeros);
            put((0b11L << 11) | ((long) leadingZeros << 6) | (significant - 1), 13);
        }
        put(xor >>> trailing, significant);
    }

    /** Bytes not yet written are zero, so that bits can be laid over them a word at a time. */
    private void put(long value, int width) {
        if (width > 56) {
            put(value >>> 32, width - 32);
            put(value & 0xffff_ffffL, 32);
            return;
        }
        int at = bits >>> 3;
        if (at + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >>> 1) + Long.BYTES);
        }
        long word = (long) LONG.get(bytes, at) | (value << (Long.SIZE - (bits & 7) - width));
        LONG.set(bytes, at, word);
        bits += width;
    }
}
