package org.hearthwatch.api.secret;

import org.osgi.annotation.versioning.ProviderType;

/** Hands out secrets at the moment they are used. Thread-safe. */
@ProviderType
public interface Secrets {

    /**
     * The newest version of a secret; close it after use.
     *
     * @throws SecretUnavailableException if there is none of that name, the vault is sealed, or the source cannot be read;
     *     the message names the reference and what to do, never the value
     */
    Secret open(SecretRef reference) throws SecretUnavailableException;
}
