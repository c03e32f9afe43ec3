package org.hearthwatch.api.secret;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A small place in the vault for what bundles must keep from readers and forgers of the disk: keys of their own, the state
 * of a log. Apart from the secrets people keep: no reference reaches it. Thread-safe.
 */
@ProviderType
public interface SealedNotes {

    /**
     * @param name the bundle's and the note's, such as {@code audit/signing-key}
     * @return closed by the caller; empty where there is none
     * @throws VaultException while the vault cannot be opened
     */
    Optional<Secret> read(String name) throws VaultException;

    /** Keeps a note in place of the one before. It is on disk when this returns. */
    void write(String name, Secret value) throws VaultException;
}
