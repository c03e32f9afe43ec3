package org.hearthwatch.backup.age;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes and reads files in age's format: a header of stanzas with a keyed hash, and the content in chunks. */
public final class AgeFile {

    static final int FILE_KEY = 16;
    static final int CHUNK = 64 * 1024;

    private static final String VERSION = "age-encryption.org/v1";
    private static final int NONCE = 16;
    private static final int COLUMNS = 64;
    private static final int MOST_LINE = 4096;
    private static final int MOST_STANZAS = 32;
    private static final int MOST_BODY = 4096;

    private AgeFile() {}

    /** What is written to the stream given back comes out encrypted; it is complete once that is closed. */
    public static OutputStream encrypt(OutputStream out, List<Recipient> recipients, SecureRandom random)
            throws IOException {
        if (recipients.isEmpty()
                || (recipients.size() > 1 && recipients.stream().anyMatch(Recipient.Passphrase.class::isInstance))) {
            throw new IllegalArgumentException("It takes public keys, or one passphrase alone");
        }
        byte[] fileKey = new byte[FILE_KEY];
        random.nextBytes(fileKey);
        var header = new StringBuilder(VERSION).append('\n');
        for (Recipient recipient : recipients) {
            Stanza stanza = recipient.wrap(fileKey, random);
            header.append("-> ").append(String.join(" ", stanza.words())).append('\n');
            String body = Recipient.BASE64.encodeToString(stanza.body());
            for (int at = 0; at <= body.length(); at += COLUMNS) {
                header.append(body, at, Math.min(body.length(), at + COLUMNS)).append('\n');
            }
        }
        header.append("---");
        byte[] mac = mac(fileKey, header.toString().getBytes(StandardCharsets.US_ASCII));
        header.append(' ').append(Recipient.BASE64.encodeToString(mac)).append('\n');
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        out.write(nonce);
        byte[] key = Primitives.hkdf(fileKey, nonce, "payload");
        Arrays.fill(fileKey, (byte) 0);
        return new SealedChunks(out, key);
    }

    /**
     * The content. Reading it to its end proves that nothing is missing.
     *
     * @throws AgeException if the identity is none of the recipients, or the file was changed
     */
    public static InputStream decrypt(InputStream in, Identity identity) throws IOException {
        var read = new ByteArrayOutputStream();
        if (!line(in, read).equals(VERSION)) {
            throw new AgeException("it is no archive in the format of age, version 1");
        }
        List<Stanza> stanzas = new ArrayList<>();
        String line = line(in, read);
        while (line.startsWith("-> ")) {
            if (stanzas.size() == MOST_STANZAS) {
                throw new AgeException("it has more than " + MOST_STANZAS + " recipients");
            }
            stanzas.add(new Stanza(List.of(line.substring(3).split(" ", -1)), body(in, read)));
            line = line(in, read);
        }
        if (!line.startsWith("--- ") || stanzas.isEmpty()) {
            throw new AgeException("its header is damaged");
        }
        Optional<byte[]> unwrapped = identity.unwrap(stanzas);
        if (unwrapped.isEmpty()) {
            throw new AgeException(
                    identity instanceof Identity.Passphrase
                            ? "it does not open with this passphrase"
                            : "it does not open with this key: it was made for others");
        }
        byte[] fileKey = unwrapped.get();
        byte[] all = read.toByteArray();
        byte[] covered = Arrays.copyOf(all, all.length - (line.length() - 3) - 1);
        if (!MessageDigest.isEqual(mac(fileKey, covered), decoded(line.substring(4)))) {
            throw new AgeException("its header was changed");
        }
        byte[] nonce = in.readNBytes(NONCE);
        if (nonce.length < NONCE) {
            throw new AgeException("it is cut behind its header");
        }
        byte[] key = Primitives.hkdf(fileKey, nonce, "payload");
        Arrays.fill(fileKey, (byte) 0);
        return new OpenedChunks(in, key);
    }

    private static byte[] mac(byte[] fileKey, byte[] header) {
        return Primitives.hmac(Primitives.hkdf(fileKey, new byte[0], "header"), header);
    }

    private static byte[] body(InputStream in, ByteArrayOutputStream read) throws IOException {
        var text = new StringBuilder();
        String line;
        do {
            line = line(in, read);
            text.append(line);
            if (line.length() > COLUMNS || text.length() > MOST_BODY) {
                throw new AgeException("its header has a line that is too long");
            }
        } while (line.length() == COLUMNS);
        return decoded(text.toString());
    }

    private static byte[] decoded(String text) throws AgeException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Recipient.BASE64.encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, for both.
        }
        throw new AgeException("its header is damaged");
    }

    private static String line(InputStream in, ByteArrayOutputStream read) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || c < ' ' || c > '~' || line.length() == MOST_LINE) {
                throw new AgeException(c < 0 ? "it is cut within its header" : "its header is damaged");
            }
            read.write(c);
            line.append((char) c);
        }
        read.write('\n');
        return line.toString();
    }
}
