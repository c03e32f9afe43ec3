package org.hearthwatch.backup.age;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** What age is made of: ChaCha20-Poly1305 (RFC 8439), HKDF and HMAC with SHA-256. */
final class Primitives {

    static final int KEY = 32;
    static final int TAG = 16;
    static final byte[] NO_NONCE = new byte[12];

    private Primitives() {}

    static byte[] hkdf(byte[] secret, byte[] salt, String info) {
        var generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(secret, salt, info.getBytes(StandardCharsets.US_ASCII)));
        byte[] key = new byte[KEY];
        generator.generateBytes(key, 0, KEY);
        return key;
    }

    static byte[] hmac(byte[] key, byte[] data) {
        var hmac = new HMac(SHA256Digest.newInstance());
        hmac.init(new KeyParameter(key));
        hmac.update(data, 0, data.length);
        byte[] mac = new byte[hmac.getMacSize()];
        hmac.doFinal(mac, 0);
        return mac;
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] in, int length) {
        try {
            return run(true, key, nonce, in, length);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("Encrypting cannot fail its check", e);
        }
    }

    static byte[] open(byte[] key, byte[] nonce, byte[] in, int length) throws InvalidCipherTextException {
        return run(false, key, nonce, in, length);
    }

    private static byte[] run(boolean encrypt, byte[] key, byte[] nonce, byte[] in, int length)
            throws InvalidCipherTextException {
        var cipher = new ChaCha20Poly1305();
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * TAG, nonce));
        byte[] out = new byte[cipher.getOutputSize(length)];
        int written = cipher.processBytes(in, 0, length, out, 0);
        cipher.doFinal(out, written);
        return out;
    }
}
