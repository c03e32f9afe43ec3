package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language, written from docs/audit-format.md alone, comes to the same findings. */
class OtherReaderTest {

    @TempDir
    Path directory;

    private Path export;
    private String firstKey = "";

    @BeforeEach
    void export() throws Exception {
        var folder = new AuditFolder(directory.resolve("audit"));
        try (var log = folder.open()) {
            log.segmentBytes(1000);
            log.checkpoint();
            for (int i = 0; i < 11; i++) {
                log.record(AuditFolder.event("thing " + i));
                if (i % 3 == 0) {
                    log.checkpoint();
                }
            }
            log.record(new AuditEvent(
                    "\"\\\u0001\u202e\ud800\u00e9\ud83d\ude00", "-", "-", "x:y", "-", Outcome.FAILED, "\r\n\u2028"));
            export = directory.resolve("export");
            log.export(export);
        }
        firstKey = Files.readString(folder.path.resolve(KeyPlace.FIRST_KEY)).strip();
    }

    @Test
    void it_finds_the_log_right() throws Exception {
        assertThat(run()).isEqualTo("12 entries, 5 checkpoints\n");
    }

    @Test
    void it_finds_a_changed_entry() throws Exception {
        for (Path file : Segments.of(export)) {
            Files.writeString(file, Files.readString(file).replace("thing 7", "thing 8"));
        }
        assertThat(run()).contains("AssertionError: key of 7");
    }

    private String run() throws IOException, InterruptedException {
        var script = directory.resolve("read_audit.py");
        try (var in = Objects.requireNonNull(OtherReaderTest.class.getResourceAsStream("read_audit.py"))) {
            Files.write(script, in.readAllBytes());
        }
        Process process = new ProcessBuilder(List.of("python3", script.toString(), export.toString(), firstKey))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
