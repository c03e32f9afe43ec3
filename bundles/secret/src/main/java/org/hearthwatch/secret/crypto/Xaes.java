package org.hearthwatch.secret.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * XAES-256-GCM (C2SP): AES-256-GCM under a key made from the first half of a nonce long enough to be random for ever. The
 * key is made as NIST SP 800-108 describes, in counter mode with CMAC.
 */
public final class Xaes {

    public static final int NONCE_BYTES = 24;

    private static final int HALF = 12;
    private static final int BLOCK = 16;

    private Xaes() {}

    public static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain, byte[] bound) {
        try (var derived = derive(key, nonce)) {
            return Gcm.encrypt(derived.bytes(), Arrays.copyOfRange(nonce, HALF, NONCE_BYTES), plain, bound);
        }
    }

    public static byte[] decrypt(byte[] key, byte[] nonce, byte[] sealed, byte[] bound) throws ForgedException {
        try (var derived = derive(key, nonce)) {
            return Gcm.decrypt(derived.bytes(), Arrays.copyOfRange(nonce, HALF, NONCE_BYTES), sealed, bound);
        }
    }

    private static Wiped derive(byte[] key, byte[] nonce) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("A nonce has " + NONCE_BYTES + " bytes, not " + nonce.length);
        }
        var aes = AESEngine.newInstance();
        aes.init(true, new KeyParameter(key));
        byte[] mask = new byte[BLOCK];
        aes.processBlock(mask, 0, mask, 0);
        doubled(mask);
        byte[] derived = new byte[2 * BLOCK];
        byte[] block = new byte[BLOCK];
        for (int half = 0; half < 2; half++) {
            block[0] = 0;
            block[1] = (byte) (half + 1);
            block[2] = 'X';
            block[3] = 0;
            System.arraycopy(nonce, 0, block, 4, HALF);
            for (int i = 0; i < BLOCK; i++) {
                block[i] ^= mask[i];
            }
            aes.processBlock(block, 0, derived, half * BLOCK);
        }
        Arrays.fill(mask, (byte) 0);
        return new Wiped(derived);
    }

    /** Doubling in GF(2^128), as CMAC does; without a branch on the key. */
    private static void doubled(byte[] block) {
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = ((block[i] & 0xff) << 1) | carry;
            block[i] = (byte) shifted;
            carry = shifted >> 8;
        }
        block[BLOCK - 1] ^= (byte) (0x87 & -carry);
    }
}
