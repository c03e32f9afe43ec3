package org.hearthwatch.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under a key in a file of its own, made when first needed. It keeps a copy of the state file alone, such as one
 * attached to a question, from giving the second factors away; not a thief of the whole folder.
 */
final class FileKeySeal implements KeySeal {

    private static final String PREFIX = "f1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PrivateFile file;
    private final SecureRandom random;

    FileKeySeal(Path file, SecureRandom random) {
        this.file = new PrivateFile(file);
        this.random = random;
    }

    @Override
    public String seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, purpose, nonce, plain);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(all);
    }

    @Override
    public byte[] open(String purpose, String sealed) {
        if (!sealed.startsWith(PREFIX)) {
            throw unusable();
        }
        byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
        if (all.length <= NONCE_BYTES) {
            throw unusable();
        }
        return crypt(
                Cipher.DECRYPT_MODE,
                purpose,
                Arrays.copyOf(all, NONCE_BYTES),
                Arrays.copyOfRange(all, NONCE_BYTES, all.length));
    }

    private byte[] crypt(int mode, String purpose, byte[] nonce, byte[] data) {
        byte[] key = key(mode == Cipher.ENCRYPT_MODE);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw unusable();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private synchronized byte[] key(boolean mayMake) {
        try {
            if (!file.exists()) {
                if (!mayMake) {
                    throw unusable();
                }
                byte[] fresh = new byte[KEY_BYTES];
                random.nextBytes(fresh);
                file.write(fresh);
                return fresh;
            }
            byte[] key = file.read(KEY_BYTES);
            if (key.length != KEY_BYTES) {
                throw unusable();
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalStateException unusable() {
        return new IllegalStateException("The second factors cannot be read: " + file.path()
                + " is not the key they were sealed with. Restore it from a backup, or take a user's second factor away"
                + " with hw:mfa-remove at the local shell.");
    }
}
