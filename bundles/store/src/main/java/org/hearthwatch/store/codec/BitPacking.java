package org.hearthwatch.store.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.hearthwatch.store.frame.Bytes;

/**
 * Numbers of one width side by side, from the lowest bit of the first byte on, in whole bytes. Unlike other numbers of
 * the store's files their lowest byte comes first, so that a number is one load, a shift and a mask away.
 */
final class BitPacking {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The widest numbers that lie within eight bytes wherever they begin. */
    private static final int WITHIN_LONG = 57;

    private BitPacking() {}

    /** How many bytes a count of numbers takes. */
    static int bytes(int count, int width) {
        return (count * width + 7) >>> 3;
    }

    /** The numbers' highest bits above the width are zero. */
    static void pack(long[] numbers, int from, int count, int width, Bytes into) {
        int at = into.reserve(bytes(count, width));
        byte[] array = into.asBuffer().array();
        long word = 0;
        int filled = 0;
        for (int i = from; i < from + count; i++) {
            word |= numbers[i] << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                LONG.set(array, at, word);
                at += Long.BYTES;
                filled -= Long.SIZE;
                word = filled == 0 ? 0 : numbers[i] >>> (width - filled);
            }
        }
        for (; filled > 0; filled -= 8) {
            array[at++] = (byte) word;
            word >>>= 8;
        }
    }

    static void unpack(Input in, int count, int width, long[] into, int to) throws CorruptDataException {
        int length = bytes(count, width);
        int from = in.skip(length);
        byte[] array = in.array();
        if (from + length > array.length - Long.BYTES) {
            array = Arrays.copyOfRange(array, from, from + length + Long.BYTES);
            from = 0;
        }
        if (width <= WITHIN_LONG) {
            narrow(array, from, count, width, into, to);
        } else {
            wide(array, from, count, width, into, to);
        }
    }

    private static void narrow(byte[] array, int from, int count, int width, long[] into, int to) {
        long mask = (1L << width) - 1;
        int bit = from << 3;
        for (int i = 0; i < count; i++) {
            into[to + i] = (long) LONG.get(array, bit >>> 3) >>> (bit & 7) & mask;
            bit += width;
        }
    }

    private static void wide(byte[] array, int from, int count, int width, long[] into, int to) {
        int high = width - Integer.SIZE;
        long mask = (1L << high) - 1;
        int bit = from << 3;
        for (int i = 0; i < count; i++) {
            long low = (long) LONG.get(array, bit >>> 3) >>> (bit & 7) & 0xffff_ffffL;
            bit += Integer.SIZE;
            into[to + i] = ((long) LONG.get(array, bit >>> 3) >>> (bit & 7) & mask) << Integer.SIZE | low;
            bit += high;
        }
    }
}
