package org.hearthwatch.secret.memory;

import org.hearthwatch.secret.crypto.Wiped;

/** Keeps one key of 32 bytes while the vault is open. Not thread-safe. */
public interface KeyPage extends AutoCloseable {

    int BYTES = 32;

    /** Keeps a copy in place of the key before. */
    void put(byte[] key);

    /** A copy; the caller closes it at once. */
    Wiped get();

    /** What kind of memory it is, for people. */
    String kind();

    /** Overwrites the key and gives the memory back. */
    @Override
    void close();
}
