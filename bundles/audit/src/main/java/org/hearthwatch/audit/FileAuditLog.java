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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
import org.hearthwatch.api.secret.SealedFiles;
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
    private static final long SEGMENT_BYTES = 16L << 20;

    private final Path folder;
    private final String origin;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final KeyPlace keys;
    private final Supplier<Optional<SealedFiles>> sealing;

    /** Which files there are stays as it is while somebody reads them; appending to the last one needs no leave. */
    private final ReadWriteLock layout = new ReentrantReadWriteLock();

    private volatile long segmentBytes = SEGMENT_BYTES;
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
     * @param sealing encrypts and opens files that are full
     * @throws IOException if the folder cannot be used; a log that was changed opens all the same, see {@link #damage}
     */
    public FileAuditLog(
            Path folder,
            String origin,
            InstantSource clock,
            LongSupplier nanoTime,
            SecureRandom random,
            Supplier<Optional<SealedNotes>> vault,
            Supplier<Optional<SealedFiles>> sealing)
            throws IOException {
        this.folder = folder;
        this.origin = origin;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.keys = new KeyPlace(folder, origin, vault, random);
        this.sealing = sealing;
        writer = new Writer();
    }

    /** A file of the log that has this many bytes is followed by another. */
    public void segmentBytes(long bytes) {
        segmentBytes = bytes;
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
                            + "), and what cannot be recorded is not done. Make room or mend the folder, then try"
                            + " again",
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
        layout.readLock().lock();
        try {
            return new NewestEntries(Segments.of(folder), sealing.get()).read(Math.min(most, MOST_READ), wanted);
        } finally {
            layout.readLock().unlock();
        }
    }

    @Override
    public Verification verify() throws IOException {
        long expected = head().size();
        layout.readLock().lock();
        try {
            return new Verifier(folder, keys.verifier(), keys.first(), keys.head(), sealing.get()).verify(expected);
        } finally {
            layout.readLock().unlock();
        }
    }

    /**
     * Encrypts files that are full. What was encrypted the time before is then no longer there in plain.
     *
     * @return how many were encrypted
     * @throws IOException if one cannot be encrypted or read again, or the vault is not open; it stays plain then
     */
    public int sealFull() throws IOException {
        SealedFiles files = sealing.get()
                .orElseThrow(() -> new IOException("what encrypts files is not running; hw:doctor says why"));
        layout.writeLock().lock();
        try {
            return new Sealing(folder, files).run();
        } finally {
            layout.writeLock().unlock();
        }
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
        String verifier = keys.verifier().text();
        layout.readLock().lock();
        try {
            List<Path> all = Segments.of(folder);
            List<Path> sealed = all.stream().filter(Segments::isSealed).toList();
            begin(directory);
            for (Path file : sealed) {
                // Not under the log's lock: the vault is asked, which may have something to record.
                exportSealed(file, directory);
            }
            export(directory, all.subList(sealed.size(), all.size()), verifier);
        } finally {
            layout.readLock().unlock();
        }
    }

    private static void begin(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(directory.toString(), null, "is there already; name a new folder");
        }
        PrivateFiles.makeFolder(directory);
    }

    /** In plain where it opens, else as it is, for whoever has a key. */
    private void exportSealed(Path file, Path directory) throws IOException {
        Optional<SealedFiles> opener = sealing.get();
        String name = String.valueOf(file.getFileName());
        if (opener.isPresent()) {
            Path plain = directory.resolve(name.substring(0, name.length() - Segments.SEALED.length()));
            try (var in = opener.get().open(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
                Files.copy(in, plain);
                return;
            } catch (IOException e) {
                Files.deleteIfExists(plain);
            }
        }
        Files.copy(file, directory.resolve(name));
        Files.copy(Segments.end(file), directory.resolve(Segments.end(file).getFileName()));
    }

    private synchronized void export(Path directory, List<Path> plain, String verifier) throws IOException {
        List<Path> files = new ArrayList<>(plain);
        files.add(folder.resolve(CHECKPOINTS));
        for (Path file : files) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(file, directory.resolve(file.getFileName()));
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

        private FileChannel file;
        private Optional<Object> identity;
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
            return Optional.ofNullable(
                    Files.readAttributes(folder.resolve(LOG), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
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
            List<Path> files = Segments.of(folder);
            int sealed = (int) files.stream().takeWhile(Segments::isSealed).count();
            SegmentEnd before = sealed == 0 ? SegmentEnd.START : endOf(files.get(sealed - 1));
            Chain following = before.chain(kept);
            anchors.raise(before.anchors());
            try (var lines = new LogReader(files.subList(sealed, files.size()), Optional.empty())) {
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

        private SegmentEnd endOf(Path sealed) throws IOException {
            try {
                return SegmentEnd.read(Segments.end(sealed));
            } catch (IOException e) {
                throw new IOException(
                        "where " + sealed + " ends cannot be read (" + e.getMessage() + "). Put " + Segments.end(sealed)
                                + " back from a backup, or move " + folder
                                + " away and keep it as evidence; a new log begins by itself",
                        e);
            }
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
            if (end >= segmentBytes) {
                beginFile();
            }
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

        /** The chain goes on in a new file: one rename, before which nothing is new and after which nothing is missing. */
        private void beginFile() throws IOException {
            file.close();
            Files.move(folder.resolve(LOG), Segments.full(folder, chain.size()), StandardCopyOption.ATOMIC_MOVE);
            file = PrivateFiles.open(folder.resolve(LOG));
            identity = identity();
            end = 0;
            PrivateFiles.forceFolder(folder);
        }

        @Override
        public void close() throws IOException {
            try {
                keyFile.close();
            } finally {
                file.close();
            }
        }
    }
}
