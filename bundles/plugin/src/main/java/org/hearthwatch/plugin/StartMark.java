package org.hearthwatch.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file that is there while a plugin starts: found at the next start, the process ended meanwhile. */
final class StartMark {

    private final Path file;

    StartMark(Path file) {
        this.file = file;
    }

    /** Whose start the process before did not survive, by SHA-256; asked once. */
    Optional<String> take() throws IOException {
        try {
            String sha256 = Files.readString(file, StandardCharsets.US_ASCII).strip();
            Files.delete(file);
            return Optional.of(sha256);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Set before a start; on disk when this returns. */
    void set(String sha256) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(sha256.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
