package org.hearthwatch.secret.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Hkdf;
import org.hearthwatch.secret.crypto.Wiped;
import org.hearthwatch.secret.crypto.Xaes;

/**
 * The file as a whole (docs/vault-format.md): a readable header, a keyed hash that commits to header and master key, and the
 * body encrypted and bound to both. The file's length is a multiple of {@value #BLOCK}, so that it tells little of what is in
 * it.
 *
 * @param front all before the body: magic, length, header, hash
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Envelope(Header header, byte[] front, byte[] nonce, byte[] sealed) {

    static final int BLOCK = 4096;
    static final int MOST_BYTES = Body.MOST_BYTES + Header.MOST_BYTES + 2 * BLOCK;

    private static final byte[] MAGIC = "HWVAULT1".getBytes(StandardCharsets.US_ASCII);
    private static final int FRONT = MAGIC.length + Integer.BYTES;

    /** Takes a file apart, without any key: nothing in it is proven yet. */
    static Envelope parse(byte[] file) {
        if (file.length < FRONT || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("it does not begin as a vault does");
        }
        int length = ByteBuffer.wrap(file, MAGIC.length, Integer.BYTES).getInt();
        int body = FRONT + length + Hkdf.MAC_BYTES;
        if (length < 2 || length > Header.MOST_BYTES || body + Xaes.NONCE_BYTES + Gcm.TAG_BYTES > file.length) {
            throw new IllegalArgumentException("it is cut, or its header's length was changed");
        }
        Header header = Header.decode(Arrays.copyOfRange(file, FRONT, FRONT + length));
        return new Envelope(
                header,
                Arrays.copyOf(file, body),
                Arrays.copyOfRange(file, body, body + Xaes.NONCE_BYTES),
                Arrays.copyOfRange(file, body + Xaes.NONCE_BYTES, file.length));
    }

    /** Makes a file. */
    static byte[] seal(Header header, byte[] master, Body body, SecureRandom random) {
        byte[] head = header.encode();
        if (head.length > Header.MOST_BYTES) {
            throw new IllegalArgumentException("the slots take more than " + Header.MOST_BYTES + " bytes");
        }
        byte[] open = ByteBuffer.allocate(FRONT + head.length)
                .put(MAGIC)
                .putInt(head.length)
                .put(head)
                .array();
        byte[] front = Arrays.copyOf(open, open.length + Hkdf.MAC_BYTES);
        try (Wiped key = headerKey(header.vault(), master)) {
            System.arraycopy(Hkdf.mac(key.bytes(), open), 0, front, open.length, Hkdf.MAC_BYTES);
        }
        byte[] nonce = new byte[Xaes.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] content = body.encode();
        int least = front.length + nonce.length + Integer.BYTES + content.length + Gcm.TAG_BYTES;
        int padding = (BLOCK - least % BLOCK) % BLOCK;
        byte[] plain = ByteBuffer.allocate(Integer.BYTES + content.length + padding)
                .putInt(content.length)
                .put(content)
                .array();
        try (Wiped key = bodyKey(header.vault(), master)) {
            byte[] sealed = Xaes.encrypt(key.bytes(), nonce, plain, front);
            return ByteBuffer.allocate(front.length + nonce.length + sealed.length)
                    .put(front)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Whether the header is the one this master key's holder wrote. */
    void prove(byte[] master) throws ForgedException {
        int end = front.length - Hkdf.MAC_BYTES;
        try (Wiped key = headerKey(header.vault(), master)) {
            byte[] mac = Hkdf.mac(key.bytes(), Arrays.copyOf(front, end));
            if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(front, end, front.length))) {
                throw new ForgedException("the header was changed: a slot, its parameters or the generation");
            }
        }
    }

    /** The body; the caller closes it. */
    Body open(byte[] master) throws ForgedException {
        prove(master);
        byte[] plain;
        try (Wiped key = bodyKey(header.vault(), master)) {
            plain = Xaes.decrypt(key.bytes(), nonce, sealed, front);
        } catch (ForgedException e) {
            throw new ForgedException("the body with the records was changed or cut");
        }
        try {
            int length =
                    plain.length < Integer.BYTES ? -1 : ByteBuffer.wrap(plain).getInt();
            if (length < 0 || length > plain.length - Integer.BYTES) {
                throw new ForgedException("the body's length is not possible");
            }
            byte[] content = Arrays.copyOfRange(plain, Integer.BYTES, Integer.BYTES + length);
            try {
                return Body.decode(content);
            } catch (IllegalArgumentException e) {
                throw new ForgedException(String.valueOf(e.getMessage()));
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Wiped headerKey(String vault, byte[] master) {
        return Hkdf.key(master, HexFormat.of().parseHex(vault), "hearthwatch vault v1 header");
    }

    private static Wiped bodyKey(String vault, byte[] master) {
        return Hkdf.key(master, HexFormat.of().parseHex(vault), "hearthwatch vault v1 body");
    }
}
