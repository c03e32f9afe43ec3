package org.hearthwatch.plugin.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, in lower-case hexadecimal. */
public final class Digests {

    private Digests() {}

    public static String of(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream(), Long.MAX_VALUE);
    }

    /**
     * Copies a file; the digest is of the very bytes that were copied.
     *
     * @throws IOException also if the file is longer than {@code most} bytes; nothing beyond them is copied
     */
    public static String copy(Path file, OutputStream to, long most) throws IOException {
        MessageDigest digest = sha256();
        long copied = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > most) {
                    throw new IOException(file + " grew beyond " + most + " bytes while it was copied");
                }
                digest.update(buffer, 0, read);
                to.write(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
