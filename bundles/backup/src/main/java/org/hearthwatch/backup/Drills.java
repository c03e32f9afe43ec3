package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups.Drill;

/** Keeps how the newest drill ended, over restarts: a file of lines, time, archive, result, then what was found. */
final class Drills {

    private static final String PASSED = "passed";
    private static final String FAILED = "failed";

    private final Path file;
    private volatile Optional<Drill> last;

    Drills(Places places) {
        file = places.own().resolve("drill");
        last = read(file);
    }

    Optional<Drill> last() {
        return last;
    }

    void record(Drill drill) throws BackupException {
        last = Optional.of(drill);
        var text = new StringBuilder()
                .append(drill.time())
                .append('\n')
                .append(drill.archive())
                .append('\n')
                .append(drill.passed() ? PASSED : FAILED)
                .append('\n');
        for (String line : drill.found()) {
            text.append(line.replace('\n', ' ')).append('\n');
        }
        try {
            Places.makeFolder(Objects.requireNonNull(file.getParent(), "the file is in a folder"));
            Places.replace(file, text.toString());
        } catch (IOException e) {
            throw new BackupException("The result of a drill cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Drill> read(Path file) {
        try {
            List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(new Drill(
                            Instant.parse(lines.get(0)),
                            lines.get(1),
                            lines.get(2).equals(PASSED),
                            lines.subList(3, lines.size())));
        } catch (IOException | DateTimeException e) {
            // Then it counts as never done, and the next one is due.
            return Optional.empty();
        }
    }
}
