package org.hearthwatch.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.hearthwatch.api.secret.SealedFiles;

/** Reads files of a log line by line. Not thread-safe. */
final class LogReader implements Closeable {

    /** What is read where a file that is full ends within an entry: no entry, so that the place is named. */
    private static final byte[] NO_ENTRY = {};

    private final Deque<Path> further;
    private final Optional<SealedFiles> sealing;
    private LineReader current;

    /**
     * @param files at least one, in the order of their entries
     * @param sealing opens those that are encrypted
     */
    LogReader(Collection<Path> files, Optional<SealedFiles> sealing) throws IOException {
        further = new ArrayDeque<>(files);
        this.sealing = sealing;
        current = open(further.remove());
    }

    private LineReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        if (!Segments.isSealed(file)) {
            return new LineReader(in);
        }
        try {
            return new LineReader(sealing.orElseThrow(
                            () -> new IOException("what opens encrypted files is not running; hw:doctor says why"))
                    .open(in));
        } catch (IOException e) {
            in.close();
            throw new IOException(file + " is encrypted and does not open: " + e.getMessage(), e);
        }
    }

    /** The next line without its line break; a last one without line break is not given out, but {@link #torn}. */
    Optional<byte[]> next() throws IOException {
        Optional<byte[]> line = current.next();
        while (line.isEmpty() && !further.isEmpty()) {
            boolean torn = current.torn();
            current.close();
            current = open(further.remove());
            line = torn ? Optional.of(NO_ENTRY) : current.next();
        }
        return line;
    }

    /** Where the last line that was given out ends in the last file. */
    long end() {
        return current.end();
    }

    /** Whether the last file ends in a part of a line. */
    boolean torn() {
        return current.torn();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
