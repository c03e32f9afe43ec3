package org.hearthwatch.query.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.hearthwatch.query.evaluation.Arena;

/**
 * An answer's body that may take only so long, and for whose bytes memory is reserved: what is made of them is about as large.
 * The memory is given back when it is closed. Not thread-safe.
 */
final class MeteredStream extends FilterInputStream {

    private static final long GRAIN = 64 * 1024;

    private final Arena arena;
    private final LongSupplier nanoTime;
    private final long deadline;
    private long read;
    private long reserved;

    MeteredStream(InputStream body, Arena arena, LongSupplier nanoTime, long deadline) {
        super(body);
        this.arena = arena;
        this.nanoTime = nanoTime;
        this.deadline = deadline;
    }

    /** There is no memory left for the answer. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (nanoTime.getAsLong() - deadline > 0) {
            throw new IOException("its answer took too long");
        }
        int count = super.read(into, offset, length);
        read += Math.max(0, count);
        while (read > reserved) {
            if (!arena.reserve(GRAIN)) {
                throw new TooLargeException("the answer needs more memory than is left for queries (maxMemory of "
                        + "etc/org.hearthwatch.query.cfg); ask for fewer series or a shorter time, or try again later");
            }
            reserved += GRAIN;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        arena.release(reserved);
        reserved = 0;
        super.close();
    }
}
