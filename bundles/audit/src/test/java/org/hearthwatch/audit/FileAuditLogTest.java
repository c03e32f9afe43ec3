package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {

    @TempDir
    Path directory;

    private AuditFolder folder;

    @BeforeEach
    void choose() {
        folder = new AuditFolder(directory.resolve("audit"));
    }

    @Test
    void what_was_recorded_is_there_after_opening_again() throws Exception {
        folder.with(3);
        try (var log = folder.open()) {
            assertThat(log.record(AuditFolder.event("fourth"))).isEqualTo(3);
            assertThat(log.newest(2, entry -> true))
                    .extracting(AuditEntry::sequence)
                    .containsExactly(2L, 3L);
            assertThat(log.verify().problem()).isEmpty();
            assertThat(log.verify().entries()).isEqualTo(4);
        }
    }

    @Test
    void entries_can_be_chosen() throws Exception {
        folder.with(5);
        try (var log = folder.open()) {
            assertThat(log.newest(10, entry -> entry.event().object().equals("thing-2")))
                    .hasSize(1);
        }
    }

    @Test
    void a_torn_last_line_is_set_aside_and_recorded() throws Exception {
        folder.with(2);
        Files.writeString(folder.log(), "{\"v\":1,\"seq\":2,\"ts\":\"20", StandardOpenOption.APPEND);
        try (var log = folder.open()) {
            assertThat(log.verify().problem()).isEmpty();
            assertThat(log.newest(1, entry -> true).get(0).event().action()).isEqualTo("audit:torn");
        }
        try (var files = Files.list(folder.path)) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.startsWith("torn-"));
        }
    }

    @Test
    void a_log_cut_anywhere_opens_and_says_what_is_missing() throws Exception {
        folder.with(2);
        byte[] whole = Files.readAllBytes(folder.log());
        for (int size = whole.length - 1; size >= 0; size -= 23) {
            var copy = new AuditFolder(directory.resolve("cut-" + size));
            copyTo(copy);
            Files.write(copy.log(), java.util.Arrays.copyOf(whole, size));
            try (var log = copy.open()) {
                assertThat(log.damage())
                        .as("cut at %s of %s", size, whole.length)
                        .isPresent();
                assertThat(log.newest(9, entry -> true))
                        .anyMatch(entry -> entry.event().action().equals("audit:damage"));
            }
        }
    }

    @Test
    void a_changed_log_takes_nothing_more() throws Exception {
        folder.with(3);
        List<String> lines = folder.lines();
        lines.set(1, lines.get(1).replace("ann", "bob"));
        folder.lines(lines);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(folder::open)
                .withMessageContaining("entry 2 does not follow")
                .withMessageContaining("evidence");
    }

    @Test
    void nothing_is_taken_while_the_folder_cannot_be_written_and_all_is_well_afterwards() throws Exception {
        try (var log = folder.open()) {
            log.record(AuditFolder.event("before"));
        }
        try (var log = folder.open()) {
            Path away = directory.resolve("away");
            Files.move(folder.path, away);
            Files.createSymbolicLink(folder.path, away);
            assertThatExceptionOfType(AuditUnavailableException.class)
                    .isThrownBy(() -> log.record(AuditFolder.event("meanwhile")))
                    .withMessageContaining("symbolic link");
            assertThat(log.failures()).isOne();
            Files.delete(folder.path);
            Files.move(away, folder.path);
            assertThat(log.record(AuditFolder.event("after"))).isOne();
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    @Test
    void a_file_taken_away_while_the_log_is_open_is_missed_at_the_next_entry() throws Exception {
        try (var log = folder.open()) {
            log.record(AuditFolder.event("before"));
            Files.move(folder.path.resolve("audit.jsonl"), directory.resolve("stolen"));

            log.record(AuditFolder.event("after"));

            assertThat(log.damage()).hasValueSatisfying(damage -> assertThat(damage).contains("its end was cut off"));
            assertThat(folder.lines()).anyMatch(line -> line.contains("audit:damage"));
        }
    }

    @Test
    void a_clock_that_was_set_is_noted_and_the_order_stays() throws Exception {
        try (var log = folder.open()) {
            log.record(AuditFolder.event("a"));
            folder.clock.advance(Duration.ofDays(-365));
            log.record(AuditFolder.event("b"));
            assertThat(log.newest(9, entry -> true))
                    .extracting(entry -> entry.event().action())
                    .containsExactly("token:create", "clock:jump", "token:create");
        }
    }

    @Test
    void time_that_passes_is_no_jump() throws Exception {
        try (var log = folder.open()) {
            log.record(AuditFolder.event("a"));
            folder.clock.advance(Duration.ofHours(5));
            folder.nanos.addAndGet(Duration.ofHours(5).toNanos());
            log.record(AuditFolder.event("b"));
            assertThat(log.newest(9, entry -> true)).hasSize(2);
        }
    }

    @Test
    void hostile_texts_stay_one_line_each() throws Exception {
        String hostile = "x\r\n{\"v\":1,\"seq\":9}\u2028\u202e\u0000\ud800" + "y".repeat(5000);
        try (var log = folder.open()) {
            log.record(new AuditEvent(hostile, hostile, hostile, hostile, hostile, Outcome.REFUSED, hostile));
            log.record(AuditFolder.event("next"));
            assertThat(log.verify().problem()).isEmpty();
        }
        assertThat(folder.lines()).hasSize(2);
        assertThat(folder.lines().get(0)).doesNotContain("\u202e", "\u2028", "\u0000");
    }

    @Test
    void nobody_else_can_read_its_files() throws Exception {
        folder.with(1);
        try (var files = Files.list(folder.path)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void an_export_holds_what_a_verification_needs_and_no_secret() throws Exception {
        folder.with(2);
        try (var log = folder.open()) {
            log.checkpoint();
            Path out = directory.resolve("export");
            log.export(out);
            try (var files = Files.list(out)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("audit.jsonl", "checkpoints", "verifier");
            }
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> log.export(out))
                    .withMessageContaining("new folder");
        }
    }

    private void copyTo(AuditFolder copy) throws IOException {
        Files.createDirectory(copy.path);
        try (var files = Files.list(folder.path)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.path.resolve(file.getFileName()));
            }
        }
    }
}
