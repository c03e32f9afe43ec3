package org.hearthwatch.secret.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.KeyPair;
import org.hearthwatch.secret.crypto.Wiped;
import org.hearthwatch.secret.memory.KeyPage;
import org.hearthwatch.secret.shares.Card;
import org.hearthwatch.secret.shares.Shamir;
import org.jspecify.annotations.Nullable;

/**
 * The vault in one file. While it is open, the heap holds what the file holds, encrypted, and nothing else; the master key
 * is in a {@link KeyPage}. Each operation decrypts the body, does its part, and wipes it. Thread-safe: one operation at a
 * time.
 *
 * <p>Longer than other classes: all that holds the master key stands here, so that one reading shows where it goes.
 */
public final class FileVault implements Vault {

    /** The vault's name in the audit log's anchors. */
    static final String ANCHOR = "vault";

    private static final String FIRST_LABEL = "first-start";

    private final OwnedFile file;
    private final MachineKeys machine;
    private final Locks locks;
    private final Opening opening;
    private final Supplier<KeyPage> pages;
    private final Supplier<Optional<AuditAnchors>> anchors;
    private final InstantSource clock;
    private final SecureRandom random;

    private @Nullable KeyPage page;
    private byte[] image = new byte[0];
    private boolean sealedByHand;
    private boolean createsItself = true;
    private Optional<String> problem = Optional.empty();

    public FileVault(
            Path path,
            MachineKeys machine,
            Tokens tokens,
            Supplier<KeyPage> pages,
            Supplier<Optional<AuditAnchors>> anchors,
            InstantSource clock,
            SecureRandom random) {
        this(new OwnedFile(path, Disk.REAL), machine, tokens, pages, anchors, clock, random);
    }

    FileVault(
            OwnedFile file,
            MachineKeys machine,
            Tokens tokens,
            Supplier<KeyPage> pages,
            Supplier<Optional<AuditAnchors>> anchors,
            InstantSource clock,
            SecureRandom random) {
        this.file = file;
        this.machine = machine;
        this.locks = new Locks(machine, tokens, random, FileVault::freeHeap);
        this.opening = new Opening(locks);
        this.pages = pages;
        this.anchors = anchors;
        this.clock = clock;
        this.random = random;
    }

    private static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    /** One look into the open vault. */
    interface Look<T> {
        T at(Header header, Body body) throws VaultException, ForgedException;
    }

    /** One change of the open vault. */
    interface Change<T> {
        T of(Draft draft) throws VaultException, ForgedException;
    }

    @Override
    public synchronized Status status() {
        if (page == null) {
            State state = file.exists() ? State.SEALED : State.ABSENT;
            List<VaultSlot> slots = List.of();
            Optional<String> trouble = problem;
            try {
                slots = slots();
            } catch (VaultException e) {
                if (state == State.SEALED) {
                    trouble = Optional.ofNullable(e.getMessage());
                }
            }
            return new Status(
                    state,
                    file.path().toString(),
                    OptionalLong.empty(),
                    slots.size(),
                    0,
                    "none",
                    Optional.empty(),
                    0,
                    slots.stream().anyMatch(slot -> slot.kind().unattended()),
                    protections(slots),
                    trouble);
        }
        String memory = page.kind();
        try {
            return look((header, body) -> {
                List<VaultSlot> slots =
                        header.slots().stream().map(SlotEntry::shown).toList();
                return new Status(
                        State.UNSEALED,
                        file.path().toString(),
                        OptionalLong.of(header.generation()),
                        slots.size(),
                        Records.count(body),
                        memory,
                        Optional.of(body.keysSince),
                        body.writes,
                        slots.stream().anyMatch(slot -> slot.kind().unattended()),
                        protections(slots),
                        problem);
            });
        } catch (VaultException e) {
            throw new IllegalStateException("The open vault cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> protections(List<VaultSlot> slots) {
        return slots.stream()
                .map(VaultSlot::kind)
                .distinct()
                .map(kind -> kind.word() + ": opens to " + kind.meaning())
                .toList();
    }

    @Override
    public synchronized List<VaultSlot> slots() throws VaultException {
        if (!file.exists()) {
            throw absent();
        }
        Envelope envelope = page == null ? parse(read()) : parse(image);
        return envelope.header().slots().stream().map(SlotEntry::shown).toList();
    }

    @Override
    public synchronized VaultSlot create(NewSlot first) throws VaultException {
        if (file.exists()) {
            throw new VaultException(Kind.EXISTS, "There is a vault already: " + file.path());
        }
        byte[] name = new byte[16];
        random.nextBytes(name);
        byte[] master = new byte[Gcm.KEY_BYTES];
        random.nextBytes(master);
        try (Body body = new Body()) {
            var before = new Header(HexFormat.of().formatHex(name), newestSeen().orElse(0), now(), List.of());
            try (var draft = new Draft(before, body, new Wiped(master), now(), random)) {
                draft.newRecordKey();
                SlotEntry slot = make(draft, first);
                store(draft);
                sealedByHand = false;
                problem = Optional.empty();
                return slot.shown();
            }
        }
    }

    /** Whether a vault that is needed and not there is made, with the safest unattended way this machine offers. */
    public synchronized void createsItself(boolean itself) {
        createsItself = itself;
    }

    /** At the first start: a vault that opens by the safest unattended way this machine offers. */
    private VaultSlot createUnattended() throws VaultException {
        OptionalLong seen = newestSeen();
        if (seen.isPresent() && !file.exists()) {
            String gone = "The audit log knows a vault of generation " + seen.getAsLong() + ", but " + file.path()
                    + " is not there: restore it from a backup (hw:backup-restore), or make a new one with hw:vault-init";
            problem = Optional.of(gone);
            throw new VaultException(Kind.ABSENT, gone);
        }
        return create(
                machine.hasCredential(MachineKeys.CREDENTIAL)
                        ? new NewSlot.Credential(FIRST_LABEL, MachineKeys.CREDENTIAL)
                        : new NewSlot.KeyFile(FIRST_LABEL));
    }

    @Override
    public synchronized VaultSlot unseal(SlotKey key, boolean acceptRollback) throws VaultException {
        if (!file.exists()) {
            throw absent();
        }
        byte[] content = read();
        Envelope envelope = parse(content);
        try (Opening.Opened opened = opening.open(envelope, key)) {
            try (Body body = envelope.open(opened.master().bytes())) {
                checkGeneration(envelope.header(), acceptRollback);
                hold(content, opened.master());
                problem = Optional.empty();
                sealedByHand = false;
                if (acceptRollback || opened.stronger().isPresent()) {
                    var draft = new Draft(envelope.header(), body, opened.master(), now(), random);
                    opened.stronger().ifPresent(draft::replace);
                    draft.raiseTo(newestSeen().orElse(0));
                    store(draft);
                }
                return opened.slot().shown();
            }
        } catch (ForgedException e) {
            throw damaged(e);
        }
    }

    /** Unseals by what the machine offers, unless somebody sealed it by hand. */
    public synchronized void unsealUnattended() throws VaultException {
        if (page != null) {
            return;
        }
        if (sealedByHand) {
            throw new VaultException(Kind.SEALED, "The vault was sealed by hand. hw:vault-unseal opens it");
        }
        if (!file.exists()) {
            if (!createsItself) {
                throw absent();
            }
            createUnattended();
            return;
        }
        try {
            unseal(new SlotKey.Unattended(), false);
        } catch (VaultException e) {
            problem = Optional.ofNullable(e.getMessage());
            throw e;
        }
    }

    private void checkGeneration(Header header, boolean acceptRollback) throws VaultException {
        long seen = newestSeen().orElse(0);
        if (header.generation() < seen && !acceptRollback) {
            String older = "The vault has generation " + header.generation() + ", older than generation " + seen
                    + " in the audit log: somebody put an older file back. hw:vault-unseal --accept-rollback opens it"
                    + " all the same";
            problem = Optional.of(older);
            throw new VaultException(Kind.ROLLED_BACK, older);
        }
    }

    /** Checks an open vault against the audit log, which came later; seals it when it is an older one. */
    public synchronized void checkGeneration() throws VaultException {
        if (page != null) {
            try {
                checkGeneration(parse(image).header(), false);
            } catch (VaultException e) {
                forget();
                throw e;
            }
            anchor(parse(image).header().generation());
        }
    }

    @Override
    public synchronized void seal() {
        sealedByHand = true;
        forget();
    }

    /** Forgets the keys, as at the end of the process. */
    public synchronized void forget() {
        if (page != null) {
            page.close();
            page = null;
        }
        image = new byte[0];
    }

    public synchronized boolean isOpen() {
        return page != null;
    }

    @Override
    public VaultSlot addSlot(NewSlot slot) throws VaultException {
        return change(draft -> make(draft, slot)).shown();
    }

    private SlotEntry make(Draft draft, NewSlot slot) throws VaultException {
        checkLabel(slot.label());
        try (Locks.NewLock made = locks.make(slot)) {
            return draft.add(made);
        }
    }

    @Override
    public List<Secret> addShares(String label, int threshold, int shares) throws VaultException {
        checkLabel(label);
        if (threshold < 2 || shares < threshold || shares > Shamir.MOST_SHARES) {
            throw new VaultException(
                    Kind.INVALID,
                    "At least 2 cards must be enough, and at most " + Shamir.MOST_SHARES + " can be made; not "
                            + threshold + " of " + shares);
        }
        byte[] key = new byte[Gcm.KEY_BYTES];
        random.nextBytes(key);
        byte[] name = new byte[2];
        random.nextBytes(name);
        var set = new Locks.ShareSet(HexFormat.of().formatHex(name), threshold, shares);
        try (var secret = new Wiped(key)) {
            return change(draft -> {
                try (Locks.NewLock made = locks.make(label, set, secret)) {
                    draft.add(made);
                }
                return Card.divide(name, threshold, shares, key, random);
            });
        }
    }

    @Override
    public synchronized void testShares(List<Secret> cards) throws VaultException {
        if (!file.exists()) {
            throw absent();
        }
        Envelope envelope = parse(read());
        try (Opening.Opened opened = opening.open(envelope, new SlotKey.Shares(cards))) {
            envelope.prove(opened.master().bytes());
        } catch (ForgedException e) {
            throw damaged(e);
        }
    }

    @Override
    public synchronized List<byte[]> cardKeys() throws VaultException {
        if (!file.exists()) {
            return List.of();
        }
        try {
            return parse(page == null ? read() : image).header().slots().stream()
                    .filter(slot -> slot.kind == VaultSlot.Kind.SHARES)
                    .map(slot -> Parameters.parse(slot.parameters))
                    .filter(parameters -> parameters.values().containsKey(Locks.CARD_KEY))
                    .map(parameters -> parameters.bytes(Locks.CARD_KEY, KeyPair.BYTES))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new VaultException(Kind.DAMAGED, "A slot for share cards is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public Secret cardKey(List<Secret> cards) throws VaultException {
        try (Wiped divided = Card.recover(cards).key();
                Wiped key = Locks.cardKey(divided)) {
            return Secret.ofBytes(key.bytes());
        }
    }

    @Override
    public synchronized int probe(Path other, SlotKey key) throws VaultException {
        byte[] content;
        try {
            content = new OwnedFile(other, Disk.REAL).read(Envelope.MOST_BYTES);
        } catch (IOException e) {
            throw new VaultException(Kind.DAMAGED, "The vault cannot be read: " + e.getMessage(), e);
        }
        Envelope envelope = parse(content);
        try (Opening.Opened opened = opening.open(envelope, key);
                Body body = envelope.open(opened.master().bytes())) {
            return Records.count(body);
        } catch (ForgedException e) {
            throw damaged(e);
        }
    }

    @Override
    public void removeSlot(int id) throws VaultException {
        change(draft -> {
            draft.remove(id);
            draft.rotate();
            return id;
        });
    }

    @Override
    public void rotate() throws VaultException {
        change(draft -> {
            draft.rotate();
            return draft.generation();
        });
    }

    synchronized <T> T look(Look<T> look) throws VaultException {
        KeyPage open = opened();
        Envelope envelope = parse(image);
        try (Wiped master = open.get();
                Body body = envelope.open(master.bytes())) {
            return look.at(envelope.header(), body);
        } catch (ForgedException e) {
            throw damaged(e);
        }
    }

    synchronized <T> T change(Change<T> change) throws VaultException {
        KeyPage open = opened();
        Envelope envelope = parse(image);
        try (Wiped master = open.get();
                Body body = envelope.open(master.bytes())) {
            try (var draft = new Draft(envelope.header(), body, master, now(), random)) {
                T result = change.of(draft);
                store(draft);
                return result;
            }
        } catch (ForgedException e) {
            throw damaged(e);
        }
    }

    private KeyPage opened() throws VaultException {
        unsealUnattended();
        if (page == null) {
            throw new VaultException(Kind.SEALED, "The vault is sealed. hw:vault-unseal opens it");
        }
        return page;
    }

    private void store(Draft draft) throws VaultException {
        byte[] content;
        try {
            content = draft.file();
        } catch (IllegalArgumentException e) {
            throw new VaultException(Kind.INVALID, "The vault would become too large: " + e.getMessage(), e);
        }
        if (content.length > Envelope.MOST_BYTES) {
            throw new VaultException(
                    Kind.INVALID,
                    "The vault would become larger than " + Envelope.MOST_BYTES + " bytes; delete secrets first");
        }
        try {
            file.write(content);
        } catch (IOException e) {
            boolean inPlace = isInPlace(content);
            if (inPlace) {
                hold(content, draft.master());
            }
            throw new VaultException(
                    Kind.UNAVAILABLE,
                    "The vault " + file.path() + " could not be written (" + e.getMessage() + "); "
                            + (inPlace
                                    ? "the change is in place, but a power failure now may undo it"
                                    : "nothing was changed")
                            + ". Make room or mend the folder, then try again",
                    e);
        }
        hold(content, draft.master());
        anchor(draft.generation());
    }

    private boolean isInPlace(byte[] content) {
        try {
            return Arrays.equals(file.read(Envelope.MOST_BYTES), content);
        } catch (IOException e) {
            return false;
        }
    }

    private void hold(byte[] content, Wiped master) {
        if (page == null) {
            page = pages.get();
        }
        page.put(master.bytes());
        image = content;
    }

    private OptionalLong newestSeen() {
        return anchors.get().map(known -> known.highest(ANCHOR)).orElse(OptionalLong.empty());
    }

    /** Behind the write: a crash between the two leaves a vault newer than the log knows, which is no harm. */
    private void anchor(long generation) {
        Optional<AuditAnchors> known = anchors.get();
        try {
            if (known.isPresent()) {
                known.get().raise(ANCHOR, generation);
            }
        } catch (AuditUnavailableException e) {
            problem = Optional.of(
                    "Generation " + generation + " of the vault is not in the audit log: " + e.getMessage());
        }
    }

    private byte[] read() throws VaultException {
        try {
            return file.read(Envelope.MOST_BYTES);
        } catch (IOException e) {
            throw new VaultException(Kind.DAMAGED, "The vault cannot be read: " + e.getMessage(), e);
        }
    }

    private Envelope parse(byte[] content) throws VaultException {
        try {
            return Envelope.parse(content);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    Kind.DAMAGED,
                    "The vault " + file.path() + " is damaged: " + e.getMessage()
                            + ". Restore it from a backup: hw:backup-restore",
                    e);
        }
    }

    private VaultException damaged(ForgedException e) {
        return new VaultException(
                Kind.DAMAGED,
                "The vault " + file.path() + " is damaged: " + e.getMessage()
                        + ". Restore it from a backup: hw:backup-restore",
                e);
    }

    private VaultException absent() {
        return new VaultException(
                Kind.ABSENT, problem.orElse("There is no vault yet: " + file.path() + ". hw:vault-init makes one"));
    }

    private static void checkLabel(String label) throws VaultException {
        if (!label.matches("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}")) {
            throw new VaultException(
                    Kind.INVALID, "A slot's label is 1 to 64 letters, digits, spaces and . _ - and begins with no dot");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
