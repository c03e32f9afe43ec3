package org.hearthwatch.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;

/** Notes of a vault that is open until it is told otherwise. Thread-safe. */
public final class MemoryNotes implements SealedNotes {

    private final Map<String, Secret> notes = new ConcurrentHashMap<>();
    private volatile boolean sealed;

    /** Seals or opens the vault. */
    public void seal(boolean closed) {
        sealed = closed;
    }

    public Set<String> names() {
        return Set.copyOf(notes.keySet());
    }

    @Override
    public Optional<Secret> read(String name) throws VaultException {
        check();
        return Optional.ofNullable(notes.get(name)).map(kept -> Secret.ofBytes(kept.reveal()));
    }

    @Override
    public void write(String name, Secret value) throws VaultException {
        check();
        notes.put(name, Secret.ofBytes(value.reveal()));
    }

    private void check() throws VaultException {
        if (sealed) {
            throw new VaultException(VaultException.Kind.SEALED, "The vault is sealed. hw:vault-unseal opens it");
        }
    }
}
