package org.hearthwatch.plugin.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.security.SignedNote;

/** The public half of a {@link SigningKey}: a key of each algorithm under one name. Thread-safe. */
public final class VerifyingKey {

    private final String name;
    private final Map<Algorithm, byte[]> keys;

    /** @param keys one of each algorithm */
    VerifyingKey(String name, Map<Algorithm, byte[]> keys) {
        this.name = name;
        this.keys = new EnumMap<>(keys);
    }

    public String name() {
        return name;
    }

    /** SHA-256 of both keys, in lower-case hexadecimal. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Algorithm algorithm : Algorithm.values()) {
                digest.update(text(algorithm).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The key of one algorithm in the form {@code name+id+base64}. */
    String text(Algorithm algorithm) {
        return algorithm.text(name, key(algorithm));
    }

    /** Whether a note names this key in both its signatures. */
    boolean isNamedBy(SignedNote note) {
        return note.signatures().size() == Algorithm.values().length
                && Arrays.stream(Algorithm.values()).allMatch(algorithm -> isNamed(algorithm, note.signatures()));
    }

    private boolean isNamed(Algorithm algorithm, List<SignedNote.Signature> signatures) {
        SignedNote.Signature signature = signatures.get(algorithm.ordinal());
        return signature.keyName().equals(name) && signature.keyId().equals(algorithm.keyId(name, key(algorithm)));
    }

    /** Whether a note carries a right signature of each algorithm, in their order, and nothing else. */
    public boolean signed(SignedNote note) {
        if (!isNamedBy(note)) {
            return false;
        }
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        boolean all = true;
        for (Algorithm algorithm : Algorithm.values()) {
            byte[] signature = note.signatures().get(algorithm.ordinal()).bytes();
            all &= signature.length == algorithm.signatureBytes()
                    && algorithm.isSigned(key(algorithm), text, signature);
        }
        return all;
    }

    private byte[] key(Algorithm algorithm) {
        byte[] key = keys.get(algorithm);
        if (key == null) {
            throw new IllegalStateException("A key of each algorithm was checked for");
        }
        return key;
    }
}
