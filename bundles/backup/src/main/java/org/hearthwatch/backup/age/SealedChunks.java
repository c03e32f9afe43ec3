package org.hearthwatch.backup.age;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Encrypts in chunks, the last of which says that it is the last. */
final class SealedChunks extends OutputStream {

    private final OutputStream out;
    private final byte[] key;
    private final ChunkNonce nonces = new ChunkNonce();
    private final byte[] chunk = new byte[AgeFile.CHUNK];
    private int filled;
    private boolean closed;

    SealedChunks(OutputStream out, byte[] key) {
        this.out = out;
        this.key = key;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        for (int left = length; left > 0; ) {
            // A full chunk waits until it is known whether it is the last.
            if (filled == AgeFile.CHUNK) {
                flushChunk(false);
            }
            int part = Math.min(left, AgeFile.CHUNK - filled);
            System.arraycopy(bytes, at, chunk, filled, part);
            filled += part;
            at += part;
            left -= part;
        }
    }

    private void flushChunk(boolean last) throws IOException {
        out.write(Primitives.seal(key, nonces.next(last), chunk, filled));
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (out) {
                flushChunk(true);
            } finally {
                Arrays.fill(key, (byte) 0);
                Arrays.fill(chunk, (byte) 0);
            }
        }
    }
}
