package org.hearthwatch.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.backup.age.AgeFile;
import org.hearthwatch.backup.age.Identity;
import org.hearthwatch.backup.age.Recipient;

/** Makes archives, reads them and unpacks them. Thread-safe: one at a time. */
public final class Archives implements Backups {

    private static final Pattern NAME = Pattern.compile("hearthwatch-(\\d{8}-\\d{6})(-samples|-upgrade)?\\.tar\\.age");
    private static final int MOST_NOTE = 16 * 1024;
    private static final int UPGRADES_KEPT = 3;

    private final Places places;
    private final Surroundings around;
    private final OwnKeys keys;
    private final PendingRestore pending;
    private final Drills drills;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile BackupSettings settings;

    public Archives(
            Places places, Surroundings around, BackupSettings settings, InstantSource clock, SecureRandom random) {
        this.places = places;
        this.around = around;
        this.settings = settings;
        this.keys = new OwnKeys(around::notes, places.own(), random);
        this.pending = new PendingRestore(places);
        this.drills = new Drills(places);
        this.clock = clock;
        this.random = random;
    }

    /** Takes other settings. */
    public void apply(BackupSettings newSettings) {
        settings = newSettings;
    }

    @Override
    public Optional<Drill> lastDrill() {
        return drills.last();
    }

    @Override
    public List<Archive> list() throws BackupException {
        Path folder = settings.folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Archive> archives = new ArrayList<>();
            for (Path file : all.toList()) {
                Optional<Instant> created = created(file);
                if (created.isPresent()) {
                    archives.add(
                            new Archive(file, created.get(), Files.size(file), Files.isRegularFile(signature(file))));
                }
            }
            archives.sort(Comparator.comparing(Archive::created).reversed());
            return archives;
        } catch (IOException e) {
            throw new BackupException("The folder " + folder + " of backups cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Instant> created(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.parse(name.group(1), ArchiveFile.TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized Archive create(boolean samples) throws BackupException {
        Optional<StoreAdmin> store = samples ? around.store() : Optional.empty();
        if (samples && store.isEmpty()) {
            throw new BackupException("The samples cannot be copied: the store is not running; hw:doctor says why");
        }
        BackupSettings now = settings;
        Instant moment = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try (var archive =
                new ArchiveFile(places, now.folder(), moment, samples ? ArchiveFile.SAMPLES : ArchiveFile.PLAIN)) {
            String text = archive.write(store, around.version(), this::counts, recipients(now), random);
            keys.verifier();
            archive.sign(keys.sign(text));
            archive.finish();
            forgetOld(now);
            return new Archive(archive.file(), moment, Files.size(archive.file()), true);
        } catch (IOException e) {
            throw new BackupException("No backup was made: " + e.getMessage(), e);
        }
    }

    /** Notes where archives go, for a start that makes one before settings are read. */
    public void noteTarget() throws BackupException {
        BackupSettings now = settings;
        try {
            new Target(now.folder(), now.recipients()).write(places);
        } catch (IOException e) {
            throw new BackupException("The folder of backups cannot be noted: " + e.getMessage(), e);
        }
    }

    /** What an opened vault says of itself, to be compared in a drill. */
    private Optional<Manifest.VaultCount> counts() {
        return around.vault()
                .map(Vault::status)
                .filter(status -> status.generation().isPresent())
                .map(status -> new Manifest.VaultCount(status.generation().getAsLong(), status.secrets()));
    }

    /** Signs what was made while the vault was sealed; does nothing where there is nothing of the kind. */
    public synchronized void signWaiting() throws BackupException {
        try {
            keys.publish();
            for (Path waiting : new Unsigned(places).list()) {
                String text = Files.readString(waiting, StandardCharsets.UTF_8);
                Path file = settings.folder().resolve(String.valueOf(waiting.getFileName()));
                if (Files.isRegularFile(file)) {
                    ArchiveFile.note(signature(file), keys.sign(text));
                }
                Files.delete(waiting);
            }
        } catch (IOException e) {
            throw new BackupException("A backup made before an upgrade cannot be signed: " + e.getMessage(), e);
        }
    }

    private List<Recipient> recipients(BackupSettings now) throws BackupException {
        if (now.passphrase().isPresent()) {
            try (Secret passphrase = around.open(now.passphrase().get())) {
                return List.of(new Recipient.Passphrase(passphrase.reveal(), Recipient.Passphrase.USUAL_LOG_N));
            } catch (SecretUnavailableException e) {
                throw new BackupException("No backup was made: its passphrase is not to be had: " + e.getMessage(), e);
            }
        }
        List<Recipient> all = new ArrayList<>(now.recipients());
        all.add(keys.identity().recipient());
        all.addAll(cards());
        return all;
    }

    /** The holders of share cards together. */
    private List<Recipient.Key> cards() throws BackupException {
        Optional<Vault> vault = around.vault();
        try {
            return vault.isEmpty()
                    ? List.of()
                    : vault.get().cardKeys().stream().map(Recipient.Key::new).toList();
        } catch (VaultException e) {
            throw new BackupException("No backup was made: " + e.getMessage(), e);
        }
    }

    private void forgetOld(BackupSettings now) throws BackupException, IOException {
        forgetBeyond(now.keep(), archive -> !ArchiveFile.isOfUpgrade(archive.name()));
        forgetBeyond(UPGRADES_KEPT, archive -> ArchiveFile.isOfUpgrade(archive.name()));
    }

    private void forgetBeyond(int keep, Predicate<Archive> which) throws BackupException, IOException {
        List<Archive> some = list().stream().filter(which).toList();
        for (Archive old : some.subList(Math.min(keep, some.size()), some.size())) {
            Files.deleteIfExists(old.file());
            Files.deleteIfExists(signature(old.file()));
        }
    }

    private static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + ArchiveFile.SIGNED);
    }

    @Override
    public Contents verify(Path file, boolean deep, Opening opening) throws BackupException {
        String signature = checkSignature(file, opening);
        try (InputStream in = decrypted(file, opening)) {
            Manifest manifest = deep ? Unpacking.all(in, Optional.empty()) : Unpacking.manifest(new TarReader(in));
            return contents(manifest, signature);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static Contents contents(Manifest manifest, String signature) {
        return new Contents(
                manifest.created(),
                manifest.version(),
                manifest.files().size(),
                manifest.bytes(),
                manifest.samples(),
                signature);
    }

    private String checkSignature(Path file, Opening opening) throws BackupException {
        Path beside = signature(file);
        String name = String.valueOf(file.getFileName());
        String missing;
        try {
            if (!Files.isRegularFile(file)) {
                throw new BackupException("There is no archive " + file);
            }
            if (Files.isRegularFile(beside)) {
                if (Files.size(beside) > MOST_NOTE) {
                    throw new BackupException("The signature " + beside + " is too long to be one");
                }
                String text = Signature.text(name, Files.size(file), Gathering.hash(file));
                String verifier =
                        opening.verifier().isPresent() ? opening.verifier().get() : keys.verifier();
                if (Signature.holds(Files.readString(beside, StandardCharsets.UTF_8), text, verifier)) {
                    return opening.verifier().isPresent() ? "right, by the key given" : "right, by this appliance";
                }
                missing = "The signature " + beside + " does not fit: the archive or its name was changed, or another"
                        + " appliance made it (then give that one's public key)";
            } else {
                missing = "The archive has no signature beside it: " + beside + " is not there";
            }
        } catch (IOException e) {
            throw new BackupException("The archive " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (!opening.unsigned()) {
            throw new BackupException(missing);
        }
        return "none that counts";
    }

    private InputStream decrypted(Path file, Opening opening) throws BackupException, IOException {
        Identity identity;
        try {
            identity = identity(opening);
        } catch (IllegalArgumentException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
        return AgeFile.decrypt(new BufferedInputStream(Files.newInputStream(file), 1 << 16), identity);
    }

    private Identity identity(Opening opening) throws BackupException {
        if (opening.key().isPresent()) {
            Key key = opening.key().get();
            if (key instanceof Key.Cards cards) {
                return identity(cards);
            }
            return key instanceof Key.Passphrase passphrase
                    ? new Identity.Passphrase(passphrase.value().reveal())
                    : privateKey(((Key.Identity) key).value());
        }
        Optional<SecretRef> passphrase = settings.passphrase();
        if (passphrase.isPresent()) {
            try (Secret secret = around.open(passphrase.get())) {
                return new Identity.Passphrase(secret.reveal());
            } catch (SecretUnavailableException e) {
                throw new BackupException("The passphrase of backups is not to be had: " + e.getMessage(), e);
            }
        }
        return keys.identity();
    }

    private Identity identity(Key.Cards cards) throws BackupException {
        Vault vault = around.vault()
                .orElseThrow(() -> new BackupException(
                        "Share cards are read by the vault, which is not running; hw:doctor says why"));
        try (Secret key = vault.cardKey(cards.cards())) {
            return new Identity.Key(key.reveal());
        } catch (VaultException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
    }

    /** As in the files of age-keygen: lines, of which those with {@code #} say what the key is for. */
    private static Identity privateKey(Secret secret) {
        byte[] utf8 = secret.reveal();
        String text = new String(utf8, StandardCharsets.US_ASCII);
        Arrays.fill(utf8, (byte) 0);
        return Identity.Key.parse(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse(""));
    }

    @Override
    public synchronized List<String> drill(Path file, Opening opening) throws BackupException {
        String name = String.valueOf(file.getFileName());
        try {
            List<String> found = tryOut(file, opening);
            drills.record(new Drill(clock.instant(), name, true, found));
            return found;
        } catch (BackupException e) {
            // Somebody's wrong key says nothing about the archive.
            if (opening.key().isEmpty()) {
                drills.record(new Drill(clock.instant(), name, false, List.of(String.valueOf(e.getMessage()))));
            }
            throw e;
        }
    }

    private List<String> tryOut(Path file, Opening opening) throws BackupException {
        Path folder = places.restore().resolve("drill");
        List<String> found = new ArrayList<>();
        found.add("signature: " + checkSignature(file, opening));
        try {
            Places.delete(folder);
            Places.makeFolder(folder);
            try (InputStream in = decrypted(file, opening)) {
                Manifest manifest = Unpacking.all(in, Optional.of(folder));
                found.add(manifest.files().size() + " files, " + manifest.bytes() + " bytes, of " + manifest.created()
                        + ", all as their manifest says");
                found.add(tryVault(
                        folder.resolve(ArchivePath.STATE).resolve("vault").resolve("vault"),
                        manifest.vault(),
                        opening.key()));
            }
            return found;
        } catch (IOException e) {
            throw damaged(file, e);
        } finally {
            try {
                Places.delete(folder);
            } catch (IOException e) {
                found.add("what was unpacked could not be removed: " + folder);
            }
        }
    }

    private String tryVault(Path vault, Optional<Manifest.VaultCount> expected, Optional<Key> opened)
            throws BackupException {
        Optional<Key.Cards> cards = opened.filter(Key.Cards.class::isInstance).map(Key.Cards.class::cast);
        if (!Files.isRegularFile(vault)) {
            return "vault: there is none in it";
        }
        Optional<Vault> running = around.vault();
        if (running.isEmpty()) {
            return "vault: not tried, the vault is not running";
        }
        try {
            SlotKey way = cards.isPresent() ? new SlotKey.Shares(cards.get().cards()) : new SlotKey.Unattended();
            int secrets = running.get().probe(vault, way);
            if (expected.isPresent() && expected.get().secrets() != secrets) {
                throw new BackupException("The vault in the backup holds " + secrets + " secrets, its manifest says "
                        + expected.get().secrets());
            }
            return "vault: opens by " + (cards.isPresent() ? "the share cards" : "this machine") + ", " + secrets
                    + " secrets";
        } catch (VaultException e) {
            if (e.kind() == VaultException.Kind.DAMAGED || cards.isPresent()) {
                throw new BackupException("The vault in the backup is of no use: " + e.getMessage(), e);
            }
            return "vault: whole as far as it can be seen, but not opened: " + e.getMessage();
        }
    }

    @Override
    public synchronized Contents restore(Path file, Opening opening) throws BackupException {
        String signature = checkSignature(file, opening);
        try (InputStream in = decrypted(file, opening)) {
            Path folder = pending.begin();
            Manifest manifest = Unpacking.all(in, Optional.of(folder));
            pending.ready();
            return contents(manifest, signature);
        } catch (IOException e) {
            BackupException failure = damaged(file, e);
            try {
                pending.begin();
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    @Override
    public synchronized boolean cancelRestore() throws BackupException {
        try {
            return pending.cancel();
        } catch (IOException e) {
            throw new BackupException("The restore could not be taken back: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        BackupSettings now = settings;
        try {
            if (now.recipients().isEmpty() && now.passphrase().isEmpty() && cards().isEmpty()) {
                warnings.add("Only this appliance can open its backups: they are lost with it. Name a public key of age"
                        + " in recipients, or a passphrase, in etc/org.hearthwatch.backup.cfg, or make share cards with"
                        + " hw:vault-slot-add shares");
            }
        } catch (BackupException e) {
            warnings.add(String.valueOf(e.getMessage()));
        }
        try {
            List<VaultSlot> slots =
                    around.vault().isPresent() ? around.vault().get().slots() : List.of();
            if (!slots.isEmpty() && slots.stream().allMatch(slot -> slot.kind().unattended())) {
                warnings.add("The vault opens by this machine alone: on another one the secrets in a backup are lost."
                        + " hw:vault-slot-add adds a passphrase or share cards");
            }
        } catch (VaultException e) {
            warnings.add("The vault cannot be read: " + e.getMessage());
        }
        if (pending.isWaiting()) {
            warnings.add("A restore waits for the next start. hw:backup-restore --cancel takes it back");
        }
        return warnings;
    }

    @Override
    public String verifier() throws BackupException {
        return keys.verifier();
    }

    private static BackupException damaged(Path file, IOException e) {
        return new BackupException("The archive " + file + " is of no use: " + e.getMessage(), e);
    }
}
