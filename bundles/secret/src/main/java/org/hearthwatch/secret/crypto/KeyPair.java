package org.hearthwatch.secret.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A pair of X25519 keys (RFC 7748).
 *
 * @param privateKey wiped with the pair
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record KeyPair(Wiped privateKey, byte[] publicKey) implements AutoCloseable {

    public static final int BYTES = 32;

    private static final byte[] BASE = base();

    public static KeyPair random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return of(key);
    }

    /** The pair of a private key, which is taken over. */
    public static KeyPair of(byte[] privateKey) {
        byte[] publicKey = new byte[BYTES];
        // The plain ladder: the library's table for the base point takes longer to make than a start has time.
        X25519.scalarMult(privateKey, 0, BASE, 0, publicKey, 0);
        return new KeyPair(new Wiped(privateKey), publicKey);
    }

    /** @throws ForgedException if the other key is one of the few that give the same secret with every key */
    public static Wiped agree(byte[] privateKey, byte[] publicKey) throws ForgedException {
        byte[] shared = new byte[BYTES];
        if (!X25519.calculateAgreement(privateKey, 0, publicKey, 0, shared, 0)) {
            throw new ForgedException("its public key is not one");
        }
        return new Wiped(shared);
    }

    private static byte[] base() {
        byte[] base = new byte[BYTES];
        base[0] = 9;
        return base;
    }

    @Override
    public void close() {
        privateKey.close();
    }
}
