package org.hearthwatch.secret.crypto;

import java.util.Arrays;

/**
 * Key bytes with an end: {@link #close} overwrites them. What a library copied from them lies in the heap until it is
 * collected; see docs/vault-format.md for what that means. Not thread-safe.
 */
public final class Wiped implements AutoCloseable {

    private final byte[] bytes;

    /** Takes the array over. */
    public Wiped(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The array itself, until it is closed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Wiped[***]";
    }
}
