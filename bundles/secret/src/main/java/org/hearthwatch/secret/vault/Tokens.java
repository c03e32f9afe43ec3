package org.hearthwatch.secret.vault;

import java.nio.file.Path;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;

/** Hardware tokens with a key inside. */
public interface Tokens {

    /**
     * Logs in and finds the key.
     *
     * @param make whether to make the key where there is none
     * @return logs out when it is closed
     */
    SlotLock open(Path library, int slot, String key, Secret pin, boolean make) throws VaultException;
}
