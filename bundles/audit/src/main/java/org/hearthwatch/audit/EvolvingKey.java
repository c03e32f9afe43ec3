package org.hearthwatch.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The key of the entry that comes next. Each entry's key is the hash of the one before, which is then forgotten: whoever
 * takes the machine over finds no key with which older entries could have been written. Not thread-safe.
 */
final class EvolvingKey {

    private static final byte[] STEP = "hearthwatch audit key v1".getBytes(StandardCharsets.UTF_8);

    private byte[] key;
    private long sequence;

    /** @param sequence of the entry the key is for */
    EvolvingKey(byte[] key, long sequence) {
        this.key = key.clone();
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }

    /** A copy. */
    byte[] bytes() {
        return key.clone();
    }

    /** Forgets the key and goes on to that of the next entry. */
    void evolve() {
        byte[] next = Hashes.sha256(STEP, key);
        Arrays.fill(key, (byte) 0);
        key = next;
        sequence++;
    }
}
