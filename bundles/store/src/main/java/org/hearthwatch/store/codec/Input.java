package org.hearthwatch.store.codec;

import java.nio.charset.StandardCharsets;

/**
 * Takes numbers off the front of a range of bytes and believes none of them: whatever would reach beyond the range
 * throws {@link CorruptDataException}. Not thread-safe.
 */
public final class Input {

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads the bytes from one place to another, excluded. */
    public Input(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Where the next byte stands in the array. */
    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    /** The array, which may go on behind the range. */
    byte[] array() {
        return bytes;
    }

    public int takeByte() throws CorruptDataException {
        if (at >= end) {
            throw tooShort();
        }
        return bytes[at++] & 0xff;
    }

    /** Four bytes, highest first. */
    public int takeInt() throws CorruptDataException {
        return (int) takeBig(Integer.BYTES);
    }

    /** Eight bytes, highest first. */
    public long takeLong() throws CorruptDataException {
        return takeBig(Long.BYTES);
    }

    private long takeBig(int count) throws CorruptDataException {
        int from = skip(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (bytes[from + i] & 0xff);
        }
        return value;
    }

    public long takeUnsigned() throws CorruptDataException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = takeByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new CorruptDataException("A number has more than ten bytes");
    }

    public long takeSigned() throws CorruptDataException {
        long value = takeUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number from one limit to another, both included. */
    public int takeCount(int least, int most) throws CorruptDataException {
        long value = takeUnsigned();
        if (value < least || value > most) {
            throw new CorruptDataException("A count of " + value + " where " + least + " to " + most + " can be");
        }
        return (int) value;
    }

    public String takeText() throws CorruptDataException {
        int length = takeCount(0, remaining());
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }

    /** Passes over bytes. @return where they begin in the array */
    public int skip(int count) throws CorruptDataException {
        if (count < 0 || count > end - at) {
            throw tooShort();
        }
        int from = at;
        at += count;
        return from;
    }

    /** The next bytes as a range of their own. */
    public Input takeInput(int length) throws CorruptDataException {
        int from = skip(length);
        return new Input(bytes, from, at);
    }

    /** Says that nothing more may come. */
    public void expectEnd() throws CorruptDataException {
        if (at != end) {
            throw new CorruptDataException("There are " + (end - at) + " bytes too many");
        }
    }

    private static CorruptDataException tooShort() {
        return new CorruptDataException("The bytes end before what they announce");
    }
}
