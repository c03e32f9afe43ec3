package org.example.filecount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCountCollectorTest {

    @TempDir
    Path queue;

    @Test
    void counts_files_but_not_directories() throws Exception {
        Files.createFile(queue.resolve("one"));
        Files.createDirectory(queue.resolve("not-a-file"));
        var samples = new RecordedSamples();

        collectorOf(queue).collect(samples);

        assertThat(samples.asMap())
                .containsExactlyEntriesOf(Map.of("directory_files{directory=\"" + queue + "\"}", 1.0));
    }

    @Test
    void says_so_when_the_directory_is_gone() {
        Path gone = queue.resolve("gone");

        assertThatThrownBy(() -> collectorOf(gone).collect(new RecordedSamples()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(gone.toString());
    }

    static FileCountCollector collectorOf(Path directory) {
        return new FileCountCollector(
                Configs.of(FileCountCollector.Config.class, Map.of("directory", directory.toString())));
    }
}
