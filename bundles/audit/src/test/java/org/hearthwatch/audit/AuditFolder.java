package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.SealedFiles;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.testkit.TestClock;

/** A folder with a log in it, which tests write, damage and open again. */
final class AuditFolder {

    static final String ORIGIN = "hearthwatch.test/audit";

    final Path path;
    final TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    final AtomicLong nanos = new AtomicLong();
    Optional<SealedNotes> vault = Optional.empty();
    Optional<SealedFiles> sealing = Optional.empty();

    AuditFolder(Path path) {
        this.path = path;
    }

    FileAuditLog open() throws IOException {
        return new FileAuditLog(path, ORIGIN, clock, nanos::get, new SecureRandom(), () -> vault, () -> sealing);
    }

    Path log() {
        return path.resolve(FileAuditLog.LOG);
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(log(), StandardCharsets.UTF_8);
    }

    void lines(List<String> lines) throws IOException {
        Files.writeString(log(), String.join("\n", lines) + "\n");
    }

    /** A log with a number of entries, closed. */
    AuditFolder with(int entries) throws IOException, AuditUnavailableException {
        try (var log = open()) {
            for (int i = 0; i < entries; i++) {
                log.record(event("thing-" + i));
            }
        }
        return this;
    }

    static AuditEvent event(String object) {
        return new AuditEvent("ann", "admin", "127.0.0.1", "token:create", object, Outcome.ALLOWED, "");
    }
}
