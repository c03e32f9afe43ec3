package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearthwatch.api.backup.Backups.Opening;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.backup.age.Recipient;
import org.hearthwatch.testkit.TestClock;

/** An appliance's folders with something in each, and a vault that keeps notes in memory. */
final class Machine implements Surroundings, SealedNotes {

    static final Opening OWN = new Opening(Optional.empty(), Optional.empty(), false);
    static final String PASSPHRASE = "long enough for a backup";

    final Path root;
    final Places places;
    final TestClock clock = TestClock.atStart();
    final Map<String, byte[]> notes = new HashMap<>();
    boolean sealed;
    List<Recipient.Key> recipients = List.of();
    Optional<SecretRef> passphrase = Optional.empty();
    Optional<Vault> vault = Optional.empty();

    Machine(Path root) throws IOException {
        this.root = root;
        places = new Places(root.resolve("home"), root.resolve("home/state"));
        put("home/etc/org.hearthwatch.store.cfg", "retention = 15d\n");
        put("home/etc/rules/own.yml", "groups: []\n");
        put("home/deploy/plugin.jar", "code");
        put("home/state/hearthwatch/access/access.json", "{}");
        put("home/state/hearthwatch/access/setup-link", "once");
        put("home/state/hearthwatch/audit/audit.jsonl", "entries");
        put("home/state/hearthwatch/audit/key", "key");
        put("home/state/hearthwatch/store/wal/0", "samples");
        put("home/state/hearthwatch/vault/vault", "sealed");
        put("home/state/hearthwatch/vault/vault.key", "canary-of-the-key-file");
        put("home/state/hearthwatch/vault/vault.next", "piece");
    }

    void put(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String get(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    /** Every file below a folder with its content. */
    static Map<String, String> tree(Path folder) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                tree.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }

    Archives archives() {
        return new Archives(
                places,
                this,
                new BackupSettings(
                        root.resolve("backups"),
                        recipients,
                        passphrase,
                        Optional.of(Duration.ofDays(1)),
                        Optional.empty(),
                        3,
                        false),
                clock,
                new SecureRandom());
    }

    @Override
    public Optional<SealedNotes> notes() {
        return Optional.of(this);
    }

    @Override
    public Optional<Vault> vault() {
        return vault;
    }

    @Override
    public Optional<StoreAdmin> store() {
        return Optional.empty();
    }

    @Override
    public Secret open(SecretRef reference) throws SecretUnavailableException {
        if (reference.path().equals("backup/passphrase")) {
            return Secret.of(PASSPHRASE);
        }
        throw new SecretUnavailableException(reference + " is not there");
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Optional<Secret> read(String name) throws VaultException {
        if (sealed) {
            throw new VaultException(VaultException.Kind.SEALED, "The vault is sealed");
        }
        return Optional.ofNullable(notes.get(name)).map(Secret::ofBytes);
    }

    @Override
    public void write(String name, Secret value) {
        notes.put(name, value.reveal());
    }
}
