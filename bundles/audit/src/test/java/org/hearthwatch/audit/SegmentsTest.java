package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {

    private static final int ENTRIES = 20;
    private static final long SEGMENT = 1000;

    @TempDir
    Path directory;

    private AuditFolder folder;

    @BeforeEach
    void a_log_of_several_files() throws Exception {
        folder = new AuditFolder(directory.resolve("audit"));
        try (var log = folder.open()) {
            log.segmentBytes(SEGMENT);
            for (int i = 0; i < ENTRIES; i++) {
                log.record(AuditFolder.event("thing-" + i));
                if (i % 6 == 0) {
                    log.checkpoint();
                }
            }
        }
    }

    @Test
    void no_file_is_much_longer_than_its_size_and_the_chain_goes_on() throws Exception {
        List<Path> files = Segments.of(folder.path);

        assertThat(files).hasSizeGreaterThan(4).endsWith(folder.log());
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(2 * SEGMENT);
        }
        try (var log = folder.open()) {
            assertThat(log.verify()).satisfies(found -> {
                assertThat(found.problem()).isEmpty();
                assertThat(found.entries()).isEqualTo(ENTRIES);
                assertThat(found.checkpoints()).isEqualTo(4);
            });
            assertThat(log.record(AuditFolder.event("after"))).isEqualTo(ENTRIES);
            assertThat(log.newest(100, entry -> true)).hasSize(ENTRIES + 1);
        }
    }

    @Test
    void a_file_that_is_missing_exchanged_or_cut_is_named() throws Exception {
        try (var log = folder.open()) {
            List<Path> files = Segments.of(folder.path);
            Path second = files.get(1);
            byte[] right = Files.readAllBytes(second);

            Files.delete(second);
            assertThat(log.verify().problem().orElse("")).contains("entries were removed, added or moved");
            Files.copy(files.get(2), second);
            assertThat(log.verify().problem().orElse("")).contains("entries were removed, added or moved");
            Files.write(second, right);
            Files.writeString(second, "{", StandardOpenOption.APPEND);
            assertThat(log.verify().problem()).isPresent();
            Files.write(second, right);
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    @Test
    void a_stop_between_the_two_files_loses_nothing() throws Exception {
        Files.move(folder.log(), Segments.full(folder.path, ENTRIES));

        try (var log = folder.open()) {
            assertThat(log.damage()).isEmpty();
            assertThat(log.record(AuditFolder.event("after"))).isEqualTo(ENTRIES);
            assertThat(log.verify().problem()).isEmpty();
        }
    }

    @Test
    void an_export_holds_all_files() throws Exception {
        try (var log = folder.open()) {
            log.export(directory.resolve("export"));
        }

        assertThat(Segments.of(directory.resolve("export"))).hasSameSizeAs(Segments.of(folder.path));
    }
}
