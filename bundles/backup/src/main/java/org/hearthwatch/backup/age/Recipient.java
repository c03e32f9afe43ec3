package org.hearthwatch.backup.age;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Who can open a file. */
public sealed interface Recipient {

    /** Without padding, as age has it everywhere. */
    Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    Stanza wrap(byte[] fileKey, SecureRandom random);

    /** Whoever has the private key of a public key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Key(byte[] publicKey) implements Recipient {

        static final String PREFIX = "age";
        static final String INFO = "age-encryption.org/v1/X25519";

        /** @throws IllegalArgumentException for people */
        public static Key parse(String text) {
            byte[] key;
            try {
                key = Bech32.decode(PREFIX, text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + text + "\" is no public key of age: " + e.getMessage(), e);
            }
            if (key.length != X25519.POINT_SIZE) {
                throw new IllegalArgumentException("\"" + text + "\" is no X25519 key of age");
            }
            return new Key(key);
        }

        /** As age-keygen prints it. */
        public String text() {
            return Bech32.encode(PREFIX, publicKey);
        }

        @Override
        public Stanza wrap(byte[] fileKey, SecureRandom random) {
            byte[] once = new byte[X25519.SCALAR_SIZE];
            random.nextBytes(once);
            byte[] share = Identity.Key.publicKey(once);
            byte[] shared = new byte[X25519.POINT_SIZE];
            if (!X25519.calculateAgreement(once, 0, publicKey, 0, shared, 0)) {
                throw new IllegalArgumentException(text() + " is a key that everybody can open");
            }
            byte[] key = Primitives.hkdf(shared, both(share, publicKey), INFO);
            byte[] body = Primitives.seal(key, Primitives.NO_NONCE, fileKey, fileKey.length);
            Arrays.fill(once, (byte) 0);
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(key, (byte) 0);
            return new Stanza(List.of("X25519", BASE64.encodeToString(share)), body);
        }
    }

    /** Whoever knows a passphrase; such a file has no other recipient. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Passphrase(byte[] utf8, int logN) implements Recipient {

        /**
         * 32 MiB of memory for a moment. The age program takes 256, which the heap of an appliance has not; a passphrase for
         * backups should be long.
         */
        public static final int USUAL_LOG_N = 15;

        static final int MOST_LOG_N = 17;
        static final String LABEL = "age-encryption.org/v1/scrypt";
        static final int SALT = 16;

        static byte[] key(byte[] utf8, byte[] salt, int logN) {
            byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
            return SCrypt.generate(utf8, both(label, salt), 1 << logN, 8, 1, Primitives.KEY);
        }

        @Override
        public Stanza wrap(byte[] fileKey, SecureRandom random) {
            byte[] salt = new byte[SALT];
            random.nextBytes(salt);
            byte[] key = key(utf8, salt, logN);
            byte[] body = Primitives.seal(key, Primitives.NO_NONCE, fileKey, fileKey.length);
            Arrays.fill(key, (byte) 0);
            return new Stanza(List.of("scrypt", BASE64.encodeToString(salt), Integer.toString(logN)), body);
        }
    }

    /** One behind the other. */
    static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
