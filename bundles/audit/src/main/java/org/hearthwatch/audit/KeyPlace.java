package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultedFile;

/**
 * Where the keys are that sign the log and prove who wrote it: in files beside the log, until there is an open vault to take
 * them. The public key then stays beside the log. The vault may record what it does in the log, so nobody may hold the log's
 * lock while asking here. Thread-safe.
 */
final class KeyPlace {

    static final String SIGNING_KEY = "signing.key";
    static final String FIRST_KEY = "verification.key";
    static final String PUBLIC_KEY = "verifier";

    private static final String SIGNING_NOTE = "audit/signing-key";
    private static final String FIRST_NOTE = "audit/verification-key";
    private static final String HEAD_NOTE = "audit/head";

    private final Path folder;
    private final String origin;
    private final Supplier<Optional<SealedNotes>> vault;
    private final SecureRandom random;

    KeyPlace(Path folder, String origin, Supplier<Optional<SealedNotes>> vault, SecureRandom random) {
        this.folder = folder;
        this.origin = origin;
        this.vault = vault;
        this.random = random;
    }

    /** Makes the key that signs, unless it was made before. */
    void begin() throws IOException {
        if (!signingKey().inFile() && !has(PUBLIC_KEY)) {
            make(signingKey());
        }
    }

    /** Makes the key of the first entry; the caller wipes it. */
    byte[] makeFirst() throws IOException {
        return make(firstKey());
    }

    /** A new one each time: it holds its lock while it asks the vault, see above. */
    private VaultedFile signingKey() {
        return new VaultedFile(folder.resolve(SIGNING_KEY), SIGNING_NOTE, vault);
    }

    private VaultedFile firstKey() {
        return new VaultedFile(folder.resolve(FIRST_KEY), FIRST_NOTE, vault);
    }

    /** @throws IOException also while the vault that has it is not open */
    NoteKey signing() throws IOException {
        byte[] seed = read(signingKey())
                .orElseThrow(
                        () -> new IOException("the key that signs the log is neither beside it nor in the vault"));
        try {
            return new NoteKey(origin, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    NoteVerifier verifier() throws IOException {
        if (signingKey().inFile() || !has(PUBLIC_KEY)) {
            return signing().verifier();
        }
        try {
            return NoteVerifier.parse(origin, Files.readString(folder.resolve(PUBLIC_KEY), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(PUBLIC_KEY) + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The key of the first entry; empty where it is elsewhere, or in a vault that is not open. */
    Optional<EvolvingKey> first() throws IOException {
        VaultedFile first = firstKey();
        try {
            return read(first).map(bytes -> new EvolvingKey(bytes, 0));
        } catch (IOException e) {
            if (first.inFile()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The newest signed state of the log that the vault keeps; empty where there is none, or the vault is not open. */
    Optional<String> head() {
        Optional<SealedNotes> notes = vault.get();
        try {
            Optional<Secret> note = notes.isEmpty() ? Optional.empty() : notes.get().read(HEAD_NOTE);
            try (Secret open = note.orElse(Secret.of(""))) {
                return note.map(kept -> new String(open.reveal(), StandardCharsets.UTF_8));
            }
        } catch (VaultException e) {
            return Optional.empty();
        }
    }

    /** Keeps a signed state of the log in the vault, where there is an open one. */
    void keepHead(String note) throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isPresent()) {
            try (Secret secret = Secret.of(note)) {
                notes.get().write(HEAD_NOTE, secret);
            } catch (VaultException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /**
     * Takes the keys into the vault and removes their files.
     *
     * @return whether there was something to take
     */
    boolean moveToVault() throws IOException {
        if (vault.get().isEmpty()) {
            return false;
        }
        if (signingKey().inFile()) {
            Files.writeString(folder.resolve(PUBLIC_KEY), signing().verifier().text() + "\n");
            PrivateFiles.forceFolder(folder);
        }
        boolean signing = signingKey().moveToVault();
        return firstKey().moveToVault() || signing;
    }

    private boolean has(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Keys are kept as hexadecimal text; a vault that took one before this did has its bytes. */
    private static Optional<byte[]> read(VaultedFile key) throws IOException {
        Optional<byte[]> kept = key.read();
        if (kept.isEmpty() || kept.get().length == Hashes.BYTES) {
            return kept;
        }
        try {
            return Optional.of(HexFormat.of()
                    .parseHex(new String(kept.get(), StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(key.file() + " does not hold 32 bytes in hexadecimal", e);
        } finally {
            Arrays.fill(kept.get(), (byte) 0);
        }
    }

    private byte[] make(VaultedFile place) throws IOException {
        byte[] key = new byte[Hashes.BYTES];
        random.nextBytes(key);
        place.writeFile((HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
        return key;
    }
}
