package org.hearthwatch.transport.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.VaultedFile;

/** Our own private keys, in PEM: of the authority, of the server, and of a certificate that was taken over. */
final class KeyDrawer {

    private static final String AUTHORITY = "ca";

    private final PemFile pem;
    private final Map<String, VaultedFile> keys = new LinkedHashMap<>();

    KeyDrawer(Path folder, PemFile pem, Supplier<Optional<SealedNotes>> vault) {
        this.pem = pem;
        for (String name : List.of(AUTHORITY, "server", "taken")) {
            keys.put(name, new VaultedFile(folder.resolve(name + ".key"), "transport/" + name + "-key", vault));
        }
    }

    /** @throws IOException also while the vault that may have it is not open */
    Optional<PrivateKey> read(String name) throws IOException {
        VaultedFile key = place(name);
        Optional<byte[]> bytes = key.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    pem.key(key.file(), new String(bytes.get(), StandardCharsets.ISO_8859_1), Optional.empty()));
        } finally {
            Arrays.fill(bytes.get(), (byte) 0);
        }
    }

    /** Into a file, whether or not the vault is open; it goes into the vault with all others. */
    void write(String name, PrivateKey key) throws IOException {
        byte[] text = PemFile.text(key).getBytes(StandardCharsets.US_ASCII);
        try {
            place(name).writeFile(text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    List<String> moveToVault(boolean forServers) throws IOException {
        List<String> moved = new ArrayList<>();
        for (VaultedFile key : of(forServers)) {
            if (key.moveToVault()) {
                moved.add(String.valueOf(key.file().getFileName()));
            }
        }
        return moved;
    }

    boolean areInFiles(boolean ofServers) {
        return of(ofServers).stream().anyMatch(VaultedFile::inFile);
    }

    private Collection<VaultedFile> of(boolean servers) {
        return servers ? keys.values() : List.of(place(AUTHORITY));
    }

    private VaultedFile place(String name) {
        VaultedFile key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("There is no key " + name);
        }
        return key;
    }
}
