package org.hearthwatch.plugin.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.plugin.trust.KeyText.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of trusted keys: {@code *.pub} files and the list {@code revoked}. Read again whenever a file in it changes. A key
 * file that cannot be read gives no trust; while a line of the list cannot be, no signature lets anything new in, since it
 * may be the one that was meant. Thread-safe.
 */
public final class TrustFolder implements TrustStore {

    private static final Logger LOG = LoggerFactory.getLogger(TrustFolder.class);
    private static final String KEYS = ".pub";
    private static final String REVOKED = "revoked";
    private static final int MOST_KEYS = 256;
    private static final int LONGEST_KEY_FILE = 32 << 10;
    private static final int LONGEST_LIST = 1 << 20;
    private static final int LEAST_DIGITS = 12;
    private static final String WHERE = "etc/trust/";

    private final Path folder;
    private final InstantSource clock;
    private final SortedMap<String, String> stamps = new TreeMap<>();
    private boolean unseen;
    private volatile View view = new View(List.of(), Revocations.NONE, List.of());

    private record Entry(KeyText text, String fingerprint, String file) {}

    private record View(List<Entry> keys, Revocations revoked, List<String> problems) {}

    /** One that was not looked into yet; {@link #refresh} does. */
    public TrustFolder(Path folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Looks again.
     *
     * @return whether anything changed since the last call, by whomever: what {@link #add} and {@link #revoke} did too
     */
    public synchronized boolean refresh() throws IOException {
        readChanges();
        boolean changed = unseen;
        unseen = false;
        return changed;
    }

    private void readChanges() throws IOException {
        SortedMap<String, String> now = look();
        if (now.equals(stamps)) {
            return;
        }
        View fresh = read(now.keySet());
        stamps.clear();
        stamps.putAll(now);
        fresh.problems().stream()
                .filter(problem -> !view.problems().contains(problem))
                .forEach(problem -> LOG.error("{}", problem));
        view = fresh;
        unseen = true;
    }

    /** The files that count, each with what tells it from another of its name. */
    private SortedMap<String, String> look() throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = nameOf(entry);
                if ((name.endsWith(KEYS) || name.equals(REVOKED)) && !name.startsWith(".") && Files.exists(entry)) {
                    var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
                    found.put(
                            name, attributes.size() + "/" + attributes.lastModifiedTime() + "/" + attributes.fileKey());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private View read(Set<String> names) {
        List<Entry> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Revocations revoked = Revocations.NONE;
        for (String name : names) {
            try {
                if (name.equals(REVOKED)) {
                    revoked = Revocations.parse(text(name, LONGEST_LIST));
                    revoked.problems()
                            .forEach(problem -> problems.add(WHERE + REVOKED + ":" + problem
                                    + ". Until it is mended no signature lets anything new in"));
                } else if (keys.size() == MOST_KEYS) {
                    problems.add(
                            WHERE + name + ": there are more than " + MOST_KEYS + " keys; this one is not trusted");
                } else {
                    KeyText key = KeyText.parse(text(name, LONGEST_KEY_FILE));
                    keys.add(new Entry(key, key.key().fingerprint(), name));
                }
            } catch (KeyText.Refusal e) {
                problems.add(WHERE + name + (e.line() == 0 ? "" : ":" + e.line()) + ": " + e.getMessage()
                        + ". It gives no trust");
            } catch (IOException e) {
                problems.add(WHERE + name + ": it cannot be read: " + e.getMessage());
                if (name.equals(REVOKED)) {
                    revoked = new Revocations(Set.of(), Set.of(), List.of("it cannot be read"));
                }
            }
        }
        return new View(List.copyOf(keys), revoked, List.copyOf(problems));
    }

    private String text(String name, int most) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("it is longer than " + most + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }

    /** What a signature says of a file. */
    public Verdict check(byte[] signature, FileClaim claim) {
        View now = view;
        if (!now.revoked().problems().isEmpty()) {
            return new Verdict.Worthless(
                    "The list of revoked keys, " + WHERE + REVOKED + ", cannot be read as a whole");
        }
        SignedNote note;
        try {
            note = SignedNote.parse(signature);
        } catch (IllegalArgumentException e) {
            return new Verdict.Worthless("Its signature is no signed note: " + e.getMessage());
        }
        String signer = note.signatures().get(0).keyName();
        Optional<Entry> entry = now.keys().stream()
                .filter(each -> each.text().key().isNamedBy(note))
                .findFirst();
        if (entry.isEmpty()) {
            return new Verdict.Worthless(whyNobody(note, signer, now));
        }
        if (!entry.get().text().key().signed(note)) {
            return new Verdict.Worthless("Its signature by " + signer + " is wrong");
        }
        if (!note.text().equals(claim.text())) {
            return new Verdict.Worthless("Its signature by " + signer + " is one of other bytes");
        }
        return switch (state(entry.get(), now)) {
            case REVOKED -> new Verdict.Worthless("Its signature is by " + signer + ", a key that was revoked");
            case EXPIRED ->
                new Verdict.Worthless("Its signature is by " + signer + ", a key that expired at "
                        + entry.get().text().expires().map(Instant::toString).orElse(""));
            case VALID ->
                entry.get().text().roles().contains(Role.PLUGIN)
                        ? new Verdict.Valid(signer, entry.get().fingerprint())
                        : new Verdict.Worthless("Its signature is by " + signer + ", a key without the role plugin");
        };
    }

    private static String whyNobody(SignedNote note, String signer, View now) {
        boolean known =
                now.keys().stream().anyMatch(each -> each.text().key().name().equals(signer));
        return known
                ? "Its signature is not one of Ed25519 and one of ML-DSA-65, in this order, by the trusted key "
                        + signer
                : "Its signature is by " + printable(signer) + ", whom no key in " + WHERE + " speaks for"
                        + (note.signatures().size() == 2
                                ? ""
                                : "; it has " + note.signatures().size() + " signatures");
    }

    private static String printable(String name) {
        String shortened = name.length() > KeyText.LONGEST_NAME ? name.substring(0, KeyText.LONGEST_NAME) : name;
        return shortened.replaceAll("[^\\x21-\\x7e]", "?");
    }

    /** What became of a key that let something in; empty if it is no longer there. */
    public Optional<TrustedKey> find(String fingerprint) {
        View now = view;
        return now.keys().stream()
                .filter(each -> each.fingerprint().equals(fingerprint))
                .findFirst()
                .map(each -> shown(each, now));
    }

    /** Whether a file stands on the list of those that count no more. */
    public boolean isRevokedFile(String sha256) {
        return view.revoked().files().contains(sha256);
    }

    @Override
    public List<TrustedKey> keys() {
        View now = view;
        return now.keys().stream().map(each -> shown(each, now)).toList();
    }

    @Override
    public List<String> problems() {
        return view.problems();
    }

    @Override
    public synchronized TrustedKey add(String publicKey, String who) throws PluginRefusal {
        if (publicKey.length() > LONGEST_KEY_FILE) {
            throw new PluginRefusal("It is too long for a public key");
        }
        try {
            readChanges();
            KeyText key = KeyText.parse(publicKey);
            String fingerprint = key.key().fingerprint();
            if (view.revoked().keys().contains(fingerprint)) {
                throw new PluginRefusal("The key " + key.key().name() + " was revoked; its owner must make a new one");
            }
            if (find(fingerprint).isPresent()) {
                throw new PluginRefusal("The key " + key.key().name() + " is trusted already");
            }
            String file = key.key().name().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_") + "-"
                    + fingerprint.substring(0, LEAST_DIGITS) + KEYS;
            write(file, publicKey.endsWith("\n") ? publicKey : publicKey + "\n");
            LOG.info("The key {} ({}) is trusted since {} said so", key.key().name(), fingerprint, who);
            return found(fingerprint);
        } catch (KeyText.Refusal e) {
            throw new PluginRefusal(
                    "It is no public key: " + (e.line() == 0 ? "" : "line " + e.line() + ": ") + e.getMessage());
        } catch (IOException e) {
            throw new PluginRefusal("The key could not be written: " + e.getMessage());
        }
    }

    @Override
    public synchronized TrustedKey revoke(String fingerprint, String reason, String who) throws PluginRefusal {
        if (fingerprint.length() < LEAST_DIGITS) {
            throw new PluginRefusal("Give at least " + LEAST_DIGITS + " digits of the fingerprint");
        }
        List<TrustedKey> found = keys().stream()
                .filter(key -> key.fingerprint().startsWith(fingerprint))
                .toList();
        if (found.size() != 1) {
            throw new PluginRefusal((found.isEmpty() ? "No key" : "More than one key")
                    + " has a fingerprint that begins with " + fingerprint);
        }
        try {
            String list = Files.exists(folder.resolve(REVOKED)) ? text(REVOKED, LONGEST_LIST) : "";
            String comment = (who + " " + reason).replaceAll("\\p{Cntrl}", " ").strip();
            write(
                    REVOKED,
                    (list.isEmpty() || list.endsWith("\n") ? list : list + "\n") + "key "
                            + found.get(0).fingerprint() + " " + clock.instant() + " "
                            + found.get(0).name() + " "
                            + comment + "\n");
            LOG.warn(
                    "The key {} ({}) was revoked by {}",
                    found.get(0).name(),
                    found.get(0).fingerprint(),
                    who);
            return found(found.get(0).fingerprint());
        } catch (IOException e) {
            throw new PluginRefusal("The revocation could not be written: " + e.getMessage());
        }
    }

    private TrustedKey found(String fingerprint) throws PluginRefusal {
        return find(fingerprint).orElseThrow(() -> new PluginRefusal("The key went in this very moment"));
    }

    /** Replaces a file as a whole; it is on disk when this returns. */
    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Path next = folder.resolve("." + name + ".next");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        readChanges();
    }

    private TrustedKey shown(Entry entry, View now) {
        return new TrustedKey(
                entry.text().key().name(),
                entry.fingerprint(),
                entry.text().roles().stream().map(Role::word).toList(),
                entry.text().expires(),
                state(entry, now),
                entry.file());
    }

    private TrustedKey.State state(Entry entry, View now) {
        if (now.revoked().keys().contains(entry.fingerprint())) {
            return TrustedKey.State.REVOKED;
        }
        return entry.text()
                        .expires()
                        .filter(time -> !clock.instant().isBefore(time))
                        .isPresent()
                ? TrustedKey.State.EXPIRED
                : TrustedKey.State.VALID;
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
