package org.hearthwatch.store.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link Bytes} wrote. A body has passed its checksum, so a wrong one was written wrong: every method throws
 * {@link IllegalStateException} when it runs past the end. Not thread-safe.
 */
public final class BodyReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;

    BodyReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Reads a part of an array. */
    public static BodyReader of(byte[] bytes, int from, int end) {
        return new BodyReader(bytes, from, end);
    }

    /** How many bytes there are still. */
    public int remaining() {
        return end - at;
    }

    public boolean hasMore() {
        return at < end;
    }

    public int takeByte() {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** A number of the given bytes, highest first. */
    public long takeLow(int count) {
        need(count);
        if (count > 0 && bytes.length - at >= Long.BYTES) {
            long word = (long) LONG.get(bytes, at);
            at += count;
            return word >>> (Long.SIZE - 8 * count);
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[at++] & 0xff);
        }
        return value;
    }

    /** A number as {@link Bytes#putTrimmed} writes it. */
    public long takeTrimmed() {
        int shape = takeByte();
        int length = shape & 0xf;
        int shift = 8 * (8 - (shape >>> 4) - length);
        if (length == 0) {
            return 0;
        }
        if (shift < 0) {
            throw new IllegalStateException("A number of more than eight bytes");
        }
        return takeLow(length) << shift;
    }

    public long takeUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = takeByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("A number of more than ten bytes");
    }

    public long takeSigned() {
        long value = takeUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number from zero to a limit. */
    public int takeCount(int limit) {
        long value = takeUnsigned();
        if (value < 0 || value > limit) {
            throw new IllegalStateException("A count of " + value + " where at most " + limit + " can be");
        }
        return (int) value;
    }

    public String takeText() {
        int length = takeCount(end - at);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Passes over bytes. @return where they begin, for {@link #bit} */
    public int skip(int count) {
        need(count);
        int from = at;
        at += count;
        return from;
    }

    /** A copy of bytes. */
    public byte[] takeBytes(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    public boolean bit(int from, int bit) {
        return (bytes[from + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
    }

    private void need(int count) {
        if (count < 0 || end - at < count) {
            throw new IllegalStateException("A record ends before what it announces");
        }
    }
}
