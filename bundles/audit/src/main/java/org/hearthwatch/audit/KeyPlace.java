package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
        if (!has(SIGNING_KEY) && !has(PUBLIC_KEY)) {
            make(SIGNING_KEY);
        }
    }

    /** Makes the key of the first entry; the caller wipes it. */
    byte[] makeFirst() throws IOException {
        return make(FIRST_KEY);
    }

    /** @throws IOException also while the vault that has it is not open */
    NoteKey signing() throws IOException {
        byte[] seed = has(SIGNING_KEY)
                ? read(SIGNING_KEY)
                : sealed(SIGNING_NOTE)
                        .orElseThrow(() ->
                                new IOException("the key that signs the log is neither beside it nor in the vault"));
        try {
            return new NoteKey(origin, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    NoteVerifier verifier() throws IOException {
        if (has(SIGNING_KEY) || !has(PUBLIC_KEY)) {
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
        if (has(FIRST_KEY)) {
            return Optional.of(new EvolvingKey(read(FIRST_KEY), 0));
        }
        try {
            return sealed(FIRST_NOTE).map(bytes -> new EvolvingKey(bytes, 0));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The newest signed state of the log that the vault keeps; empty where there is none, or the vault is not open. */
    Optional<String> head() {
        try {
            return sealed(HEAD_NOTE).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a signed state of the log in the vault, where there is an open one. */
    void keepHead(String note) throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isPresent()) {
            write(notes.get(), HEAD_NOTE, note.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Takes the keys into the vault and removes their files.
     *
     * @return whether there was something to take
     */
    boolean moveToVault() throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isEmpty() || (!has(SIGNING_KEY) && !has(FIRST_KEY))) {
            return false;
        }
        if (has(SIGNING_KEY)) {
            Files.writeString(folder.resolve(PUBLIC_KEY), signing().verifier().text() + "\n");
            move(notes.get(), SIGNING_KEY, SIGNING_NOTE);
        }
        if (has(FIRST_KEY)) {
            move(notes.get(), FIRST_KEY, FIRST_NOTE);
        }
        PrivateFiles.forceFolder(folder);
        return true;
    }

    private void move(SealedNotes notes, String name, String note) throws IOException {
        byte[] key = read(name);
        try {
            write(notes, note, key);
            byte[] kept = sealed(note).orElse(new byte[0]);
            if (!Arrays.equals(kept, key)) {
                throw new IOException("the vault does not give back what it was given");
            }
            Arrays.fill(kept, (byte) 0);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        try (FileChannel file = PrivateFiles.open(folder.resolve(name))) {
            PrivateFiles.write(file, ByteBuffer.allocate((int) file.size()), 0);
            file.force(true);
        }
        Files.delete(folder.resolve(name));
    }

    private static void write(SealedNotes notes, String note, byte[] bytes) throws IOException {
        try (Secret secret = Secret.ofBytes(bytes)) {
            notes.write(note, secret);
        } catch (VaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Optional<byte[]> sealed(String note) throws IOException {
        Optional<SealedNotes> notes = vault.get();
        if (notes.isEmpty()) {
            throw new IOException("the vault that keeps the keys of the log is not running");
        }
        try {
            Optional<Secret> secret = notes.get().read(note);
            try (Secret open = secret.orElse(Secret.of(""))) {
                return secret.isPresent() ? Optional.of(open.reveal()) : Optional.empty();
            }
        } catch (VaultException e) {
            throw new IOException("the vault that keeps the keys of the log does not open: " + e.getMessage(), e);
        }
    }

    private boolean has(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private byte[] read(String name) throws IOException {
        Path path = folder.resolve(name);
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(in.readNBytes(2 * Hashes.BYTES + 1), StandardCharsets.US_ASCII).strip();
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " does not hold 32 bytes in hexadecimal", e);
        }
    }

    private byte[] make(String name) throws IOException {
        byte[] key = new byte[Hashes.BYTES];
        random.nextBytes(key);
        try (FileChannel file = PrivateFiles.open(folder.resolve(name))) {
            file.truncate(0);
            String text = HexFormat.of().formatHex(key) + "\n";
            PrivateFiles.write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            file.force(true);
        }
        return key;
    }
}
