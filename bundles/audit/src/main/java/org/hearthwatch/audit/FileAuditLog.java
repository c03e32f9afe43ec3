package org.hearthwatch.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.SealedNotes;
import org.jspecify.annotations.Nullable;

/**
 * The log in a folder of its own. Every entry is on disk before {@link #record} returns. After a failed write nothing is
 * taken until the folder could be opened and read again, which every attempt tries. Thread-safe.
 */
public final class FileAuditLog implements AuditLog, AuditTrail, AuditAnchors, Closeable {

    static final String LOG = "audit.jsonl";
    static final String KEY = "key";
    static final String CHECKPOINTS = "checkpoints";

    private static final Duration JUMP = Duration.ofMinutes(1);
    private static final int MOST_READ = 100_000;

    private final Path folder;
    private final String origin;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final KeyPlace keys;
    private final AtomicLong failures = new AtomicLong();
    private final Anchors anchors = new Anchors();
    private @Nullable Writer writer;
    private Optional<String> damage = Optional.empty();
    private Optional<Instant> lastCheckpoint = Optional.empty();

    /**
     * Opens a log, or begins one.
     *
     * @param origin the log's name in its checkpoints
     * @param vault takes the log's keys, as soon as {@link #useVault} is told that it is there
     * @throws IOException if the folder cannot be used; a log that was changed opens all the same, see {@link #damage}
     */
    public FileAuditLog(
            Path folder,
            String origin,
            InstantSource clock,
            LongSupplier nanoTime,
            SecureRandom random,
            Supplier<Optional<SealedNotes>> vault)
            throws IOException {
        this.folder = folder;
        this.origin = origin;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.keys = new KeyPlace(folder, origin, vault, random);
        writer = new Writer();
    }

    @Override
    public synchronized long record(AuditEvent event) throws AuditUnavailableException {
        try {
            return opened().append(event);
        } catch (IOException e) {
            failures.incrementAndGet();
            giveUp();
            throw new AuditUnavailableException(
                    "The audit log in " + folder + " cannot be written (" + e.getMessage()
                            + "), and what cannot be recorded is not done. Make room or mend the folder, then try again",
                    e);
        }
    }

    @Override
    public synchronized void raise(String name, long value) throws AuditUnavailableException {
        OptionalLong known = anchors.highest(name);
        if (known.isEmpty() || known.getAsLong() < value) {
            record(Anchors.event(name, value));
        }
    }

    @Override
    public synchronized OptionalLong highest(String name) {
        return anchors.highest(name);
    }

    private Writer opened() throws IOException {
        if (writer != null && !writer.isStillThere()) {
            // What is written to a file that was moved or deleted, nobody finds.
            giveUp();
        }
        Writer current = writer;
        if (current == null) {
            current = new Writer();
            writer = current;
        }
        return current;
    }

    private void giveUp() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                // It is given up because it failed; that it fails once more says nothing new.
            }
            writer = null;
        }
    }

    /** What was found changed or missing when the log was opened; for people. */
    public synchronized Optional<String> damage() {
        return damage;
    }

    /** Events that could not be written since the start. */
    public long failures() {
        return failures.get();
    }

    @Override
    public synchronized Head head() {
        Writer current = writer;
        return current == null ? new Head(0, Chain.START) : new Head(current.chain.size(), current.chain.head());
    }

    @Override
    public List<AuditEntry> newest(int most, Predicate<AuditEntry> wanted) throws IOException {
        Deque<AuditEntry> found = new ArrayDeque<>();
        try (var lines = new LineReader(folder.resolve(LOG))) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                AuditEntry entry = Line.parse(line.get()).entry();
                if (wanted.test(entry)) {
                    found.add(entry);
                    if (found.size() > Math.min(most, MOST_READ)) {
                        found.remove();
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    @Override
    public Verification verify() throws IOException {
        long expected = head().size();
        return new Verifier(folder, keys.verifier(), keys.first(), keys.head()).verify(expected);
    }

    /**
     * Moves the log's keys to the vault, and compares the log with the state that the vault keeps of it.
     *
     * @return what is to be told, such as that the log is shorter than the vault knows
     */
    public Optional<String> useVault() throws IOException {
        Optional<String> known = keys.head();
        boolean moved = keys.moveToVault();
        Optional<Checkpoint> sealed =
                known.flatMap(note -> Checkpoint.parse(note.substring(0, Math.max(0, note.indexOf("\n\n") + 1))));
        long size = head().size();
        if (sealed.isPresent() && sealed.get().size() > size) {
            String shorter = "The audit log has " + size + " entries, fewer than the "
                    + sealed.get().size()
                    + " that the vault knows of: its end was cut off, or an older log was put in its place";
            synchronized (this) {
                damage = Optional.of(shorter);
            }
            return damage();
        }
        return moved ? Optional.of("The keys of the audit log are in the vault now") : Optional.empty();
    }

    @Override
    public String checkpoint() throws IOException, AuditUnavailableException {
        String note = checkpoint(keys.signing());
        try {
            keys.keepHead(note);
        } catch (IOException e) {
            // A vault that is sealed says so itself, and takes the next one when it is open.
            return note;
        }
        return note;
    }

    private synchronized String checkpoint(NoteKey key) throws IOException {
        Writer current = opened();
        Instant now = now();
        String note = key.sign(Checkpoint.of(origin, current.chain.tree(), current.chain.head(), now.toString())
                .text());
        try (FileChannel file = PrivateFiles.open(folder.resolve(CHECKPOINTS))) {
            PrivateFiles.write(file, ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8)), file.size());
            file.force(true);
        }
        lastCheckpoint = Optional.of(now);
        return note;
    }

    @Override
    public synchronized Optional<Instant> lastCheckpoint() {
        return lastCheckpoint;
    }

    @Override
    public String verifier() {
        try {
            return keys.verifier().text();
        } catch (IOException e) {
            throw new IllegalStateException("The key of checkpoints cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void export(Path directory) throws IOException {
        export(directory, keys.verifier().text());
    }

    private synchronized void export(Path directory, String verifier) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(directory.toString(), null, "is there already; name a new folder");
        }
        PrivateFiles.makeFolder(directory);
        for (String name : List.of(LOG, CHECKPOINTS)) {
            if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(folder.resolve(name), directory.resolve(name));
            }
        }
        Files.writeString(directory.resolve("verifier"), verifier + "\n");
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The open files. */
    private final class Writer implements Closeable {

        private final FileChannel file;
        private final Optional<Object> identity;
        private final KeyFile keyFile;
        private final EvolvingKey key;
        private final Chain chain;
        private long end;
        private long wall = clock.millis();
        private long monotonic = nanoTime.getAsLong();

        Writer() throws IOException {
            PrivateFiles.makeFolder(folder);
            keys.begin();
            file = PrivateFiles.open(folder.resolve(LOG));
            identity = identity();
            keyFile = new KeyFile(folder.resolve(KEY));
            var notes = new ArrayList<AuditEvent>();
            Optional<EvolvingKey> kept = keyFile.read();
            chain = read(kept, notes);
            key = kept.isPresent() ? kept.get() : firstKey(notes);
            PrivateFiles.forceFolder(folder);
            for (AuditEvent note : notes) {
                append(note);
            }
        }

        private Optional<Object> identity() throws IOException {
            return Optional.ofNullable(Files.readAttributes(
                            folder.resolve(LOG), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        }

        boolean isStillThere() throws IOException {
            try {
                return !Files.isSymbolicLink(folder) && identity().equals(identity);
            } catch (NoSuchFileException e) {
                return false;
            }
        }

        /** Nothing is written behind a place that was changed: it is evidence. */
        private Chain read(Optional<EvolvingKey> kept, List<AuditEvent> notes) throws IOException {
            var following = new Chain(kept);
            try (var lines = new LineReader(folder.resolve(LOG))) {
                for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                    try {
                        anchors.see(following.follow(line.get()).entry().event());
                    } catch (BrokenChainException e) {
                        throw new IOException(
                                e.getMessage() + ". Move " + folder + " away and keep it as evidence; a new log begins"
                                        + " by itself",
                                e);
                    }
                }
                end = lines.end();
                if (lines.torn()) {
                    setAside(notes);
                }
            }
            if (kept.isPresent() && kept.get().sequence() > following.size()) {
                damage = Optional.of("The audit log ends at entry " + (following.size() - 1) + ", but entries up to "
                        + (kept.get().sequence() - 1) + " had been written: its end was cut off");
                notes.add(AuditEvent.own("audit:damage", LOG, Outcome.FAILED, damage.get()));
            }
            return following;
        }

        private void setAside(List<AuditEvent> notes) throws IOException {
            long size = file.size();
            var part = ByteBuffer.allocate((int) Math.min(size - end, 1 << 16));
            file.read(part, end);
            Path copy = folder.resolve("torn-" + end);
            try (FileChannel out = PrivateFiles.open(copy)) {
                PrivateFiles.write(out, part.flip(), 0);
                out.force(true);
            }
            file.truncate(end);
            file.force(true);
            notes.add(AuditEvent.own(
                    "audit:torn",
                    LOG,
                    Outcome.FAILED,
                    "The appliance stopped while an entry was written; its part is in " + copy.getFileName()));
        }

        private EvolvingKey firstKey(List<AuditEvent> notes) throws IOException {
            byte[] bytes = keys.makeFirst();
            var first = new EvolvingKey(bytes, chain.size());
            Arrays.fill(bytes, (byte) 0);
            if (chain.size() > 0) {
                damage = Optional.of("The key of the audit log was missing; a new one begins at entry " + chain.size());
                notes.add(AuditEvent.own("audit:damage", KEY, Outcome.FAILED, damage.get()));
            }
            keyFile.write(first);
            return first;
        }

        long append(AuditEvent event) throws IOException {
            noteJump();
            return write(event);
        }

        private void noteJump() throws IOException {
            long wallNow = clock.millis();
            long monotonicNow = nanoTime.getAsLong();
            long jumped = wallNow - wall - (monotonicNow - monotonic) / 1_000_000;
            wall = wallNow;
            monotonic = monotonicNow;
            if (Math.abs(jumped) > JUMP.toMillis()) {
                write(AuditEvent.own(
                        "clock:jump", "-", Outcome.ALLOWED, "The clock was set by " + jumped / 1000 + " seconds"));
            }
        }

        private long write(AuditEvent event) throws IOException {
            long sequence = chain.size();
            Line line = Line.of(new AuditEntry(sequence, now(), event), chain.head(), key.bytes());
            byte[] bytes = line.bytes();
            byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
            ended[bytes.length] = '\n';
            PrivateFiles.write(file, ByteBuffer.wrap(ended), end);
            file.force(false);
            end += ended.length;
            chain.add(line);
            anchors.see(event);
            while (key.sequence() <= sequence) {
                key.evolve();
            }
            keyFile.write(key);
            return sequence;
        }

        @Override
        public void close() throws IOException {
            try (file) {
                keyFile.close();
            }
        }
    }
}
