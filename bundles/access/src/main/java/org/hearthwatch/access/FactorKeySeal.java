package org.hearthwatch.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.VaultedFile;

/**
 * AES-256-GCM under a key that is in the vault, so that a thief of the state folder does not have the second factors; or,
 * where there is no vault yet, in a file of its own, which keeps a copy of the state file alone from giving them away.
 */
final class FactorKeySeal implements KeySeal {

    private static final String PREFIX = "f1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final VaultedFile keeping;
    private final SecureRandom random;

    FactorKeySeal(VaultedFile keeping, SecureRandom random) {
        this.keeping = keeping;
        this.random = random;
    }

    @Override
    public String seal(String purpose, byte[] plain, boolean first) throws Refusal {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key(first), purpose, nonce, plain);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(all);
    }

    @Override
    public byte[] open(String purpose, String sealed) throws Refusal {
        if (!sealed.startsWith(PREFIX)) {
            throw unusable();
        }
        byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
        if (all.length <= NONCE_BYTES) {
            throw unusable();
        }
        return crypt(
                Cipher.DECRYPT_MODE,
                key(false),
                purpose,
                Arrays.copyOf(all, NONCE_BYTES),
                Arrays.copyOfRange(all, NONCE_BYTES, all.length));
    }

    private byte[] crypt(int mode, byte[] key, String purpose, byte[] nonce, byte[] data) throws Refusal {
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

    private synchronized byte[] key(boolean mayMake) throws Refusal {
        try {
            Optional<byte[]> kept = mayMake ? keptOrNone() : keeping.read();
            if (kept.isEmpty() && mayMake) {
                byte[] fresh = new byte[KEY_BYTES];
                random.nextBytes(fresh);
                keeping.write(fresh);
                return fresh;
            }
            return kept.filter(key -> key.length == KEY_BYTES).orElseThrow(FactorKeySeal::unusable);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.NOT_NOW,
                    "Codes of apps cannot be checked now: " + e.getMessage()
                            + ". Recovery codes and passkeys work without it, and so does the local shell.");
        }
    }

    /** Where nothing was ever sealed, a vault that is not there keeps no key either. */
    private Optional<byte[]> keptOrNone() {
        try {
            return keeping.read();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Refusal unusable() {
        return new Refusal(
                Refusal.Kind.NOT_NOW,
                "Codes of apps cannot be checked: the key they were sealed with is gone or another. Restore a backup, or"
                        + " take a user's second factor away with hw:mfa-remove at the local shell.");
    }
}
