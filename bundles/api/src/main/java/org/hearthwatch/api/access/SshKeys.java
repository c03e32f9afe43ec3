package org.hearthwatch.api.access;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The keys with which people open the shell. Thread-safe; changes are on disk when a method returns. */
@ProviderType
public interface SshKeys {

    /** All, by user. */
    List<Key> list();

    /**
     * Adds a key to a user.
     *
     * @param line as in OpenSSH's {@code .pub} files: ed25519, ECDSA on a NIST curve, or RSA of at least 3072 bits
     * @return its fingerprint
     */
    String add(String user, String line) throws Refusal;

    void remove(String user, String fingerprint) throws Refusal;

    /** Who comes with a key that is theirs; whether they hold its private half is for SSH to find out. */
    Optional<Principal> find(String user, PublicKey key);

    /**
     * A key.
     *
     * @param fingerprint as OpenSSH prints it, {@code SHA256:...}
     */
    record Key(String user, String type, String fingerprint, String comment, Instant added) {}
}
