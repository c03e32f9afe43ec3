package org.hearthwatch.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs and verifies notes with Ed25519, as C2SP's signed-note specification has it: text that ends in a line break, an
 * empty line, and {@code — name base64(key id, signature)}. Thread-safe.
 */
final class NoteKey {

    static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;

    private static final byte ED25519 = 1;
    private static final int KEY_ID_BYTES = 4;

    private final String name;
    private final Ed25519PrivateKeyParameters secret;
    private final Ed25519PublicKeyParameters open;

    /** @param seed the 32 secret bytes of RFC 8032 */
    NoteKey(String name, byte[] seed) {
        this.name = name;
        this.secret = new Ed25519PrivateKeyParameters(seed, 0);
        this.open = secret.generatePublicKey();
    }

    /** The public key in the form {@code name+id+base64}. */
    String verifier() {
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + base64(typed());
    }

    /** The text with its signature below; the text ends in a line break. */
    String sign(String text) {
        var signer = new Ed25519Signer();
        signer.init(true, secret);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        byte[] signature = signer.generateSignature();
        byte[] keyed = Arrays.copyOf(keyId(), KEY_ID_BYTES + signature.length);
        System.arraycopy(signature, 0, keyed, KEY_ID_BYTES, signature.length);
        return text + "\n\u2014 " + name + " " + base64(keyed) + "\n";
    }

    /** Whether a line below a note's text is this key's signature of it. */
    boolean signed(String text, String line) {
        String front = "\u2014 " + name + " ";
        if (!line.startsWith(front)) {
            return false;
        }
        byte[] keyed;
        try {
            keyed = Base64.getDecoder().decode(line.substring(front.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (keyed.length != KEY_ID_BYTES + Ed25519PrivateKeyParameters.SIGNATURE_SIZE
                || !Arrays.equals(Arrays.copyOf(keyed, KEY_ID_BYTES), keyId())) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, open);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        verifier.update(bytes, 0, bytes.length);
        return verifier.verifySignature(Arrays.copyOfRange(keyed, KEY_ID_BYTES, keyed.length));
    }

    private byte[] keyId() {
        byte[] hash = Hashes.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed());
        return Arrays.copyOf(hash, KEY_ID_BYTES);
    }

    private byte[] typed() {
        byte[] key = open.getEncoded();
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
