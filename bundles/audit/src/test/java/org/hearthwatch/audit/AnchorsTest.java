package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorsTest {

    @TempDir
    Path directory;

    @Test
    void a_number_is_remembered_across_restarts_and_never_falls() throws Exception {
        var folder = new AuditFolder(directory.resolve("audit"));
        try (var log = folder.open()) {
            assertThat(log.highest("vault")).isEmpty();
            log.raise("vault", 41);
            log.raise("vault", 43);
            log.raise("vault", 42);
            log.raise("other", 1);
        }

        try (var log = folder.open()) {
            assertThat(log.highest("vault")).isEqualTo(OptionalLong.of(43));
            assertThat(log.highest("other")).isEqualTo(OptionalLong.of(1));
            assertThat(log.head().size()).isEqualTo(3);
        }
    }

    @Test
    void nobody_raises_a_number_by_what_they_do() throws Exception {
        try (var log = new AuditFolder(directory.resolve("audit")).open()) {
            log.record(new AuditEvent("ann", "admin", "shell", "anchor:raise", "vault", Outcome.ALLOWED, "99"));

            assertThat(log.highest("vault")).isEmpty();
        }
    }
}
