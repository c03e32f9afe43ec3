package org.hearthwatch.query.evaluation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.hearthwatch.api.metric.Labels;

/**
 * Where a series falls between 0 and 1 by its labels alone, so that {@code limit_ratio} always picks the same. The hash
 * is the one Prometheus takes: xxHash64 (of Yann Collet's specification) over every name and value with its length
 * before it.
 */
final class LabelHash {

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private LabelHash() {}

    /** From 0 to 1, spread evenly. */
    static double share(Labels labels) {
        long hash = xxHash64(encoded(labels));
        double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
        return unsigned / 0x1p64;
    }

    private static byte[] encoded(Labels labels) {
        var bytes = new ByteArrayOutputStream();
        labels.forEach((name, value) -> {
            append(name, bytes);
            append(value, bytes);
        });
        return bytes.toByteArray();
    }

    private static void append(String text, ByteArrayOutputStream into) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 255) {
            into.write(bytes.length);
        } else {
            into.write(255);
            into.write(bytes.length);
            into.write(bytes.length >> 8);
            into.write(bytes.length >> 16);
        }
        into.writeBytes(bytes);
    }

    static long xxHash64(byte[] input) {
        ByteBuffer data = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        long hash = input.length >= 32 ? lanes(data) : PRIME_5;
        hash += input.length;
        while (data.remaining() >= 8) {
            hash = Long.rotateLeft(hash ^ round(0, data.getLong()), 27) * PRIME_1 + PRIME_4;
        }
        if (data.remaining() >= 4) {
            hash = Long.rotateLeft(hash ^ (data.getInt() & 0xffffffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        }
        while (data.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ (data.get() & 0xffL) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long lanes(ByteBuffer data) {
        // PRIME_1 + PRIME_2 and -PRIME_1, modulo 2^64
        long[] lanes = {0x60EA27EEADC0B5D6L, PRIME_2, 0, 0x61C8864E7A143579L};
        while (data.remaining() >= 32) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = round(lanes[i], data.getLong());
            }
        }
        long hash = Long.rotateLeft(lanes[0], 1)
                + Long.rotateLeft(lanes[1], 7)
                + Long.rotateLeft(lanes[2], 12)
                + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }
}
