package org.hearthwatch.secret.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.crypto.Wiped;

/** The records of a vault: the secrets people keep, and the notes of bundles, whose names begin with a dot. Thread-safe. */
public final class Records implements SecretStore {

    /** What the names of notes begin with; no secret's name does. */
    static final String HIDDEN = ".";

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,128}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final FileVault vault;
    private final Supplier<List<SecretRotation>> rotations;

    /** One rotation at a time: a second one would renew what the first is about to end. */
    private final Lock turn = new ReentrantLock();

    public Records(FileVault vault, Supplier<List<SecretRotation>> rotations) {
        this.vault = vault;
        this.rotations = rotations;
    }

    /** How many secrets people keep. */
    static int count(Body body) {
        return (int) body.entries.keySet().stream()
                .filter(name -> !name.startsWith(HIDDEN))
                .count();
    }

    @Override
    public List<Info> list() throws VaultException {
        List<SecretRotation> owners = rotations.get();
        return vault.look((header, body) -> body.entries.values().stream()
                .filter(entry -> !entry.name().startsWith(HIDDEN))
                .map(entry -> info(entry, owners))
                .toList());
    }

    private static Info info(Body.Entry entry, List<SecretRotation> owners) {
        Body.Value newest = entry.newest();
        return new Info(
                entry.name(),
                newest.number(),
                newest.created(),
                entry.values().size(),
                owners.stream().anyMatch(owner -> owner.owns(entry.name())));
    }

    @Override
    public Info set(String name, Secret value) throws VaultException {
        checkName(name);
        return info(write(name, value), rotations.get());
    }

    @Override
    public Secret get(String name, OptionalInt version) throws VaultException {
        checkName(name);
        return read(name, version)
                .orElseThrow(() -> new VaultException(
                        Kind.UNKNOWN,
                        "The vault has no secret " + name
                                + (version.isPresent() ? " of version " + version.getAsInt() : "")
                                + ". hw:secret-set " + name + " keeps one"));
    }

    @Override
    public List<Version> history(String name) throws VaultException {
        checkName(name);
        return vault.look((header, body) -> {
            List<Version> versions = new ArrayList<>();
            for (Body.Value value : entry(body, name).values()) {
                versions.add(0, new Version(value.number(), value.created()));
            }
            return versions;
        });
    }

    @Override
    public void delete(String name) throws VaultException {
        checkName(name);
        vault.change(draft -> {
            Body.Entry gone = entry(draft.body(), name);
            draft.body().entries.remove(name);
            return gone;
        });
    }

    @Override
    public Info rotate(String name) throws VaultException {
        SecretRotation owner = rotations.get().stream()
                .filter(each -> each.owns(name))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                        Kind.INVALID,
                        "Nobody here can change " + name + " at its source. Change it there, then: hw:secret-set "
                                + name));
        turn.lock();
        try (Secret present = get(name, OptionalInt.empty())) {
            return new Rotation(this, owner).run(name, present);
        } finally {
            turn.unlock();
        }
    }

    /** The notes of bundles. */
    public SealedNotes notes() {
        return new SealedNotes() {
            @Override
            public Optional<Secret> read(String name) throws VaultException {
                checkName(name);
                return Records.this.read(HIDDEN + name, OptionalInt.empty());
            }

            @Override
            public void write(String name, Secret value) throws VaultException {
                checkName(name);
                vault.change(draft -> {
                    // Only the newest counts.
                    draft.body().entries.remove(HIDDEN + name);
                    return add(draft, HIDDEN + name, value);
                });
            }
        };
    }

    private Optional<Secret> read(String name, OptionalInt version) throws VaultException {
        return vault.look((header, body) -> {
            Body.Entry entry = body.entries.get(name);
            if (entry == null) {
                return Optional.empty();
            }
            Optional<Body.Value> value = version.isEmpty()
                    ? Optional.of(entry.newest())
                    : entry.values().stream()
                            .filter(each -> each.number() == version.getAsInt())
                            .findFirst();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            try (Wiped plain = Draft.decrypt(header.vault(), body, name, value.get())) {
                return Optional.of(Secret.ofBytes(plain.bytes()));
            }
        });
    }

    private Body.Entry write(String name, Secret value) throws VaultException {
        return vault.change(draft -> add(draft, name, value));
    }

    private static Body.Entry add(Draft draft, String name, Secret value) throws VaultException {
        byte[] plain = value.reveal();
        try {
            if (plain.length == 0 || plain.length > Body.MOST_VALUE) {
                throw new VaultException(
                        Kind.INVALID, "A secret has 1 to " + Body.MOST_VALUE + " bytes, not " + plain.length);
            }
            Body.Entry former = draft.body().entries.get(name);
            if (former == null && draft.body().entries.size() == Body.MOST_RECORDS) {
                throw new VaultException(Kind.INVALID, "The vault is full: " + Body.MOST_RECORDS + " secrets");
            }
            int number = former == null ? 1 : former.newest().number() + 1;
            Body.Value fresh = draft.encrypt(name, number, draft.now(), plain);
            List<Body.Value> all = Stream.concat(
                            former == null ? Stream.empty() : former.values().stream(), Stream.of(fresh))
                    .toList();
            var entry = new Body.Entry(name, all.subList(Math.max(0, all.size() - Body.MOST_VERSIONS), all.size()));
            draft.body().entries.put(name, entry);
            return entry;
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Body.Entry entry(Body body, String name) throws VaultException {
        Body.Entry entry = body.entries.get(name);
        if (entry == null) {
            throw new VaultException(Kind.UNKNOWN, "The vault has no secret " + name);
        }
        return entry;
    }

    private static void checkName(String name) throws VaultException {
        if (!NAME.matcher(name).matches()) {
            throw new VaultException(
                    Kind.INVALID,
                    "A secret's name is 1 to 128 letters, digits and . _ - in parts separated by /, such as smtp/password");
        }
    }
}
