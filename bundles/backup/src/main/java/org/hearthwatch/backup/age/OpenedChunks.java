package org.hearthwatch.backup.age;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;

/** Decrypts chunks; what was cut or changed ends in an exception, never in an early end. */
final class OpenedChunks extends InputStream {

    private static final int SEALED = AgeFile.CHUNK + Primitives.TAG;

    private final InputStream in;
    private final byte[] key;
    private final ChunkNonce nonces = new ChunkNonce();
    private byte[] ahead;
    private byte[] chunk = new byte[0];
    private int at;
    private long number;
    private boolean ended;

    OpenedChunks(InputStream in, byte[] key) throws IOException {
        this.in = in;
        this.key = key;
        ahead = in.readNBytes(SEALED);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == chunk.length) {
            if (ended) {
                return -1;
            }
            next();
        }
        int part = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, bytes, from, part);
        at += part;
        return part;
    }

    private void next() throws IOException {
        byte[] sealed = ahead;
        ahead = sealed.length == SEALED ? in.readNBytes(SEALED) : new byte[0];
        boolean last = ahead.length == 0;
        Arrays.fill(chunk, (byte) 0);
        at = 0;
        number++;
        try {
            if (sealed.length < Primitives.TAG) {
                throw new AgeException("it is cut behind part " + (number - 1));
            }
            chunk = Primitives.open(key, nonces.next(last), sealed, sealed.length);
        } catch (InvalidCipherTextException e) {
            throw new AgeException("part " + number + " of it was changed, or what followed was cut off");
        }
        if (chunk.length == 0 && (!last || number > 1)) {
            throw new AgeException("part " + number + " of it is empty, which only a file of nothing has");
        }
        ended = last;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chunk, (byte) 0);
        in.close();
    }
}
