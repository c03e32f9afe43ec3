package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.store.Importer;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private final Lines importer = new Lines();
    private final TestScreen screen =
            new TestScreen().with(Importer.class, importer).with(AuditLog.class, new FakeAudit());

    @TempDir
    private Path folder;

    /** Takes every line as a sample, but for one that says bad. */
    private static final class Lines implements Importer {

        final List<String> stored = new ArrayList<>();

        @Override
        public List<String> formats() {
            return List.of("openmetrics", "prometheus");
        }

        @Override
        public ImportReport load(String format, String name, InputStream text, Consumer<String> progress)
                throws ImportException, IOException {
            List<String> lines = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            progress.accept(name + ": " + lines.size() + " lines");
            int bad = lines.indexOf("bad");
            if (bad >= 0) {
                throw new ImportException(name + ":" + (bad + 1) + ": \"bad\" is no sample");
            }
            stored.addAll(lines);
            return new ImportReport(
                    lines.size(), lines.size(), 1, Optional.of(TestClock.START), Optional.of(TestClock.START));
        }
    }

    @Test
    void a_file_is_read_with_progress() throws IOException {
        Path file = Files.writeString(folder.resolve("old.om"), "a 1 1\na 2 2\n");

        assertThat(screen.run("import openmetrics " + file)).isZero();

        assertThat(importer.stored).containsExactly("a 1 1", "a 2 2");
        assertThat(screen.out())
                .isEqualTo(file + ": 2 lines\nImported 2 samples of 1 series from " + file
                        + ", 2026-01-02 03:04:05 to 2026-01-02 03:04:05.\n");
    }

    @Test
    void a_dash_reads_what_is_piped_in() {
        assertThat(screen.piping("a 1 1\n").run("import prometheus -")).isZero();

        assertThat(importer.stored).containsExactly("a 1 1");
        assertThat(screen.out()).contains("from standard input");
    }

    @Test
    void scripts_get_one_document() throws IOException {
        Path file = Files.writeString(folder.resolve("old.om"), "a 1 1\n");

        screen.run("import openmetrics --json " + file);

        assertThat(screen.out().strip())
                .isEqualTo("{\"lines\":1,\"samples\":1,\"series\":1,\"from\":1767323045,\"to\":1767323045}");
    }

    @Test
    void a_bad_line_is_named_and_exit_code_one() throws IOException {
        Path file = Files.writeString(folder.resolve("old.om"), "a 1 1\nbad\n");

        assertThat(screen.run("import openmetrics " + file)).isEqualTo(1);
        assertThat(screen.err()).isEqualTo(file + ":2: \"bad\" is no sample. Nothing was imported.\n");
        assertThat(importer.stored).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_is_exit_code_one() {
        assertThat(screen.run("import openmetrics /nowhere/old.om")).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("/nowhere/old.om does not exist on the appliance's machine\n");
        assertThat(screen.run("import openmetrics " + folder)).isEqualTo(1);
        assertThat(screen.err()).contains("is a directory");
    }

    @Test
    void a_format_that_is_unknown_and_a_path_of_nowhere_are_exit_code_two() {
        assertThat(screen.run("import csv /tmp/x")).isEqualTo(2);
        assertThat(screen.err()).contains("\"csv\" is none of openmetrics, prometheus");
        assertThat(screen.run("import openmetrics old.om")).isEqualTo(2);
        assertThat(screen.err()).contains("does not begin with /");
    }
}
