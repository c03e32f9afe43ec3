package org.hearthwatch.backup.age;

import java.nio.ByteBuffer;

/** The nonces of chunks: how many came before, and whether it is the last. Not thread-safe. */
final class ChunkNonce {

    private long next;

    byte[] next(boolean last) {
        return ByteBuffer.allocate(12)
                .putLong(3, next++)
                .put(11, (byte) (last ? 1 : 0))
                .array();
    }
}
