package org.hearthwatch.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelReaderTest {

    @TempDir
    Path directory;

    @Test
    void an_interrupted_reader_reads_on_and_stays_interrupted() throws IOException {
        try (DiskReader reader = reader()) {
            Thread.currentThread().interrupt();
            assertThat(read(reader, 2, 3)).isEqualTo("cde");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read(reader, 0, 2)).isEqualTo("ab");
        }
    }

    @Test
    void reading_behind_the_end_or_after_closing_fails() throws IOException {
        DiskReader reader = reader();
        assertThat(reader.size()).isEqualTo(5);
        assertThatThrownBy(() -> read(reader, 4, 2)).isInstanceOf(EOFException.class);
        reader.close();
        assertThatThrownBy(() -> read(reader, 0, 2)).isInstanceOf(ClosedChannelException.class);
    }

    private DiskReader reader() throws IOException {
        Files.writeString(directory.resolve("file"), "abcde");
        return new FileDisk(directory).open("file");
    }

    private static String read(DiskReader reader, long at, int length) throws IOException {
        var into = ByteBuffer.allocate(length);
        reader.read(at, into);
        return new String(into.array(), StandardCharsets.US_ASCII);
    }
}
