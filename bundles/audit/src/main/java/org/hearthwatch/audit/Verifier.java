package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hearthwatch.api.audit.AuditTrail.Verification;
import org.hearthwatch.api.secret.SealedFiles;
import org.hearthwatch.api.security.SignedNote;

/** Reads a log and its checkpoints from their first byte to their last. */
final class Verifier {

    private static final Pattern BETWEEN_NOTES = Pattern.compile("(?<=\\n)\\n(?=[^\\n\u2014])");
    private static final long MOST_CHECKPOINT_BYTES = 64L << 20;

    private final Path folder;
    private final NoteVerifier notes;
    private final Optional<EvolvingKey> key;
    private final Optional<String> sealed;
    private final Optional<SealedFiles> sealing;

    /**
     * @param key of the first entry, where it is known
     * @param sealed a checkpoint that is kept elsewhere, where there is one
     * @param sealing opens files that are encrypted
     */
    Verifier(
            Path folder,
            NoteVerifier notes,
            Optional<EvolvingKey> key,
            Optional<String> sealed,
            Optional<SealedFiles> sealing) {
        this.folder = folder;
        this.notes = notes;
        this.key = key;
        this.sealed = sealed;
        this.sealing = sealing;
    }

    /** @param expected how many entries there must be at least */
    Verification verify(long expected) throws IOException {
        Deque<Checkpoint> due;
        try {
            due = checkpoints();
        } catch (BrokenChainException e) {
            return new Verification(0, 0, Optional.ofNullable(e.getMessage()));
        }
        int total = due.size();
        var chain = new Chain(key);
        var anchors = new Anchors();
        List<Path> files = Segments.of(folder);
        Deque<SegmentEnd> ends = ends(files);
        try (var lines = new LogReader(files, sealing)) {
            compare(due, chain);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                anchors.see(chain.follow(line.get()).entry().event());
                compare(due, chain);
                if (!ends.isEmpty() && ends.element().size() <= chain.size()) {
                    compare(ends.remove(), SegmentEnd.of(chain, anchors));
                }
            }
        } catch (BrokenChainException e) {
            return new Verification(chain.size(), total - due.size(), Optional.ofNullable(e.getMessage()));
        }
        return new Verification(chain.size(), total - due.size(), missing(due, chain, expected));
    }

    private static Optional<String> missing(Deque<Checkpoint> due, Chain chain, long expected) {
        if (!due.isEmpty()) {
            Checkpoint first = due.element();
            return Optional.of("the log has " + chain.size() + " entries, but the checkpoint of " + first.time()
                    + " covers " + first.size() + ": its end was cut off");
        }
        return chain.size() < expected
                ? Optional.of("the log has " + chain.size() + " entries, but " + expected
                        + " were written: its end was cut off")
                : Optional.empty();
    }

    private static Deque<SegmentEnd> ends(List<Path> files) throws IOException {
        Deque<SegmentEnd> ends = new ArrayDeque<>();
        for (Path file : files) {
            if (Segments.isSealed(file)) {
                ends.add(SegmentEnd.read(Segments.end(file)));
            }
        }
        return ends;
    }

    private static void compare(SegmentEnd noted, SegmentEnd found) throws BrokenChainException {
        if (!noted.equals(found)) {
            throw new BrokenChainException("what is noted of the end of an encrypted file, at entry " + noted.size()
                    + ", is not what the file holds: one of the two was changed");
        }
    }

    private static void compare(Deque<Checkpoint> due, Chain chain) throws BrokenChainException {
        while (!due.isEmpty() && due.element().size() == chain.size()) {
            Checkpoint checkpoint = due.element();
            if (!checkpoint.holds(chain.tree(), chain.head())) {
                throw new BrokenChainException("the first " + checkpoint.size()
                        + " entries are not those of the checkpoint of " + checkpoint.time());
            }
            due.remove();
        }
    }

    private Deque<Checkpoint> checkpoints() throws IOException, BrokenChainException {
        Path file = folder.resolve(FileAuditLog.CHECKPOINTS);
        var found = new ArrayList<Checkpoint>();
        if (sealed.isPresent()) {
            found.add(read(sealed.get()));
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new ArrayDeque<>(found);
        }
        if (Files.size(file) > MOST_CHECKPOINT_BYTES) {
            throw new IOException(file + " is larger than " + (MOST_CHECKPOINT_BYTES >> 20) + " MiB");
        }
        String all = Files.readString(file, StandardCharsets.UTF_8).strip();
        for (String note : all.isEmpty() ? List.<String>of() : List.of(BETWEEN_NOTES.split(all + "\n"))) {
            found.add(read(note));
        }
        found.sort(Comparator.comparingLong(Checkpoint::size));
        return new ArrayDeque<>(found);
    }

    private Checkpoint read(String note) throws BrokenChainException {
        try {
            var signed = SignedNote.parse((note.strip() + "\n").getBytes(StandardCharsets.UTF_8));
            var checkpoint = Checkpoint.parse(signed.text());
            if (checkpoint.isPresent() && notes.signed(signed)) {
                return checkpoint.get();
            }
        } catch (IllegalArgumentException e) {
            // Not even a note; what is to be said is the same.
        }
        throw new BrokenChainException("a checkpoint was changed or is not signed by this appliance:\n" + note);
    }
}
