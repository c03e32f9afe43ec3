package org.hearthwatch.prometheus.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's encoding (protobuf.dev/programming-guides/encoding) from an array, in place. Nothing is allocated but
 * strings, and no length is believed that reaches beyond the message it stands in. Not thread-safe.
 *
 * <pre>{@code
 * while (reader.next()) {
 *     switch (reader.field()) {
 *         case 1 -> name = reader.string();
 *         case 2 -> {
 *             int outer = reader.enter();
 *             ...
 *             reader.leave(outer);
 *         }
 *         default -> reader.skip();
 *     }
 * }
 * }</pre>
 */
public final class ProtoReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private int at;
    private int limit;
    private int tag;

    /** Reads a message that fills part of an array. */
    public ProtoReader(byte[] bytes, int begin, int end) {
        this.bytes = bytes;
        this.at = begin;
        this.limit = end;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Where in the array reading goes on. */
    public int at() {
        return at;
    }

    /** Where the message that is being read ends. */
    public int limit() {
        return limit;
    }

    /** Goes on elsewhere in the message that is being read. */
    public void moveTo(int place) {
        at = place;
    }

    /** Goes to the next field of the message. False at its end. */
    public boolean next() throws WireException {
        if (at == limit) {
            return false;
        }
        long read = varint();
        if (read >>> 3 == 0 || read >>> 32 != 0) {
            throw malformed("a field number that is not possible");
        }
        tag = (int) read;
        return true;
    }

    /** The number of the field that {@link #next} found. */
    public int field() {
        return tag >>> 3;
    }

    /** Whether the field is length-delimited: a message, a string, bytes or packed numbers. */
    public boolean isDelimited() {
        return (tag & 7) == LENGTH;
    }

    /** The value of an integer field. */
    public long integer() throws WireException {
        expect(VARINT);
        return varint();
    }

    /** The value of a {@code sint32} or {@code sint64} field. */
    public long signed() throws WireException {
        return zigzag(integer());
    }

    /** The value of a {@code double} field. */
    public double float64() throws WireException {
        return Double.longBitsToDouble(fixed64());
    }

    /** The value of a {@code fixed64} or {@code sfixed64} field. */
    public long fixed64() throws WireException {
        expect(FIXED64);
        return rawFixed64();
    }

    /** The value of a string field. */
    public String string() throws WireException {
        int length = length();
        String text = text(bytes, at, length);
        at += length;
        return text;
    }

    /** A string from anywhere in the array. */
    public String text(byte[] from, int begin, int length) throws WireException {
        int i = begin;
        int end = begin + length;
        while (i < end && from[i] >= 0) {
            i++;
        }
        if (i == end) {
            return new String(from, begin, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(from, begin, length)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a string that is not UTF-8");
        }
    }

    /** The length of a delimited field, whose content begins at {@link #at} and lies within the message. */
    public int length() throws WireException {
        expect(LENGTH);
        long length = varint();
        if (length < 0 || length > limit - at) {
            throw malformed("a length beyond the end");
        }
        return (int) length;
    }

    /**
     * Enters the message in the field.
     *
     * @return to be given to {@link #leave}
     */
    public int enter() throws WireException {
        int length = length();
        int outer = limit;
        limit = at + length;
        return outer;
    }

    /** Leaves a message, wherever in it reading stopped. */
    public void leave(int outer) {
        at = limit;
        limit = outer;
    }

    /** Goes over the field's value. */
    public void skip() throws WireException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case LENGTH -> advance(length());
            case FIXED32 -> advance(4);
            default -> throw malformed("a wire type that is not used");
        }
    }

    /** A bare varint, such as one of a packed field. */
    public long varint() throws WireException {
        if (at < limit && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                throw malformed("a number cut off");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than ten bytes");
    }

    /** A bare fixed64, such as one of a packed field. */
    public long rawFixed64() throws WireException {
        int from = at;
        advance(8);
        return (long) LONG.get(bytes, from);
    }

    /** Undoes the encoding of {@code sint32} and {@code sint64}. */
    public static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** Says what is wrong, and where. */
    public WireException malformed(String what) {
        return new WireException("proto: " + what + " at byte " + at);
    }

    private void advance(int count) throws WireException {
        if (limit - at < count) {
            throw malformed("a value cut off");
        }
        at += count;
    }

    private void expect(int wireType) throws WireException {
        if ((tag & 7) != wireType) {
            throw malformed("wrong wireType = " + (tag & 7) + " for field " + field());
        }
    }
}
