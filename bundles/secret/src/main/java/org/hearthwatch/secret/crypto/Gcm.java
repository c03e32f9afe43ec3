package org.hearthwatch.secret.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-256-GCM with 128-bit tags (NIST SP 800-38D). A nonce is used once with a key. */
public final class Gcm {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private Gcm() {}

    /** The ciphertext with its tag behind it. */
    public static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain, byte[] bound) {
        try {
            return run(true, key, nonce, plain, bound);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("Encrypting cannot fail its check", e);
        }
    }

    /** @throws ForgedException if key, nonce, bound data or ciphertext are not those of the encryption */
    public static byte[] decrypt(byte[] key, byte[] nonce, byte[] sealed, byte[] bound) throws ForgedException {
        try {
            return run(false, key, nonce, sealed, bound);
        } catch (InvalidCipherTextException e) {
            throw new ForgedException("it was changed, or belongs to another key or place");
        }
    }

    private static byte[] run(boolean encrypt, byte[] key, byte[] nonce, byte[] in, byte[] bound)
            throws InvalidCipherTextException {
        var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nonce, bound));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        try {
            int length = cipher.processBytes(in, 0, in.length, out, 0);
            cipher.doFinal(out, length);
            return out;
        } catch (InvalidCipherTextException e) {
            Arrays.fill(out, (byte) 0);
            throw e;
        }
    }
}
