package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.SealedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

    private static final int ENTRIES = 20;

    @TempDir
    Path directory;

    private final MaskedFiles sealing = new MaskedFiles();
    private AuditFolder folder;
    private int full;

    @BeforeEach
    void a_log_of_several_files() throws Exception {
        folder = new AuditFolder(directory.resolve("audit"));
        folder.sealing = Optional.of(sealing);
        try (var log = folder.open()) {
            log.segmentBytes(1000);
            log.raise("vault", 7);
            for (int i = 1; i < ENTRIES; i++) {
                log.record(AuditFolder.event("thing-" + i));
                if (i % 6 == 0) {
                    log.checkpoint();
                }
            }
        }
        full = Segments.of(folder.path).size() - 1;
    }

    private void sealAll() throws IOException {
        try (var log = folder.open()) {
            assertThat(log.sealFull()).isEqualTo(full);
            assertThat(log.sealFull()).isZero();
        }
    }

    @Test
    void files_that_are_full_are_encrypted_and_the_log_goes_on() throws Exception {
        sealAll();

        assertThat(full).isGreaterThan(3);
        assertThat(Segments.of(folder.path).subList(0, full)).allMatch(Segments::isSealed);
        try (Stream<Path> files = Files.list(folder.path)) {
            for (Path file : files.filter(file -> !file.equals(folder.log())).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("thing-1");
            }
        }
        try (var log = folder.open()) {
            assertThat(log.damage()).isEmpty();
            assertThat(log.highest("vault")).hasValue(7);
            assertThat(log.head().size()).isEqualTo(ENTRIES);
            assertThat(log.record(AuditFolder.event("after"))).isEqualTo(ENTRIES);
            log.checkpoint();
            assertThat(log.verify()).satisfies(found -> {
                assertThat(found.problem()).isEmpty();
                assertThat(found.entries()).isEqualTo(ENTRIES + 1);
                assertThat(found.checkpoints()).isEqualTo(4);
            });
            assertThat(log.newest(100, entry -> true)).hasSize(ENTRIES + 1);
            assertThat(log.newest(2, entry -> true))
                    .extracting(entry -> entry.event().object())
                    .containsExactly("thing-19", "after");
        }
    }

    @Test
    void plain_files_stay_until_the_run_after_so_that_a_copy_of_the_folder_has_everything() throws Exception {
        try (var log = folder.open()) {
            log.sealFull();
        }

        for (Path file : Segments.of(folder.path).subList(0, full)) {
            assertThat(Segments.isSealed(file)).isFalse();
            assertThat(Segments.sealed(file)).exists();
            assertThat(Segments.end(file)).exists();
        }
    }

    @Test
    void while_the_vault_is_sealed_new_entries_are_taken_and_shown_and_nothing_is_encrypted() throws Exception {
        sealAll();
        sealing.closed = true;
        try (var log = folder.open()) {
            log.segmentBytes(1000);
            for (int i = 0; i < 5; i++) {
                log.record(AuditFolder.event("later-" + i));
            }
            assertThat(log.newest(100, entry -> true))
                    .hasSizeGreaterThanOrEqualTo(5)
                    .last()
                    .satisfies(entry -> assertThat(entry.event().object()).isEqualTo("later-4"));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(log::verify)
                    .withMessageContaining("is encrypted and does not open: The vault is sealed");
            assertThatExceptionOfType(IOException.class).isThrownBy(log::sealFull);
            assertThat(Segments.of(folder.path)).hasSizeGreaterThan(full + 1);
        }
    }

    @Test
    void what_does_not_open_to_what_was_encrypted_stays_plain() throws Exception {
        sealing.damaging = true;
        try (var log = folder.open()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(log::sealFull)
                    .withMessageContaining("does not open to what was encrypted");
        }
        sealing.damaging = false;

        assertThat(Segments.of(folder.path)).noneMatch(Segments::isSealed).hasSize(full + 1);
        sealAll();
    }

    @Test
    void a_changed_file_or_a_changed_end_is_found() throws Exception {
        sealAll();
        Path second = Segments.of(folder.path).get(1);
        byte[] right = Files.readAllBytes(second);
        try (var log = folder.open()) {
            byte[] wrong = right.clone();
            wrong[wrong.length / 2] ^= 1;
            Files.write(second, wrong);
            assertThat(log.verify().problem()).isPresent();
            Files.write(second, right);

            Path end = Segments.end(second);
            String note = Files.readString(end);
            Files.writeString(end, note.replace("7 vault", "6 vault"));
            assertThat(log.verify().problem().orElse("")).contains("what is noted of the end of an encrypted file");
            Files.writeString(end, note);
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    @Test
    void without_the_note_of_where_the_encrypted_files_end_nothing_is_written() throws Exception {
        sealAll();
        Path end = Segments.end(Segments.of(folder.path).get(full - 1));
        String note = Files.readString(end);
        for (String wrong : List.of("", "nonsense", note.replace("v1", "v2"), note.substring(0, 60))) {
            Files.writeString(end, wrong);
            assertThatExceptionOfType(IOException.class)
                    .as(wrong)
                    .isThrownBy(folder::open)
                    .withMessageContaining("Put " + end + " back");
        }
        Files.writeString(end, note.replaceFirst("\n[0-9a-f]{4}", "\n0000"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(folder::open)
                .withMessageContaining("does not follow the one before it");
    }

    @Test
    void stopped_after_any_step_the_next_run_goes_on() throws Exception {
        sealAll();
        // As a stop leaves it: the encrypted file begun, or there beside the plain one, or without its end.
        List<Path> files = Segments.of(folder.path);
        Path last = files.get(full - 1);
        Path plain = last.resolveSibling(last.getFileName().toString().replace(".age", ""));
        byte[] content = sealing.open(Files.newInputStream(last)).readAllBytes();
        for (int step = 0; step < 3; step++) {
            Files.write(plain, content);
            if (step == 0) {
                Files.move(last, last.resolveSibling(last.getFileName() + ".next"));
                Files.write(last.resolveSibling(last.getFileName() + ".next"), new byte[] {1});
            } else if (step == 1) {
                Files.delete(Segments.end(last));
            }
            try (var log = folder.open()) {
                log.sealFull();
                log.sealFull();
                assertThat(log.verify().problem()).as("step %d", step).isEmpty();
            }
            assertThat(Segments.of(folder.path)).isEqualTo(files);
        }
    }

    @Test
    void an_export_is_plain_where_it_opens_and_otherwise_for_whoever_has_a_key() throws Exception {
        sealAll();
        try (var log = folder.open()) {
            log.export(directory.resolve("plain"));
            sealing.closed = true;
            log.export(directory.resolve("sealed"));
        }

        assertThat(Segments.of(directory.resolve("plain"))).hasSize(full + 1).noneMatch(Segments::isSealed);
        assertThat(Segments.of(directory.resolve("sealed")))
                .hasSize(full + 1)
                .filteredOn(Segments::isSealed)
                .hasSize(full)
                .allSatisfy(file -> assertThat(Segments.end(file)).exists());
    }

    @Test
    void a_changed_file_is_not_encrypted() throws Exception {
        Path first = Segments.of(folder.path).get(0);
        try (var log = folder.open()) {
            Files.writeString(first, Files.readString(first).replace("thing-1\"", "thing-0\""));

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(log::sealFull)
                    .withMessageContaining("is not encrypted, for it was changed");
            assertThat(first).exists();
        }
    }

    @Test
    void entries_are_taken_while_files_are_encrypted() throws IOException, AuditUnavailableException {
        try (var log = folder.open()) {
            folder.sealing = Optional.of(new RecordingFiles(log));
            log.sealFull();
            assertThat(log.newest(1, entry -> true).get(0).event().object()).isEqualTo("from the vault");
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    /** As a vault does, it has something to record when it is asked. */
    private record RecordingFiles(FileAuditLog log) implements SealedFiles {

        @Override
        public OutputStream seal(OutputStream out) {
            return new MaskedFiles().seal(out);
        }

        @Override
        public InputStream open(InputStream in) throws IOException {
            var recorded = CompletableFuture.supplyAsync(() -> {
                try {
                    return log.record(AuditFolder.event("from the vault"));
                } catch (AuditUnavailableException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(recorded.join()).isPositive();
            return new MaskedFiles().open(in);
        }
    }
}
