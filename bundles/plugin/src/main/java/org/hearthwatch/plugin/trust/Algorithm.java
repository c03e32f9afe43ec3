package org.hearthwatch.plugin.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.hearthwatch.api.security.SignedNote;

/**
 * The two algorithms of a signature, in their order; both are always asked for. Ed25519 (RFC 8032) has C2SP's type 1; for
 * ML-DSA-65 (FIPS 204, pure, empty context) C2SP has no type yet, so it is 0xff and its name, as the specification wants it.
 */
enum Algorithm {
    ED25519("ed25519", new byte[] {1}, Ed25519PublicKeyParameters.KEY_SIZE, 64) {
        @Override
        boolean isSigned(byte[] key, byte[] text, byte[] signature) {
            var verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(key, 0));
            verifier.update(text, 0, text.length);
            return verifier.verifySignature(signature);
        }
    },
    ML_DSA_65("ml-dsa-65", "\u00ffML-DSA-65".getBytes(StandardCharsets.ISO_8859_1), 1952, 3309) {
        @Override
        boolean isSigned(byte[] key, byte[] text, byte[] signature) {
            var verifier = new MLDSASigner();
            verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key));
            verifier.update(text, 0, text.length);
            return verifier.verifySignature(signature);
        }
    };

    private final String word;
    private final byte[] type;
    private final int keyBytes;
    private final int signatureBytes;

    Algorithm(String word, byte[] type, int keyBytes, int signatureBytes) {
        this.word = word;
        this.type = type;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
    }

    /** As it stands in key files. */
    String word() {
        return word;
    }

    int signatureBytes() {
        return signatureBytes;
    }

    abstract boolean isSigned(byte[] key, byte[] text, byte[] signature);

    /** What tells a key in a signature. */
    String keyId(String name, byte[] key) {
        return SignedNote.keyId(name, typed(key));
    }

    /** A public key in the form {@code name+id+base64}. */
    String text(String name, byte[] key) {
        return name + "+" + keyId(name, key) + "+" + Base64.getEncoder().encodeToString(typed(key));
    }

    /**
     * The public key in what {@link #text} wrote for that name.
     *
     * @throws IllegalArgumentException if it is something else
     */
    byte[] parse(String name, String text) {
        // Base64 has plus signs of its own, but name and id have a known length.
        byte[] typed = Base64.getDecoder().decode(text.substring(Math.min(name.length() + 10, text.length())));
        byte[] key = Arrays.copyOfRange(typed, Math.min(type.length, typed.length), typed.length);
        if (key.length != keyBytes || !text(name, key).equals(text)) {
            throw new IllegalArgumentException("it is no " + word + " key of " + name);
        }
        return key;
    }

    private byte[] typed(byte[] key) {
        byte[] typed = Arrays.copyOf(type, type.length + key.length);
        System.arraycopy(key, 0, typed, type.length, key.length);
        return typed;
    }
}
