package org.hearthwatch.secret.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** HKDF (RFC 5869) and HMAC (RFC 2104) with SHA-256. */
public final class Hkdf {

    public static final int MAC_BYTES = 32;

    private Hkdf() {}

    /** A key of its own for each purpose. */
    public static Wiped key(byte[] secret, byte[] salt, String purpose) {
        return new Wiped(derive(secret, salt, purpose.getBytes(StandardCharsets.UTF_8), Gcm.KEY_BYTES));
    }

    /** As the RFC has it. */
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        var generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(secret, salt, info));
        byte[] out = new byte[length];
        generator.generateBytes(out, 0, length);
        return out;
    }

    public static byte[] mac(byte[] key, byte[] data) {
        var hmac = new HMac(SHA256Digest.newInstance());
        hmac.init(new KeyParameter(key));
        hmac.update(data, 0, data.length);
        byte[] out = new byte[MAC_BYTES];
        hmac.doFinal(out, 0);
        return out;
    }
}
