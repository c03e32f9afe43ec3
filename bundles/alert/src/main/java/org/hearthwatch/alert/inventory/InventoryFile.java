package org.hearthwatch.alert.inventory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.alert.yaml.FileVersion;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.inventory.InventoryReport;

/** The file, read anew when it changes; one that is wrong is refused whole, and what it said before stays. Not thread-safe. */
public final class InventoryFile {

    private static final String NAME = "inventory.yml";
    private static final long LONGEST = 4 << 20;

    private final Path file;
    private final InstantSource clock;
    private Optional<FileVersion> seen = Optional.empty();
    private Optional<InventoryReport> report = Optional.empty();
    private volatile Optional<RefusedRules> refused = Optional.empty();

    /** @param folder the file's, which may not have it */
    public InventoryFile(Path folder, InstantSource clock) {
        this.file = folder.resolve(NAME);
        this.clock = clock;
    }

    /** What is declared. */
    public Optional<InventoryReport> report() {
        return report;
    }

    /** Why the file as it stands is not in force. */
    public Optional<RefusedRules> refused() {
        return refused;
    }

    /** Looks whether the file has changed; says whether something else is declared now. */
    public boolean refresh() {
        Optional<FileVersion> version = FileVersion.of(file);
        if (version.equals(seen)) {
            return false;
        }
        seen = version;
        Optional<InventoryReport> before = report;
        if (version.isEmpty() && !Files.exists(file)) {
            refused = Optional.empty();
            report = Optional.empty();
        } else {
            read();
        }
        return !report.equals(before);
    }

    private void read() {
        List<String> problems;
        try {
            if (Files.size(file) > LONGEST) {
                throw new IOException("it is longer than " + LONGEST + " bytes");
            }
            Declarations read = Declarations.read(Files.readString(file), "etc/" + NAME);
            problems = read.problems().stream().map(Problem::toString).toList();
            if (problems.isEmpty()) {
                report = Optional.of(read.report());
            }
        } catch (IOException e) {
            String reason = e instanceof CharacterCodingException ? "it is not UTF-8" : String.valueOf(e.getMessage());
            problems = List.of(Problem.Place.START + ": cannot be read: " + reason);
        }
        refused =
                problems.isEmpty() ? Optional.empty() : Optional.of(new RefusedRules(NAME, clock.instant(), problems));
    }
}
