package org.hearthwatch.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a file line by line, of which none may be long. Not thread-safe. */
final class LineReader implements Closeable {

    private static final int LONGEST = 64 << 10;

    private final InputStream in;
    private long end;
    private boolean torn;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next line without its line break; a last one without line break is not given out, but {@link #torn}. */
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream(512);
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() <= LONGEST) {
            line.write(next);
            next = in.read();
        }
        if (next < 0) {
            torn = line.size() > 0;
            return Optional.empty();
        }
        end += line.size() + 1L;
        return Optional.of(line.toByteArray());
    }

    /** Where the last line that was given out ends in the file. */
    long end() {
        return end;
    }

    /** Whether the file ends in a part of a line. */
    boolean torn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
