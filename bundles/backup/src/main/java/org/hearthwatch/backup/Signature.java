package org.hearthwatch.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.hearthwatch.api.security.SignedNote;

/**
 * What lies beside an archive: a note (C2SP signed-note) that names the file, its size and its hash, with two signatures, of
 * Ed25519 and of ML-DSA-65 (FIPS 204). Only both together count: whoever breaks one of the two has gained nothing.
 */
final class Signature {

    /** Bytes of the seed both keys are made from. */
    static final int SEED = 64;

    private static final String NAME = "hearthwatch/backup";
    private static final int HALF = SEED / 2;
    private static final byte[] ED25519 = {1};
    /** Of the types of C2SP 0xff is for those it does not name; what follows tells it from others. */
    private static final byte[] ML_DSA_65 = "\u00ffml-dsa-65\n".getBytes(StandardCharsets.ISO_8859_1);

    private Signature() {}

    /** What is signed. */
    static String text(String file, long size, String sha256) {
        return "hearthwatch backup v1\n" + file + "\n" + size + "\n" + sha256 + "\n";
    }

    static String sign(byte[] seed, String text) {
        var classical = new Ed25519PrivateKeyParameters(seed, 0);
        var lattice = lattice(seed);
        return new SignedNote(
                        text,
                        List.of(
                                named(
                                        typed(
                                                ED25519,
                                                classical.generatePublicKey().getEncoded()),
                                        signed(ed25519(), classical, text)),
                                named(typed(ML_DSA_65, lattice.getPublicKey()), signed(mlDsa(), lattice, text))))
                .toString();
    }

    private static MLDSAPrivateKeyParameters lattice(byte[] seed) {
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, Arrays.copyOfRange(seed, HALF, SEED));
    }

    private static Signer ed25519() {
        return new Ed25519Signer();
    }

    private static Signer mlDsa() {
        return new MLDSASigner();
    }

    private static byte[] signed(Signer signer, CipherParameters key, String text) {
        signer.init(true, key);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("A signature cannot be made", e);
        }
    }

    private static SignedNote.Signature named(byte[] typed, byte[] signature) {
        return new SignedNote.Signature(NAME, SignedNote.keyId(NAME, typed), signature);
    }

    /** The public keys, each {@code name+id+base64}, with a blank between. */
    static String verifier(byte[] seed) {
        byte[] classical =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        return key(typed(ED25519, classical)) + " "
                + key(typed(ML_DSA_65, lattice(seed).getPublicKey()));
    }

    private static String key(byte[] typed) {
        return NAME + "+" + SignedNote.keyId(NAME, typed) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether a text names public keys as {@link #verifier} does. */
    static boolean isVerifier(String text) {
        return keys(text).isPresent();
    }

    /** Whether a note is a text with exactly two signatures below it by the holder of both keys. */
    static boolean holds(String note, String text, String verifier) {
        Optional<Keys> keys = keys(verifier);
        if (keys.isEmpty()) {
            return false;
        }
        SignedNote read;
        try {
            read = SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
        List<SignedNote.Signature> all = read.signatures();
        return read.text().equals(text)
                && all.size() == 2
                && holds(ed25519(), keys.get().classical(), keys.get().classicalTyped(), all.get(0), text)
                && holds(mlDsa(), keys.get().lattice(), keys.get().latticeTyped(), all.get(1), text);
    }

    private static boolean holds(
            Signer signer, CipherParameters key, byte[] typed, SignedNote.Signature signature, String text) {
        if (!signature.keyName().equals(NAME) || !signature.keyId().equals(SignedNote.keyId(NAME, typed))) {
            return false;
        }
        signer.init(false, key);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        return signer.verifySignature(signature.bytes());
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Keys(
            byte[] classicalTyped,
            Ed25519PublicKeyParameters classical,
            byte[] latticeTyped,
            MLDSAPublicKeyParameters lattice) {}

    private static Optional<Keys> keys(String verifier) {
        String[] words = verifier.strip().split("\\s+", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] classical = raw(words[0], ED25519, Ed25519PublicKeyParameters.KEY_SIZE);
            byte[] lattice = raw(words[1], ML_DSA_65, 1952);
            return Optional.of(new Keys(
                    typed(ED25519, classical),
                    new Ed25519PublicKeyParameters(classical, 0),
                    typed(ML_DSA_65, lattice),
                    new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, lattice)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] raw(String key, byte[] type, int size) {
        String[] parts = key.split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
        if (typed.length != type.length + size || !Arrays.equals(Arrays.copyOf(typed, type.length), type)) {
            throw new IllegalArgumentException("no public key of this kind");
        }
        return Arrays.copyOfRange(typed, type.length, typed.length);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] typed(byte[] type, byte[] key) {
        byte[] typed = Arrays.copyOf(type, type.length + key.length);
        System.arraycopy(key, 0, typed, type.length, key.length);
        return typed;
    }
}
