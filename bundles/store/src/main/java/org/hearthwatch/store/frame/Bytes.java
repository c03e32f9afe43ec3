package org.hearthwatch.store.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow, with the number formats of the store's files: big-endian fixed width, and LEB128 variable length (7
 * bits a byte, lowest first), signed ones in zigzag order (0, -1, 1, -2, ...). Not thread-safe.
 */
public final class Bytes {

    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = {};
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** What was put, valid until more is. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** The array itself, of which the first {@link #size()} count. */
    byte[] array() {
        return bytes;
    }

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        ensure(Integer.BYTES);
        setInt(size, value);
        size += Integer.BYTES;
    }

    void setInt(int at, int value) {
        ByteBuffer.wrap(bytes).putInt(at, value);
    }

    public void putLong(long value) {
        ensure(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += Long.BYTES;
    }

    /** The lowest bytes of a number, highest first. */
    public void putLow(long value, int count) {
        ensure(Long.BYTES);
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void putUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void putSigned(long value) {
        putUnsigned((value << 1) ^ (value >> 63));
    }

    /** One byte, leading zero bytes * 16 + bytes that follow, and the bytes without leading and trailing zero bytes. */
    public void putTrimmed(long value) {
        if (value == 0) {
            putByte(0);
            return;
        }
        int leading = Long.numberOfLeadingZeros(value) / 8;
        int trailing = Long.numberOfTrailingZeros(value) / 8;
        int length = 8 - leading - trailing;
        putByte((leading << 4) | length);
        putLow(value >>> (8 * trailing), length);
    }

    /** A copy of what was put. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The length in UTF-8, then the text in UTF-8. */
    public void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putUnsigned(encoded.length);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** All that other bytes hold. */
    public void putBytes(Bytes other) {
        putBytes(other.bytes, 0, other.size);
    }

    public void putBytes(byte[] from, int start, int count) {
        ensure(count);
        System.arraycopy(from, start, bytes, size, count);
        size += count;
    }

    /** Room for a number of zero bytes. @return where they begin */
    public int reserve(int count) {
        ensure(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        int at = size;
        size += count;
        return at;
    }

    /** Sets one bit of bytes reserved before. */
    public void setBit(int at, int bit) {
        bytes[at + (bit >>> 3)] |= (byte) (1 << (bit & 7));
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST_BYTES, Math.max(2 * bytes.length, size + more)));
        }
    }
}
