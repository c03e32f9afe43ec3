package org.hearthwatch.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * What lies beside an archive: a signed note (C2SP signed-note) of Ed25519 that names the file, its size and its hash.
 */
final class Signature {

    private static final String NAME = "hearthwatch/backup";
    private static final String FRONT = "\u2014 " + NAME + " ";
    private static final byte ED25519 = 1;
    private static final int ID = 4;

    private Signature() {}

    /** What is signed. */
    static String text(String file, long size, byte[] sha256) {
        return "hearthwatch backup v1\n" + file + "\n" + size + "\n"
                + HexFormat.of().formatHex(sha256) + "\n";
    }

    static String sign(byte[] seed, String text) {
        var secret = new Ed25519PrivateKeyParameters(seed, 0);
        var signer = new Ed25519Signer();
        signer.init(true, secret);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        byte[] signature = signer.generateSignature();
        byte[] keyed = Arrays.copyOf(id(typed(secret.generatePublicKey())), ID + signature.length);
        System.arraycopy(signature, 0, keyed, ID, signature.length);
        return text + "\n" + FRONT + Base64.getEncoder().encodeToString(keyed) + "\n";
    }

    /** The public key as {@code name+id+base64}. */
    static String verifier(byte[] seed) {
        byte[] typed = typed(new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey());
        return NAME + "+" + HexFormat.of().formatHex(id(typed)) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether a note is a text with a signature below it by the holder of a public key. */
    static boolean holds(String note, String text, String verifier) {
        if (!note.startsWith(text + "\n" + FRONT)) {
            return false;
        }
        try {
            String[] parts = verifier.strip().split("\\+", 3);
            byte[] typed = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
            byte[] keyed = Base64.getDecoder()
                    .decode(note.substring(text.length() + 1 + FRONT.length()).strip());
            if (typed.length != 1 + Ed25519PublicKeyParameters.KEY_SIZE
                    || typed[0] != ED25519
                    || keyed.length != ID + Ed25519PrivateKeyParameters.SIGNATURE_SIZE
                    || !Arrays.equals(id(typed), Arrays.copyOf(keyed, ID))) {
                return false;
            }
            var check = new Ed25519Signer();
            check.init(false, new Ed25519PublicKeyParameters(typed, 1));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            check.update(bytes, 0, bytes.length);
            return check.verifySignature(Arrays.copyOfRange(keyed, ID, keyed.length));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] typed(Ed25519PublicKeyParameters key) {
        byte[] typed = new byte[1 + Ed25519PublicKeyParameters.KEY_SIZE];
        typed[0] = ED25519;
        key.encode(typed, 1);
        return typed;
    }

    private static byte[] id(byte[] typed) {
        MessageDigest digest = sha256();
        digest.update((NAME + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(typed);
        return Arrays.copyOf(digest.digest(), ID);
    }
}
