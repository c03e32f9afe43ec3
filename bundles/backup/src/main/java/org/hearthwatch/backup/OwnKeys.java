package org.hearthwatch.backup;

import java.io.IOException;
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
import org.hearthwatch.backup.age.Recipient;

/**
 * The appliance's own keys, in its vault: the seed that signs archives, and an age key, so that it can read its own archives.
 * The public halves also stand in files: signatures can be checked, and an archive encrypted, while the vault is sealed.
 */
final class OwnKeys {

    private static final String NOTE = "backup/keys";
    private static final String VERIFIER = "verifier";
    private static final String RECIPIENT = "recipient";
    private static final int AGE = 32;

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
            return Signature.sign(Arrays.copyOf(keys, Signature.SEED), text);
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    Identity.Key identity() throws BackupException {
        byte[] keys = keys();
        try {
            return new Identity.Key(Arrays.copyOfRange(keys, Signature.SEED, Signature.SEED + AGE));
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    /** @throws BackupException where no archive was ever made and the vault is sealed */
    String verifier() throws BackupException {
        Path file = folder.resolve(VERIFIER);
        try {
            if (Files.isRegularFile(file)) {
                String kept = Files.readString(file, StandardCharsets.US_ASCII).strip();
                if (Signature.isVerifier(kept)) {
                    return kept;
                }
            }
            publish();
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new BackupException("The public keys of backups cannot be kept: " + e.getMessage(), e);
        }
    }

    /** The public key an archive can be encrypted for while the vault is sealed; empty before it was open once. */
    Optional<Recipient.Key> recipient() throws IOException {
        Path file = folder.resolve(RECIPIENT);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Recipient.Key.parse(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds no public key of age", e);
        }
    }

    /** Writes the public halves beside. */
    void publish() throws BackupException, IOException {
        byte[] keys = keys();
        try {
            Places.makeFolder(folder);
            Places.replace(folder.resolve(VERIFIER), Signature.verifier(Arrays.copyOf(keys, Signature.SEED)) + "\n");
            var own = new Identity.Key(Arrays.copyOfRange(keys, Signature.SEED, Signature.SEED + AGE));
            Places.replace(folder.resolve(RECIPIENT), own.recipient().text() + "\n");
        } finally {
            Arrays.fill(keys, (byte) 0);
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
            byte[] keys = new byte[Signature.SEED + AGE];
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
