package org.hearthwatch.plugin.trust;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.hearthwatch.api.security.SignedNote;

/** Signs with Ed25519 and ML-DSA-65 at once: who breaks one of them has nothing. Thread-safe. */
public final class SigningKey {

    private static final String FIRST_LINE = "hearthwatch private key v1";
    private static final int SEED_BYTES = 32;

    private final String name;
    private final byte[] seeds;
    private final Ed25519PrivateKeyParameters classic;
    private final MLDSAPrivateKeyParameters lattice;
    private final SecureRandom random;

    private SigningKey(String name, byte[] seeds, SecureRandom random) {
        this.name = name;
        this.seeds = seeds.clone();
        this.random = random;
        classic = new Ed25519PrivateKeyParameters(seeds, 0);
        lattice = new MLDSAPrivateKeyParameters(
                MLDSAParameters.ml_dsa_65, Arrays.copyOfRange(seeds, SEED_BYTES, 2 * SEED_BYTES));
    }

    /**
     * A new one.
     *
     * @param name that signatures will carry: letters, digits, {@code . _ - @ /}
     */
    public static SigningKey make(String name, SecureRandom random) {
        if (!KeyText.isName(name)) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to " + KeyText.LONGEST_NAME + " letters, digits or . _ - @ /");
        }
        byte[] seeds = new byte[2 * SEED_BYTES];
        random.nextBytes(seeds);
        return new SigningKey(name, seeds, random);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message repeats nothing of it
     */
    public static SigningKey parse(String text, SecureRandom random) {
        String[] lines = text.strip().split("\n", -1);
        if (lines.length == 3 && lines[0].equals(FIRST_LINE) && KeyText.isName(lines[1])) {
            byte[] seeds = Base64.getDecoder().decode(lines[2]);
            if (seeds.length == 2 * SEED_BYTES) {
                return new SigningKey(lines[1], seeds, random);
            }
        }
        throw new IllegalArgumentException("it is no private key of Hearthwatch");
    }

    /** The secret as a file: a first line, the name, both seeds. */
    public String text() {
        return FIRST_LINE + "\n" + name + "\n" + Base64.getEncoder().encodeToString(seeds) + "\n";
    }

    public VerifyingKey verifier() {
        return new VerifyingKey(
                name,
                Map.of(
                        Algorithm.ED25519,
                        classic.generatePublicKey().getEncoded(),
                        Algorithm.ML_DSA_65,
                        lattice.getPublicKey()));
    }

    /** @param text ends in a line break */
    public SignedNote sign(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        VerifyingKey verifier = verifier();
        var first = new Ed25519Signer();
        first.init(true, classic);
        first.update(bytes, 0, bytes.length);
        var second = new MLDSASigner();
        second.init(true, new ParametersWithRandom(lattice, random));
        second.update(bytes, 0, bytes.length);
        try {
            return new SignedNote(
                    text,
                    List.of(
                            signature(Algorithm.ED25519, verifier, first.generateSignature()),
                            signature(Algorithm.ML_DSA_65, verifier, second.generateSignature())));
        } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA could not sign", e);
        }
    }

    private SignedNote.Signature signature(Algorithm algorithm, VerifyingKey verifier, byte[] bytes) {
        String line = verifier.text(algorithm);
        return new SignedNote.Signature(name, line.substring(name.length() + 1, name.length() + 9), bytes);
    }

    @Override
    public String toString() {
        return "SigningKey[" + name + "]";
    }
}
