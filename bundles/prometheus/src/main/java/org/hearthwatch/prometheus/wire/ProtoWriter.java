package org.hearthwatch.prometheus.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf's encoding into an array that grows. Not thread-safe. */
public final class ProtoWriter {

    private static final int DEEPEST = 64;

    private byte[] bytes = new byte[4096];
    private int size;
    private final int[] open = new int[DEEPEST];
    private int depth;

    public int size() {
        return size;
    }

    /** The array itself, of which the first {@link #size} bytes count; valid until more is written. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void clear() {
        size = 0;
        depth = 0;
    }

    /** Begins a message in a field, up to {@link #end}; at most 64 stand in each other. */
    public ProtoWriter begin(int field) {
        varint((long) field << 3 | 2);
        open[depth++] = size;
        return this;
    }

    /** Ends the message begun last. */
    public ProtoWriter end() {
        int begin = open[--depth];
        int length = size - begin;
        int prefix = varintSize(length);
        room(prefix);
        System.arraycopy(bytes, begin, bytes, begin + prefix, length);
        size = begin;
        varint(length);
        size += length;
        return this;
    }

    public ProtoWriter integer(int field, long value) {
        varint((long) field << 3);
        return varint(value);
    }

    public ProtoWriter signed(int field, long value) {
        return integer(field, (value << 1) ^ (value >> 63));
    }

    public ProtoWriter float64(int field, double value) {
        return fixed64(field, Double.doubleToRawLongBits(value));
    }

    public ProtoWriter fixed64(int field, long value) {
        varint((long) field << 3 | 1);
        return rawFixed64(value);
    }

    public ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoWriter bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        return raw(value);
    }

    /** Fields that were written before, as they are. */
    public ProtoWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** A bare varint, such as one of a packed field. */
    public ProtoWriter varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A bare fixed64, such as one of a packed field. */
    public ProtoWriter rawFixed64(long value) {
        room(8);
        for (int i = 0; i < 64; i += 8) {
            bytes[size++] = (byte) (value >>> i);
        }
        return this;
    }

    private static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
