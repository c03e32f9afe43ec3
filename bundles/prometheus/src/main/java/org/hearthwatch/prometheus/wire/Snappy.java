package org.hearthwatch.prometheus.wire;

import java.util.Arrays;

/**
 * Snappy's block format (github.com/google/snappy, format_description.txt), which remote write is packed in. Ours, because
 * the libraries there are need native code or {@code sun.misc.Unsafe}, and reading it is a page. Thread-safe.
 */
public final class Snappy {

    /** One byte of input never stands for more than a copy of 64 bytes in three does. */
    private static final int MOST_RATIO = 22;

    private static final int BLOCK = 1 << 16;
    private static final int TABLE_BITS = 13;
    private static final int LEAST_COPY = 4;

    private Snappy() {}

    /**
     * How many bytes a block unpacks to, checked against what is allowed and what is possible: room may be made for it.
     *
     * @throws WireException if it is malformed, or longer
     */
    public static int size(byte[] in, int begin, int end, long most) throws WireException {
        long size = 0;
        int at = begin;
        for (int shift = 0; ; shift += 7) {
            if (at == end || shift > 28) {
                throw corrupt();
            }
            byte b = in[at++];
            size |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
        }
        if (size > most) {
            throw new WireException("snappy: decoded block is too large: " + size + " bytes, " + most + " are allowed");
        }
        if (size > (long) MOST_RATIO * (end - at)) {
            throw corrupt();
        }
        return (int) size;
    }

    /**
     * Unpacks a block.
     *
     * @param most the most bytes it may unpack to
     * @throws WireException if it is malformed, or longer
     */
    public static byte[] unpack(byte[] in, int begin, int end, long most) throws WireException {
        int size = size(in, begin, end, most);
        int at = begin;
        while (in[at++] < 0) {
            // Over the size, which was checked.
        }
        byte[] out = new byte[size];
        int filled = 0;
        while (at < end) {
            int tag = in[at++] & 0xff;
            if ((tag & 3) == 0) {
                int length = tag >>> 2;
                int extra = Math.max(0, length - 59);
                if (extra > 0) {
                    length = little(in, at, extra, end);
                    at += extra;
                }
                if (length < 0 || length >= end - at || length >= out.length - filled) {
                    throw corrupt();
                }
                length++;
                System.arraycopy(in, at, out, filled, length);
                at += length;
                filled += length;
            } else {
                int extra = (tag & 3) == 3 ? 4 : tag & 3;
                int offset = little(in, at, extra, end);
                at += extra;
                int length = (tag >>> 2) + 1;
                if (extra == 1) {
                    offset |= (tag & 0xe0) << 3;
                    length = (tag >>> 2 & 7) + 4;
                }
                if (offset <= 0 || offset > filled || length > out.length - filled) {
                    throw corrupt();
                }
                copy(out, filled, offset, length);
                filled += length;
            }
        }
        if (filled != out.length) {
            throw corrupt();
        }
        return out;
    }

    private static void copy(byte[] out, int to, int offset, int length) {
        if (offset >= length) {
            System.arraycopy(out, to - offset, out, to, length);
        } else {
            for (int i = to; i < to + length; i++) {
                out[i] = out[i - offset];
            }
        }
    }

    private static int little(byte[] in, int at, int count, int end) throws WireException {
        if (end - at < count) {
            throw corrupt();
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (in[at + i] & 0xff) << (8 * i);
        }
        return value;
    }

    private static WireException corrupt() {
        return new WireException("snappy: corrupt input");
    }

    /** Packs bytes into a block. */
    public static byte[] pack(byte[] in, int begin, int end) {
        int length = end - begin;
        var out = new Packed(32 + length + length / 6);
        out.varint(length);
        var table = new int[1 << TABLE_BITS];
        for (int from = begin; from < end; from += BLOCK) {
            packBlock(in, from, Math.min(end, from + BLOCK), table, out);
        }
        return Arrays.copyOf(out.bytes, out.size);
    }

    private static void packBlock(byte[] in, int begin, int end, int[] table, Packed out) {
        Arrays.fill(table, begin - 1);
        int literal = begin;
        int at = begin;
        int misses = 32;
        while (at + LEAST_COPY <= end) {
            int word = word(in, at);
            int slot = (word * 0x1e35a7bd) >>> (32 - TABLE_BITS);
            int candidate = table[slot];
            table[slot] = at;
            if (candidate < begin || word(in, candidate) != word) {
                // The longer nothing repeats, the less closely is looked.
                at += misses++ >>> 5;
                continue;
            }
            out.literal(in, literal, at);
            int match = Arrays.mismatch(in, candidate, end - (at - candidate), in, at, end);
            int copied = match < 0 ? end - at : match;
            out.copy(at - candidate, copied);
            at += copied;
            literal = at;
            misses = 32;
        }
        out.literal(in, literal, end);
    }

    private static int word(byte[] in, int at) {
        return (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }

    /** The packed bytes; there is room for the worst case. */
    private static final class Packed {

        private final byte[] bytes;
        private int size;

        Packed(int most) {
            bytes = new byte[most];
        }

        void varint(int value) {
            int rest = value;
            while (rest > 0x7f) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        void literal(byte[] in, int begin, int end) {
            int length = end - begin;
            if (length == 0) {
                return;
            }
            if (length <= 60) {
                bytes[size++] = (byte) ((length - 1) << 2);
            } else {
                // Blocks of 64 KiB need two bytes at most.
                bytes[size++] = (byte) (61 << 2);
                bytes[size++] = (byte) (length - 1);
                bytes[size++] = (byte) ((length - 1) >>> 8);
            }
            System.arraycopy(in, begin, bytes, size, length);
            size += length;
        }

        void copy(int offset, int length) {
            int rest = length;
            while (rest > 0) {
                int part = Math.min(64, rest);
                bytes[size++] = (byte) ((part - 1) << 2 | 2);
                bytes[size++] = (byte) offset;
                bytes[size++] = (byte) (offset >>> 8);
                rest -= part;
            }
        }
    }
}
