package org.hearthwatch.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads a log line by line through all its files. Not thread-safe. */
final class LogReader implements Closeable {

    /** What is read where a file that is full ends within an entry: no entry, so that the place is named. */
    private static final byte[] NO_ENTRY = {};

    private final Deque<Path> further;
    private LineReader current;

    LogReader(Path folder) throws IOException {
        further = new ArrayDeque<>(Segments.of(folder));
        current = new LineReader(further.remove());
    }

    /** The next line without its line break; a last one without line break is not given out, but {@link #torn}. */
    Optional<byte[]> next() throws IOException {
        Optional<byte[]> line = current.next();
        while (line.isEmpty() && !further.isEmpty()) {
            boolean torn = current.torn();
            current.close();
            current = new LineReader(further.remove());
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
