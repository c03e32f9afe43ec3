package org.hearthwatch.prometheus.backfill;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what goes through. */
final class CountedStream extends FilterInputStream {

    private long bytes;
    private long lines;
    private boolean inLine;

    CountedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        for (int i = offset; i < offset + read; i++) {
            if (into[i] == '\n') {
                lines++;
            }
        }
        if (read > 0) {
            bytes += read;
            inLine = into[offset + read - 1] != '\n';
        }
        return read;
    }

    long bytes() {
        return bytes;
    }

    long lines() {
        return inLine ? lines + 1 : lines;
    }
}
