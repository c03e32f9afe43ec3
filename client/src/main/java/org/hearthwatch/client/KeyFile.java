package org.hearthwatch.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A new ECDSA key on the curve P-256 in two files, as {@code ssh-keygen -t ecdsa -m PEM} writes them: the private key in
 * the form of SEC 1, appendix C.4 (RFC 5915), and beside it, with {@code .pub}, the public one in OpenSSH's line (RFC 5656).
 */
final class KeyFile {

    private static final String ALGORITHM = "ecdsa-sha2-nistp256";

    /** DER of ECPrivateKey up to the secret: version 1, then 32 octets of secret. */
    private static final byte[] BEFORE_SECRET = HexFormat.of().parseHex("30770201010420");

    /** DER between secret and public point: the curve's name, then a bit string of 65 octets. */
    private static final byte[] BEFORE_POINT = HexFormat.of().parseHex("a00a06082a8648ce3d030107a144034200");

    private static final int COORDINATE = 32;

    private KeyFile() {}

    /**
     * Makes a key.
     *
     * @param file where the private key goes, readable by its owner only; must not exist
     * @param comment ends the public key's line
     * @throws IOException when a file cannot be written
     */
    static void create(Path file, String comment) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        byte[] point = point((ECPublicKey) pair.getPublic());
        byte[] secret = octets(((ECPrivateKey) pair.getPrivate()).getS());

        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pem(join(BEFORE_SECRET, secret, BEFORE_POINT, point)));
        Files.writeString(file.resolveSibling(file.getFileName() + ".pub"), line(point, comment));
    }

    private static String pem(byte[] der) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN EC PRIVATE KEY-----\n" + body + "\n-----END EC PRIVATE KEY-----\n";
    }

    private static String line(byte[] point, String comment) {
        byte[] blob = join(
                string(ALGORITHM.getBytes(StandardCharsets.US_ASCII)),
                string("nistp256".getBytes(StandardCharsets.US_ASCII)),
                string(point));
        return ALGORITHM + " " + Base64.getEncoder().encodeToString(blob) + " " + comment + "\n";
    }

    /** The public point, uncompressed: 4, x, y. */
    private static byte[] point(ECPublicKey key) {
        return join(
                new byte[] {4},
                octets(key.getW().getAffineX()),
                octets(key.getW().getAffineY()));
    }

    /** An SSH string: its length in four octets, then its octets. */
    private static byte[] string(byte[] octets) {
        return ByteBuffer.allocate(Integer.BYTES + octets.length)
                .putInt(octets.length)
                .put(octets)
                .array();
    }

    private static byte[] octets(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(signed.length, COORDINATE);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
