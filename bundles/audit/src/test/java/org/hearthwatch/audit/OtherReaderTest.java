package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.secret.SealedFiles;
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

    @Test
    void it_opens_encrypted_files_with_the_age_program() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/age")), "needs the age program (Debian: age)");
        Path key = directory.resolve("age.key");
        run(List.of("age-keygen", "-o", key.toString()));
        var program = new AgeProgram(run(List.of("age-keygen", "-y", key.toString())).strip(), key);
        var folder = new AuditFolder(directory.resolve("encrypted"));
        folder.sealing = Optional.of(program);
        Path sealed = directory.resolve("sealed");
        try (var log = folder.open()) {
            log.segmentBytes(1000);
            log.raise("vault", 12);
            for (int i = 0; i < 9; i++) {
                log.record(AuditFolder.event("thing " + i));
            }
            log.checkpoint();
            log.sealFull();
            log.sealFull();
            folder.sealing = Optional.empty();
            log.export(sealed);
        }
        String first = Files.readString(folder.path.resolve(KeyPlace.FIRST_KEY)).strip();
        List<String> reader = List.of("python3", script(), sealed.toString(), first, key.toString());

        assertThat(Segments.of(sealed)).filteredOn(Segments::isSealed).hasSizeGreaterThan(1);
        assertThat(run(reader)).isEqualTo("10 entries, 1 checkpoints\n");
        Path end = Segments.end(Segments.of(sealed).get(0));
        Files.writeString(end, Files.readString(end).replace("12 vault", "11 vault"));
        assertThat(run(reader)).contains("AssertionError: end in");
    }

    /** Encrypts with the age program. */
    private record AgeProgram(String recipient, Path key) implements SealedFiles {

        @Override
        public OutputStream seal(OutputStream out) {
            return new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    out.write(piped(List.of("age", "-r", recipient), toByteArray()));
                    out.close();
                }
            };
        }

        @Override
        public InputStream open(InputStream in) throws IOException {
            try (in) {
                return new ByteArrayInputStream(piped(List.of("age", "-d", "-i", key.toString()), in.readAllBytes()));
            }
        }

        private static byte[] piped(List<String> command, byte[] input) throws IOException {
            Process process = new ProcessBuilder(command).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            return process.getInputStream().readAllBytes();
        }
    }

    private String run() throws IOException, InterruptedException {
        return run(List.of("python3", script(), export.toString(), firstKey));
    }

    private String script() throws IOException {
        var script = directory.resolve("read_audit.py");
        try (var in = Objects.requireNonNull(OtherReaderTest.class.getResourceAsStream("read_audit.py"))) {
            Files.write(script, in.readAllBytes());
        }
        return script.toString();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
