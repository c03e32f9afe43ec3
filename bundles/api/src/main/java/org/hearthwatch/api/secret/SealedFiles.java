package org.hearthwatch.api.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files encrypted in the format of age, for the appliance itself and for those whom the settings of backups name: whoever has one
 * of their keys opens such a file with {@code age -d -i KEY FILE}, without this program. Thread-safe.
 */
@ProviderType
public interface SealedFiles {

    /**
     * What is written to the stream given back comes out encrypted; it is complete once that is closed, which closes the given
     * one too.
     *
     * @throws IOException if nothing can be written, or the appliance's own public key is not known because the vault was never
     *     open
     */
    OutputStream seal(OutputStream out) throws IOException;

    /**
     * The content. Reading it to its end proves that nothing was changed or is missing.
     *
     * @throws IOException while the vault that has the appliance's key is not open, or if the file is none of ours or damaged
     */
    InputStream open(InputStream in) throws IOException;

    /**
     * Encrypts a file to another, which is there whole and was read again, or not at all. The plain one stays.
     *
     * @throws IOException also if the encrypted one does not open to what is in the plain one
     */
    default void seal(Path plain, Path sealed) throws IOException {
        Path next = sealed.resolveSibling(sealed.getFileName() + ".next");
        Files.deleteIfExists(next);
        MessageDigest read = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(plain, LinkOption.NOFOLLOW_LINKS), read);
                OutputStream out = seal(Channels.newOutputStream(FileChannel.open(
                        next,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))))) {
            in.transferTo(out);
        }
        MessageDigest opened = sha256();
        try (InputStream in = new DigestInputStream(open(Files.newInputStream(next)), opened)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!MessageDigest.isEqual(read.digest(), opened.digest())) {
            throw new IOException(next + " does not open to what was encrypted, so " + plain + " stays");
        }
        try (var written = FileChannel.open(next, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(next, sealed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
