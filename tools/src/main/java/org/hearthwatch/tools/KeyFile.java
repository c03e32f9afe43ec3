package org.hearthwatch.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.backup.age.AgeException;
import org.hearthwatch.backup.age.AgeFile;
import org.hearthwatch.backup.age.Identity;
import org.hearthwatch.backup.age.Recipient;
import org.hearthwatch.plugin.trust.SigningKey;

/** The file of a secret key: for its owner alone to read, and encrypted in age's format where there is a passphrase. */
final class KeyFile {

    private static final String AGE = "age-encryption.org/";
    private static final int LONGEST = 64 << 10;
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");

    private KeyFile() {}

    /** Writes a new one; an existing file stays as it is. */
    static void write(Path file, SigningKey key, Optional<String> passphraseFile) throws IOException {
        byte[] bytes = key.text().getBytes(StandardCharsets.US_ASCII);
        if (passphraseFile.isPresent()) {
            var sealed = new ByteArrayOutputStream();
            var recipient =
                    new Recipient.Passphrase(passphrase(passphraseFile.get()), Recipient.Passphrase.USUAL_LOG_N);
            try (OutputStream out = AgeFile.encrypt(sealed, List.of(recipient), new SecureRandom())) {
                out.write(bytes);
            }
            bytes = sealed.toByteArray();
        }
        try (var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(OWNERS))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    static SigningKey read(Path file, Optional<String> passphraseFile) throws IOException {
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("others may read or change " + file + "; chmod 600 it, and ask yourself who did");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST);
        }
        if (new String(bytes, StandardCharsets.ISO_8859_1).startsWith(AGE)) {
            String place = passphraseFile.orElseThrow(
                    () -> new UsageException(file + " is encrypted; give --passphrase-file FILE, or - for the standard input"));
            try (var in = AgeFile.decrypt(
                    new ByteArrayInputStream(bytes), new Identity.Passphrase(passphrase(place)))) {
                bytes = in.readAllBytes();
            } catch (AgeException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        try {
            return SigningKey.parse(new String(bytes, StandardCharsets.US_ASCII), new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] passphrase(String place) throws IOException {
        String text = place.equals("-")
                ? new String(System.in.readNBytes(LONGEST), StandardCharsets.UTF_8)
                : Files.readString(Path.of(place));
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new IOException("the passphrase is empty");
        }
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
