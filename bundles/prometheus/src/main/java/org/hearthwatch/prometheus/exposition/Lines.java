package org.hearthwatch.prometheus.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one at a time, in a buffer that is reused and never grows beyond a line's limit. */
final class Lines {

    private static final int READ = 32 * 1024;

    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[READ];
    private int filled;
    private int next;
    private boolean ended;

    private int begin;
    private int end;
    private long number;
    private int shifted;

    Lines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Goes to the next line. False when there is none. */
    boolean advance() throws IOException, ExpositionException {
        int from = next;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return found(i, i + 1);
                }
            }
            if (filled - next > limit) {
                throw tooLong();
            }
            from = filled;
            if (ended || !fill()) {
                return filled > next && found(filled, filled);
            }
            from -= shifted;
        }
    }

    private boolean found(int lineEnd, int following) throws ExpositionException {
        if (lineEnd - next > limit) {
            throw tooLong();
        }
        begin = next;
        end = lineEnd;
        next = following;
        number++;
        return true;
    }

    private boolean fill() throws IOException {
        shifted = 0;
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            shifted = next;
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
        return !ended;
    }

    private ExpositionException tooLong() {
        return new ExpositionException(number + 1, "longer than " + limit + " bytes");
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the buffer. */
    int begin() {
        return begin;
    }

    /** Where it ends, the line feed excluded. */
    int end() {
        return end;
    }

    /** Counted from 1. */
    long number() {
        return number;
    }
}
