package org.hearthwatch.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final Pattern NAME = Pattern.compile("hearthwatch-(\\d{8}-\\d{6})(-samples)?\\.tar\\.age");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    private static final String SIGNED = ".sig";
    private static final String UNFINISHED = ".next";
    private static final int MOST_NOTE = 4096;

    private final Places places;
    private final Surroundings around;
    private final OwnKeys keys;
    private final PendingRestore pending;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile BackupSettings settings;
    private volatile Optional<Instant> lastDrill = Optional.empty();

    public Archives(
            Places places, Surroundings around, BackupSettings settings, InstantSource clock, SecureRandom random) {
        this.places = places;
        this.around = around;
        this.settings = settings;
        this.keys = new OwnKeys(around::notes, places.own(), random);
        this.pending = new PendingRestore(places);
        this.clock = clock;
        this.random = random;
    }

    /** Takes other settings. */
    public void apply(BackupSettings newSettings) {
        settings = newSettings;
    }

    Optional<Instant> lastDrill() {
        return lastDrill;
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
            return Optional.of(LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC));
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
        Path work = places.own().resolve("work");
        BackupSettings now = settings;
        try {
            Places.delete(work);
            Places.makeFolder(now.folder());
            Instant moment = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Manifest manifest = new Gathering(places, work).gather(store, moment, around.version());
            String name = "hearthwatch-" + TIME.format(moment.atOffset(ZoneOffset.UTC)) + (samples ? "-samples" : "")
                    + ".tar.age";
            Path file = now.folder().resolve(name);
            Path unfinished = now.folder().resolve(name + UNFINISHED);
            Files.deleteIfExists(unfinished);
            write(unfinished, manifest, work, recipients(now));
            String text =
                    Signature.text(name, Files.size(unfinished), HexFormat.of().parseHex(Gathering.hash(unfinished)));
            keys.verifier();
            writeNote(signature(file), keys.sign(text));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            Places.force(now.folder());
            forgetOld(now);
            return new Archive(file, moment, Files.size(file), true);
        } catch (IOException e) {
            throw new BackupException("No backup was made: " + e.getMessage(), e);
        } finally {
            try {
                Places.delete(work);
            } catch (IOException e) {
                // The next one deletes it first.
            }
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
        return all;
    }

    private void write(Path file, Manifest manifest, Path from, List<Recipient> recipients) throws IOException {
        try (FileChannel channel = Places.create(file)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            OutputStream encrypted = AgeFile.encrypt(new Unclosed(out), recipients, random);
            try (var tar = new TarWriter(encrypted)) {
                long seconds = manifest.created().getEpochSecond();
                byte[] head = manifest.encode();
                tar.file(Manifest.PATH, head.length, seconds, new ByteArrayInputStream(head));
                for (Manifest.Item item : manifest.files()) {
                    try (InputStream in = Files.newInputStream(from.resolve(item.path()))) {
                        tar.file(item.path(), item.size(), seconds, in);
                    }
                }
            }
            out.flush();
            channel.force(true);
        }
    }

    /** The file is closed by whoever makes it durable first. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static void writeNote(Path file, String note) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = Places.create(file);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(note.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
    }

    private void forgetOld(BackupSettings now) throws BackupException, IOException {
        List<Archive> all = list();
        for (Archive old : all.subList(Math.min(now.keep(), all.size()), all.size())) {
            Files.deleteIfExists(old.file());
            Files.deleteIfExists(signature(old.file()));
        }
    }

    private static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + SIGNED);
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
                String text =
                        Signature.text(name, Files.size(file), HexFormat.of().parseHex(Gathering.hash(file)));
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
            }
            found.add(
                    tryVault(folder.resolve(ArchivePath.STATE).resolve("vault").resolve("vault")));
            lastDrill = Optional.of(clock.instant());
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

    private String tryVault(Path vault) throws BackupException {
        if (!Files.isRegularFile(vault)) {
            return "vault: there is none in it";
        }
        Optional<Vault> running = around.vault();
        if (running.isEmpty()) {
            return "vault: not tried, the vault is not running";
        }
        try {
            int secrets = running.get().probe(vault, new SlotKey.Unattended());
            return "vault: opens by this machine, " + secrets + " secrets";
        } catch (VaultException e) {
            if (e.kind() == VaultException.Kind.DAMAGED) {
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
        if (now.recipients().isEmpty() && now.passphrase().isEmpty()) {
            warnings.add("Only this appliance can open its backups: they are lost with it. Name a public key of age in"
                    + " recipients, or a passphrase, in etc/org.hearthwatch.backup.cfg");
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
