package org.hearthwatch.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The public half of a {@link NoteKey}. Thread-safe. */
final class NoteVerifier {

    private static final byte ED25519 = 1;
    private static final int KEY_ID_BYTES = 4;

    private final String name;
    private final Ed25519PublicKeyParameters key;

    NoteVerifier(String name, Ed25519PublicKeyParameters key) {
        this.name = name;
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is not what {@link #text} writes for that name */
    static NoteVerifier parse(String name, String text) {
        String[] parts = text.strip().split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[parts.length - 1]);
        if (typed.length != 1 + Ed25519PublicKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("its key is not one of Ed25519");
        }
        var verifier = new NoteVerifier(name, new Ed25519PublicKeyParameters(typed, 1));
        if (!verifier.text().equals(text.strip())) {
            throw new IllegalArgumentException("it is not the public key of " + name);
        }
        return verifier;
    }

    /** In the form {@code name+id+base64}. */
    String text() {
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** The line below a text with this signature. */
    String line(byte[] signature) {
        byte[] keyed = Arrays.copyOf(keyId(), KEY_ID_BYTES + signature.length);
        System.arraycopy(signature, 0, keyed, KEY_ID_BYTES, signature.length);
        return front() + Base64.getEncoder().encodeToString(keyed);
    }

    /** Whether a line below a note's text is this key's signature of it. */
    boolean signed(String text, String line) {
        if (!line.startsWith(front())) {
            return false;
        }
        byte[] keyed;
        try {
            keyed = Base64.getDecoder().decode(line.substring(front().length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (keyed.length != KEY_ID_BYTES + Ed25519PrivateKeyParameters.SIGNATURE_SIZE
                || !Arrays.equals(Arrays.copyOf(keyed, KEY_ID_BYTES), keyId())) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, key);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        verifier.update(bytes, 0, bytes.length);
        return verifier.verifySignature(Arrays.copyOfRange(keyed, KEY_ID_BYTES, keyed.length));
    }

    private String front() {
        return "\u2014 " + name + " ";
    }

    private byte[] keyId() {
        byte[] hash = Hashes.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed());
        return Arrays.copyOf(hash, KEY_ID_BYTES);
    }

    private byte[] typed() {
        byte[] typed = new byte[1 + Ed25519PublicKeyParameters.KEY_SIZE];
        typed[0] = ED25519;
        key.encode(typed, 1);
        return typed;
    }
}
