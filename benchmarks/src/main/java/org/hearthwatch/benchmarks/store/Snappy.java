package org.hearthwatch.benchmarks.store;

import java.util.Arrays;

/**
 * Compresses as remote write wants it: Snappy's block format (github.com/google/snappy, format_description.txt), by the
 * usual search for four equal bytes. For one thread.
 */
public final class Snappy {

    private static final int FRAGMENT = 1 << 16;
    private static final int HASH_BITS = 14;
    private static final int LONGEST_COPY = 64;

    private final int[] table = new int[1 << HASH_BITS];
    private byte[] out = new byte[1 << 16];
    private int at;

    /** The compressed bytes. */
    public byte[] compress(byte[] in, int length) {
        at = 0;
        out = out.length < length + length / 6 + 64 ? new byte[length + length / 6 + 64] : out;
        for (int rest = length; ; rest >>>= 7) {
            out[at++] = (byte) (rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80) {
                break;
            }
        }
        for (int from = 0; from < length; from += FRAGMENT) {
            fragment(in, from, Math.min(length, from + FRAGMENT));
        }
        return Arrays.copyOf(out, at);
    }

    private void fragment(byte[] in, int from, int to) {
        Arrays.fill(table, -1);
        int literal = from;
        int i = from;
        while (i + 4 <= to) {
            int slot = (word(in, i) * 0x1E35A7BD) >>> (32 - HASH_BITS);
            int candidate = table[slot];
            table[slot] = i;
            if (candidate < 0 || word(in, candidate) != word(in, i)) {
                i++;
                continue;
            }
            int matched = 4;
            while (i + matched < to && in[candidate + matched] == in[i + matched]) {
                matched++;
            }
            literal(in, literal, i);
            copy(i - candidate, matched);
            i += matched;
            literal = i;
        }
        literal(in, literal, to);
    }

    private static int word(byte[] in, int at) {
        return (in[at] & 0xFF) | ((in[at + 1] & 0xFF) << 8) | ((in[at + 2] & 0xFF) << 16) | (in[at + 3] << 24);
    }

    private void literal(byte[] in, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        if (length <= 60) {
            out[at++] = (byte) ((length - 1) << 2);
        } else if (length <= 256) {
            out[at++] = (byte) (60 << 2);
            out[at++] = (byte) (length - 1);
        } else {
            out[at++] = (byte) (61 << 2);
            out[at++] = (byte) (length - 1);
            out[at++] = (byte) ((length - 1) >> 8);
        }
        System.arraycopy(in, from, out, at, length);
        at += length;
    }

    private void copy(int offset, int length) {
        for (int rest = length; rest > 0; ) {
            int part = Math.min(rest, LONGEST_COPY);
            out[at++] = (byte) (((part - 1) << 2) | 2);
            out[at++] = (byte) offset;
            out[at++] = (byte) (offset >> 8);
            rest -= part;
        }
    }
}
