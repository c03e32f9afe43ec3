package org.hearthwatch.store.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hearthwatch.api.store.SampleBuffer;

/**
 * A compressed run of numbers of one series in growing time; see {@link ChunkWriter} for the encoding. Immutable.
 */
public final class ValueChunk implements Chunk {

    static final int KIND = 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** So many bits of a word stand for themselves wherever in a byte it begins. */
    private static final int SURE = 56;

    private static final int LONGEST_PREFIX = ChunkWriter.TIME_WIDTHS.length + 1;

    private final byte[] bytes;
    private final int count;
    private final long start;
    private final long end;

    ValueChunk(byte[] bytes, int count, long start, long end) {
        this.bytes = bytes;
        this.count = count;
        this.start = start;
        this.end = end;
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
    public long end() {
        return end;
    }

    @Override
    public byte[] encoded() {
        return bytes;
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void decode(long from, long to, SampleBuffer into) {
        long time = start;
        long value = bitsAt(0, Long.SIZE);
        int at = Long.SIZE;
        long distance = 0;
        int trailing = 0;
        int significant = 0;
        add(time, value, from, to, into);
        for (int done = 1; done < count && time <= to; done++) {
            long word = wordAt(at);
            // A pair of zeros is a sample at the same distance and of the same value; many series hardly ever change.
            int same = Math.min(Math.min(Long.numberOfLeadingZeros(word), SURE) >>> 1, count - done);
            if (same > 0) {
                for (int i = 0; i < same; i++) {
                    time += distance;
                    add(time, value, from, to, into);
                }
                at += 2 * same;
                done += same - 1;
                continue;
            }
            if (word < 0) {
                int ones = Math.min(Long.numberOfLeadingZeros(~word), LONGEST_PREFIX);
                if (ones == LONGEST_PREFIX) {
                    distance += bitsAt(at + ones, Long.SIZE);
                    at += ones + Long.SIZE;
                } else {
                    int width = ChunkWriter.TIME_WIDTHS[ones - 1];
                    distance += word << (ones + 1) >> (Long.SIZE - width);
                    at += ones + 1 + width;
                }
                word = wordAt(at);
            } else {
                word <<= 1;
                at++;
            }
            time += distance;
            if (word >= 0) {
                at++;
            } else {
                if (word << 1 < 0) {
                    int leading = (int) (word << 2 >>> (Long.SIZE - 5));
                    significant = (int) (word << 7 >>> (Long.SIZE - 6)) + 1;
                    trailing = Long.SIZE - leading - significant;
                    at += 13;
                } else {
                    at += 2;
                }
                value ^= bitsAt(at, significant) << trailing;
                at += significant;
            }
            add(time, value, from, to, into);
        }
    }

    private static void add(long time, long value, long from, long to, SampleBuffer into) {
        if (time >= from && time <= to) {
            into.add(time, Double.longBitsToDouble(value));
        }
    }

    /** So many bits, one at least, from a place on. */
    private long bitsAt(int at, int bits) {
        if (bits > SURE) {
            return bitsAt(at, bits - 32) << 32 | bitsAt(at + bits - 32, 32);
        }
        return wordAt(at) >>> (Long.SIZE - bits);
    }

    /** The bits from a place on, of which {@link #SURE} are as they stand there; behind the end there are zeros. */
    private long wordAt(int at) {
        int index = at >>> 3;
        long word;
        if (index + Long.BYTES <= bytes.length) {
            word = (long) LONG.get(bytes, index);
        } else {
            word = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                word = word << 8 | (index + i < bytes.length ? bytes[index + i] & 0xff : 0);
            }
        }
        return word << (at & 7);
    }
}
