package org.hearthwatch.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.hearthwatch.api.security.SignedNote;

/** The public half of a {@link NoteKey}. Thread-safe. */
final class NoteVerifier {

    private static final byte ED25519 = 1;

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
        return name + "+" + SignedNote.keyId(name, typed()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** A text with this signature below. */
    SignedNote note(String text, byte[] signature) {
        return new SignedNote(
                text, List.of(new SignedNote.Signature(name, SignedNote.keyId(name, typed()), signature)));
    }

    /** Whether a note has one signature, which is this key's. */
    boolean signed(SignedNote note) {
        if (note.signatures().size() != 1) {
            return false;
        }
        SignedNote.Signature signature = note.signatures().get(0);
        byte[] bytes = signature.bytes();
        if (!signature.keyName().equals(name)
                || !signature.keyId().equals(SignedNote.keyId(name, typed()))
                || bytes.length != Ed25519PrivateKeyParameters.SIGNATURE_SIZE) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, key);
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(bytes);
    }

    private byte[] typed() {
        byte[] typed = new byte[1 + Ed25519PublicKeyParameters.KEY_SIZE];
        typed[0] = ED25519;
        key.encode(typed, 1);
        return typed;
    }
}
