package org.hearthwatch.collector.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthwatch.api.health.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {

    @TempDir
    Path etc;

    @Test
    void files_that_can_be_read_are_not_spoken_of() throws Exception {
        Files.writeString(etc.resolve("good.cfg"), "# a comment\nkey = value\n");
        Files.writeString(etc.resolve("other.txt"), "\\uno");

        assertThat(new ConfigurationFiles(etc).examine()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_is_named_with_the_reason() throws Exception {
        Files.writeString(etc.resolve("escape.cfg"), "path = C:\\users");
        Files.write(etc.resolve("latin.cfg"), "name = Küche".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new ConfigurationFiles(etc).examine())
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("etc/escape.cfg", "etc/latin.cfg");
        assertThat(new ConfigurationFiles(etc).examine())
                .extracting(Finding::problem)
                .anySatisfy(problem -> assertThat(problem).contains("write a backslash as \\\\"))
                .anySatisfy(problem -> assertThat(problem).contains("not UTF-8"));
    }

    @Test
    void a_directory_that_is_not_there_is_a_finding() {
        assertThat(new ConfigurationFiles(etc.resolve("none")).examine())
                .extracting(Finding::problem)
                .singleElement()
                .asString()
                .contains("cannot be listed");
    }
}
