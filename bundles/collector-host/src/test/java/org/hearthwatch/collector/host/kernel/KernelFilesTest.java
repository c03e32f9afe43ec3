package org.hearthwatch.collector.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {

    @TempDir
    Path directory;

    private final KernelFiles files = new KernelFiles();

    @Test
    void reads_files_larger_than_its_buffer() throws Exception {
        Path file = Files.writeString(directory.resolve("stat"), "word\n".repeat(100_000));

        KernelText text = files.read(file.toFile());

        int lines = 0;
        while (text.nextLine()) {
            lines++;
        }
        assertThat(lines).isEqualTo(100_000);
    }

    @Test
    void refuses_files_beyond_its_limit() throws Exception {
        Path file = Files.write(directory.resolve("huge"), new byte[KernelFiles.LIMIT + 1]);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.read(file.toFile()))
                .withMessageContaining("larger than " + KernelFiles.LIMIT);
    }

    @Test
    void an_attribute_that_cannot_be_read_is_simply_not_there() throws Exception {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        Path empty = Files.writeString(directory.resolve("empty"), "");
        Path words = Files.writeString(directory.resolve("words"), "no number\n");

        assertThat(files.attribute(directory.resolve("missing").toFile())).isFalse();
        assertThat(files.attribute(directory.toFile())).isFalse();
        assertThat(files.attribute(loop.toFile())).isFalse();
        assertThat(files.attribute(empty.toFile())).isFalse();
        assertThat(files.number(words.toFile())).isNaN();
        assertThat(files.string(words.toFile())).isEqualTo("no number");
    }

    @Test
    void numbers_in_attributes_may_be_negative_or_hexadecimal() throws Exception {
        Path file = directory.resolve("value");

        assertThat(files.number(Files.writeString(file, "-5850\n").toFile())).isEqualTo(-5850);
        assertThat(files.number(Files.writeString(file, "0x1003\n").toFile())).isEqualTo(0x1003);
    }
}
