package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.secret.SealedFiles;

/** Looks for the newest entries of a log, from its last file backwards, so that old files are read only where they are needed. */
record NewestEntries(List<Path> files, Optional<SealedFiles> sealing) {

    /** @return oldest first; without those of encrypted files while these do not open */
    List<AuditEntry> read(int most, Predicate<AuditEntry> wanted) throws IOException {
        Deque<AuditEntry> found = new ArrayDeque<>();
        for (int i = files.size() - 1; i >= 0 && found.size() < most; i--) {
            Path file = files.get(i);
            try {
                Deque<AuditEntry> in = read(file, most - found.size(), wanted);
                while (!in.isEmpty()) {
                    found.addFirst(in.removeLast());
                }
            } catch (IOException e) {
                if (!Segments.isSealed(file)) {
                    throw e;
                }
                break;
            }
        }
        return List.copyOf(found);
    }

    private Deque<AuditEntry> read(Path file, int most, Predicate<AuditEntry> wanted) throws IOException {
        Deque<AuditEntry> found = new ArrayDeque<>();
        try (var lines = new LogReader(List.of(file), sealing)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                AuditEntry entry = Line.parse(line.get()).entry();
                if (wanted.test(entry)) {
                    found.add(entry);
                    if (found.size() > most) {
                        found.remove();
                    }
                }
            }
        }
        return found;
    }
}
