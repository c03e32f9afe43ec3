package org.hearthwatch.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Public keys as SSH sends them: RFC 4253 (RSA), RFC 5656 (ECDSA), RFC 8709 (ed25519). */
final class SshWire {

    /** What stands in front of the 32 bytes of an ed25519 key in X.509 (RFC 8410). */
    private static final byte[] ED25519_X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private SshWire() {}

    /** Empty if it is a key of another kind. */
    static Optional<byte[]> encode(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return Optional.of(join(
                    text("ssh-rsa"),
                    rsa.getPublicExponent().toByteArray(),
                    rsa.getModulus().toByteArray()));
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getOrder().bitLength();
            String curve = "nistp" + bits;
            int length = (bits + 7) / 8;
            byte[] point = new byte[1 + 2 * length];
            point[0] = 4;
            put(ec.getW().getAffineX(), point, 1, length);
            put(ec.getW().getAffineY(), point, 1 + length, length);
            return Optional.of(join(text("ecdsa-sha2-" + curve), text(curve), point));
        }
        byte[] x509 = key.getEncoded();
        if (x509 != null
                && x509.length == ED25519_X509.length + ED25519_BYTES
                && Arrays.equals(x509, 0, ED25519_X509.length, ED25519_X509, 0, ED25519_X509.length)) {
            return Optional.of(join(text("ssh-ed25519"), Arrays.copyOfRange(x509, ED25519_X509.length, x509.length)));
        }
        return Optional.empty();
    }

    /** The fields of a key; empty if their lengths do not add up. */
    static Optional<List<byte[]>> fields(byte[] blob) {
        var in = ByteBuffer.wrap(blob);
        List<byte[]> fields = new ArrayList<>();
        while (in.remaining() >= Integer.BYTES) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                return Optional.empty();
            }
            byte[] field = new byte[length];
            in.get(field);
            fields.add(field);
        }
        return in.hasRemaining() || fields.size() < 2 ? Optional.empty() : Optional.of(fields);
    }

    private static void put(BigInteger number, byte[] into, int at, int length) {
        byte[] bytes = number.toByteArray();
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, into, at + length - (bytes.length - from), bytes.length - from);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... fields) {
        var out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
            out.writeBytes(field);
        }
        return out.toByteArray();
    }
}
