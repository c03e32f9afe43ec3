package org.hearthwatch.secret.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.NewSlot.Kdf;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.secret.memory.HeapPage;
import org.hearthwatch.testkit.TestClock;

/** A machine with a vault: its folder, its credentials, what its audit log remembers. */
final class VaultFolder {

    static final String PASSPHRASE = "rivers of slow amber light";

    final Path path;
    final Path keyFile;
    final Path credentials;
    final TestClock clock = TestClock.atStart();
    final SecureRandom random = new SecureRandom();
    final List<SecretRotation> rotations = new ArrayList<>();
    final Map<String, Long> anchored = new HashMap<>();
    final AuditAnchors anchors = new AuditAnchors() {
        @Override
        public void raise(String name, long value) {
            anchored.merge(name, value, Math::max);
        }

        @Override
        public OptionalLong highest(String name) {
            Long value = anchored.get(name);
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }
    };
    Disk disk = Disk.REAL;
    Tokens tokens = (library, slot, key, pin, make) -> {
        throw new VaultException(VaultException.Kind.UNAVAILABLE, "no token here");
    };

    VaultFolder(Path folder) {
        path = folder.resolve("vault");
        keyFile = folder.resolve("vault.key");
        credentials = folder.resolve("credentials");
    }

    /** As the appliance finds it when it starts. */
    FileVault vault() {
        var machine = new MachineKeys(
                Files.isDirectory(credentials) ? Optional.of(credentials) : Optional.empty(),
                new OwnedFile(keyFile, Disk.REAL),
                random);
        return new FileVault(
                new OwnedFile(path, disk), machine, tokens, HeapPage::new, () -> Optional.of(anchors), clock, random);
    }

    Records records(FileVault vault) {
        return new Records(vault, () -> rotations);
    }

    void credential(String name, byte[] value) throws IOException {
        Files.createDirectories(credentials);
        Files.write(credentials.resolve(name), value);
    }

    /** A slot that costs little to open: the key file's. */
    FileVault withKeyFile() throws VaultException {
        FileVault vault = vault();
        vault.create(new NewSlot.KeyFile("machine"));
        return vault;
    }

    static NewSlot passphrase(String label, Kdf kdf) {
        return new NewSlot.Passphrase(label, Secret.of(PASSPHRASE), kdf);
    }

    static SlotKey typed(String passphrase) {
        return new SlotKey.Passphrase(Secret.of(passphrase));
    }

    static String text(Secret secret) {
        try (secret) {
            return new String(secret.reveal(), StandardCharsets.UTF_8);
        }
    }

    static String value(Records records, String name) throws VaultException {
        return text(records.get(name, OptionalInt.empty()));
    }
}
