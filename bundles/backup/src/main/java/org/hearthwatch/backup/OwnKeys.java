package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.backup.age.Identity;

/**
 * The appliance's own keys, in its vault: the seed that signs archives, and an age key, so that it can read its own archives.
 * The public key that verifies them also stands in a file, so that signatures can be checked while the vault is sealed.
 */
final class OwnKeys {

    private static final String NOTE = "backup/keys";
    private static final String VERIFIER = "verifier";
    private static final int BYTES = 32;

    private final Supplier<Optional<SealedNotes>> notes;
    private final Path folder;
    private final SecureRandom random;

    OwnKeys(Supplier<Optional<SealedNotes>> notes, Path folder, SecureRandom random) {
        this.notes = notes;
        this.folder = folder;
        this.random = random;
    }

    String sign(String text) throws BackupException {
        byte[] keys = keys();
        try {
            return Signature.sign(Arrays.copyOf(keys, BYTES), text);
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    Identity.Key identity() throws BackupException {
        byte[] keys = keys();
        try {
            return new Identity.Key(Arrays.copyOfRange(keys, BYTES, 2 * BYTES));
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    /** @throws BackupException where no archive was ever made and the vault is sealed */
    String verifier() throws BackupException {
        Path file = folder.resolve(VERIFIER);
        try {
            if (Files.isRegularFile(file)) {
                return Files.readString(file, StandardCharsets.US_ASCII).strip();
            }
            byte[] keys = keys();
            String verifier = Signature.verifier(Arrays.copyOf(keys, BYTES));
            Arrays.fill(keys, (byte) 0);
            Places.makeFolder(folder);
            try (FileChannel channel = Places.create(file)) {
                channel.write(ByteBuffer.wrap((verifier + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            return verifier;
        } catch (IOException e) {
            throw new BackupException("The public key of backups cannot be kept: " + e.getMessage(), e);
        }
    }

    private byte[] keys() throws BackupException {
        SealedNotes vault = notes.get()
                .orElseThrow(() -> new BackupException(
                        "The keys of backups are in the vault, which is not running; hw:doctor says why"));
        try {
            Optional<Secret> kept = vault.read(NOTE);
            if (kept.isPresent()) {
                try (Secret secret = kept.get()) {
                    return secret.reveal();
                }
            }
            byte[] keys = new byte[2 * BYTES];
            random.nextBytes(keys);
            try (Secret secret = Secret.ofBytes(keys)) {
                vault.write(NOTE, secret);
            }
            return keys;
        } catch (VaultException e) {
            throw new BackupException("The keys of backups are in the vault: " + e.getMessage(), e);
        }
    }
}
