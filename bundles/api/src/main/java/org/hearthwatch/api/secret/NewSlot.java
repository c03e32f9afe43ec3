package org.hearthwatch.api.secret;

import java.nio.file.Path;

/** A way into the vault that is to be made. */
public sealed interface NewSlot {

    /** What its owner calls it; 1 to 64 printable characters. */
    String label();

    /** How a passphrase becomes a key. */
    enum Kdf {
        /** Argon2id (RFC 9106): costs a guesser memory too. */
        ARGON2ID,
        /** PBKDF2 with HMAC-SHA256 (RFC 8018), for those bound to what FIPS 140 knows. */
        PBKDF2
    }

    /** @param value at least 12 characters; the caller closes it */
    record Passphrase(String label, Secret value, Kdf kdf) implements NewSlot {}

    /** @param credential the name of a systemd credential with at least 32 random bytes */
    record Credential(String label, String credential) implements NewSlot {}

    /** The key file of the appliance's state folder; made where it is not there. */
    record KeyFile(String label) implements NewSlot {}

    /**
     * A key made inside a PKCS#11 token.
     *
     * @param library the token's driver, an absolute path
     * @param slot the PKCS#11 slot's index in the driver's list
     * @param key the label under which the token keeps the key; made there if it is new
     * @param pin the caller closes it
     */
    record Token(String label, Path library, int slot, String key, Secret pin) implements NewSlot {}
}
