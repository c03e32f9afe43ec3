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
        var reader = new Reader(bytes);
        long time = start;
        long value = reader.take(Long.SIZE);
        long delta = 0;
        int trailing = 0;
        int significant = 0;
        add(time, value, from, to, into);
        int done = 1;
        while (done < count && time <= to) {
            int same = Math.min(reader.pairsOfZeros(), count - done);
            for (int i = 0; i < same; i++) {
                time += delta;
                add(time, value, from, to, into);
            }
            reader.skip(2 * same);
            done += same;
            if (done == count) {
                return;
            }
            delta += reader.takeDeltaOfDelta();
            time += delta;
            if (reader.takeBit()) {
                if (reader.takeBit()) {
                    int leading = (int) reader.take(5);
                    significant = (int) reader.take(6) + 1;
                    trailing = Long.SIZE - leading - significant;
                }
                value ^= reader.take(significant) << trailing;
            }
            add(time, value, from, to, into);
            done++;
        }
    }

    private static void add(long time, long value, long from, long to, SampleBuffer into) {
        if (time >= from && time <= to) {
            into.add(time, Double.longBitsToDouble(value));
        }
    }

    /** Takes bits off the front. */
    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * How many pairs of bits follow that are both zero, as far as can be seen at once: a sample each, at the same distance
         * and of the same value. Behind the end there are zeros.
         */
        int pairsOfZeros() {
            int seen = Long.SIZE - (at & 7);
            return Math.min(Long.numberOfLeadingZeros(word(at >>> 3) << (at & 7)), seen) >>> 1;
        }

        void skip(int bits) {
            at += bits;
        }

        boolean takeBit() {
            boolean set = (bytes[at >>> 3] << (at & 7) & 0x80) != 0;
            at++;
            return set;
        }

        long take(int bits) {
            if (bits > 56) {
                long high = take(bits - 32);
                return high << 32 | take(32);
            }
            long word = word(at >>> 3) << (at & 7);
            at += bits;
            return word >>> (Long.SIZE - bits);
        }

        long takeDeltaOfDelta() {
            if (!takeBit()) {
                return 0;
            }
            for (int width : ChunkWriter.TIME_WIDTHS) {
                if (!takeBit()) {
                    return take(width) << (Long.SIZE - width) >> (Long.SIZE - width);
                }
            }
            return take(Long.SIZE);
        }

        private long word(int index) {
            if (index + Long.BYTES <= bytes.length) {
                return (long) LONG.get(bytes, index);
            }
            long word = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                word = word << 8 | (index + i < bytes.length ? bytes[index + i] & 0xff : 0);
            }
            return word;
        }
    }
}
