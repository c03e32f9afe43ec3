package org.hearthwatch.audit;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs notes with Ed25519, as C2SP's signed-note specification has it: text that ends in a line break, an empty line, and
 * {@code — name base64(key id, signature)}. Thread-safe.
 */
final class NoteKey {

    static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;

    private final Ed25519PrivateKeyParameters secret;
    private final NoteVerifier verifier;

    /** @param seed the 32 secret bytes of RFC 8032 */
    NoteKey(String name, byte[] seed) {
        this.secret = new Ed25519PrivateKeyParameters(seed, 0);
        this.verifier = new NoteVerifier(name, secret.generatePublicKey());
    }

    NoteVerifier verifier() {
        return verifier;
    }

    /** The text with its signature below; the text ends in a line break. */
    String sign(String text) {
        var signer = new Ed25519Signer();
        signer.init(true, secret);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        return verifier.note(text, signer.generateSignature()).toString();
    }
}
