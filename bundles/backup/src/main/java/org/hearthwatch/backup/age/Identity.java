package org.hearthwatch.backup.age;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** What opens a file. */
public sealed interface Identity {

    /** The file's key, if one of the stanzas is for this identity. */
    Optional<byte[]> unwrap(List<Stanza> stanzas) throws AgeException;

    /** A private key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Key(byte[] privateKey) implements Identity {

        private static final String PREFIX = "age-secret-key-";

        public static Key random(SecureRandom random) {
            byte[] key = new byte[X25519.SCALAR_SIZE];
            random.nextBytes(key);
            return new Key(key);
        }

        /** @throws IllegalArgumentException without the text */
        public static Key parse(String text) {
            byte[] key;
            try {
                key = Bech32.decode(PREFIX, text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("This is no private key of age: " + e.getMessage(), e);
            }
            if (key.length != X25519.SCALAR_SIZE) {
                throw new IllegalArgumentException("This is no X25519 private key of age");
            }
            return new Key(key);
        }

        /** As age-keygen prints it. */
        public String text() {
            return Bech32.encode(PREFIX, privateKey).toUpperCase(Locale.ROOT);
        }

        public Recipient.Key recipient() {
            return new Recipient.Key(publicKey(privateKey));
        }

        static byte[] publicKey(byte[] privateKey) {
            byte[] base = new byte[X25519.POINT_SIZE];
            base[0] = 9;
            byte[] publicKey = new byte[X25519.POINT_SIZE];
            X25519.scalarMult(privateKey, 0, base, 0, publicKey, 0);
            return publicKey;
        }

        @Override
        public Optional<byte[]> unwrap(List<Stanza> stanzas) throws AgeException {
            for (Stanza stanza : stanzas) {
                if (stanza.kind().equals("X25519")) {
                    Optional<byte[]> key = unwrap(stanza);
                    if (key.isPresent()) {
                        return key;
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<byte[]> unwrap(Stanza stanza) throws AgeException {
            if (stanza.words().size() != 2) {
                throw new AgeException("a recipient of the archive is not written as it should be");
            }
            byte[] share = bytes(stanza.words().get(1), X25519.POINT_SIZE);
            byte[] shared = new byte[X25519.POINT_SIZE];
            if (!X25519.calculateAgreement(privateKey, 0, share, 0, shared, 0)) {
                throw new AgeException("a recipient of the archive has a key that is none");
            }
            byte[] key = Primitives.hkdf(shared, Recipient.both(share, publicKey(privateKey)), Recipient.Key.INFO);
            return opened(key, stanza);
        }
    }

    /** A passphrase. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Passphrase(byte[] utf8) implements Identity {

        @Override
        public Optional<byte[]> unwrap(List<Stanza> stanzas) throws AgeException {
            boolean has = stanzas.stream().anyMatch(stanza -> stanza.kind().equals("scrypt"));
            if (!has) {
                return Optional.empty();
            }
            if (stanzas.size() != 1 || stanzas.get(0).words().size() != 3) {
                throw new AgeException("an archive with a passphrase must have no other recipient");
            }
            List<String> words = stanzas.get(0).words();
            if (!words.get(2).matches("[1-9][0-9]?")) {
                throw new AgeException("the archive's work factor is no number");
            }
            int logN = Integer.parseInt(words.get(2));
            if (logN > Recipient.Passphrase.MOST_LOG_N) {
                throw new AgeException("the archive's work factor of " + logN
                        + " asks for more memory than there is here;" + " open it with the age program");
            }
            return opened(
                    Recipient.Passphrase.key(utf8, bytes(words.get(1), Recipient.Passphrase.SALT), logN),
                    stanzas.get(0));
        }
    }

    private static byte[] bytes(String text, int length) throws AgeException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == length && Recipient.BASE64.encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, for both.
        }
        throw new AgeException("a recipient of the archive is not written as it should be");
    }

    private static Optional<byte[]> opened(byte[] key, Stanza stanza) throws AgeException {
        // Before decrypting: a longer body could be made to open with several keys.
        if (stanza.body().length != AgeFile.FILE_KEY + Primitives.TAG) {
            throw new AgeException("a recipient of the archive has a key of another length");
        }
        try {
            return Optional.of(Primitives.open(key, Primitives.NO_NONCE, stanza.body(), stanza.body().length));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
