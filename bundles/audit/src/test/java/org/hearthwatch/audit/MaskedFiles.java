package org.hearthwatch.audit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.hearthwatch.api.secret.SealedFiles;

/** Files that are unreadable, and no more than that; which open unless told otherwise, and as they were unless told otherwise. */
final class MaskedFiles implements SealedFiles {

    boolean closed;
    boolean damaging;

    @Override
    public OutputStream seal(OutputStream out) {
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                out.write(masked(toByteArray()));
                out.close();
            }
        };
    }

    @Override
    public InputStream open(InputStream in) throws IOException {
        if (closed) {
            throw new IOException("The vault is sealed");
        }
        try (in) {
            byte[] plain = masked(in.readAllBytes());
            if (damaging) {
                plain[plain.length / 2] ^= 1;
            }
            return new ByteArrayInputStream(plain);
        }
    }

    private static byte[] masked(byte[] bytes) {
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            masked[i] = (byte) (bytes[i] ^ 0xa5);
        }
        return masked;
    }
}
