package org.hearthwatch.secret.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.LoginException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Wiped;
import org.hearthwatch.secret.vault.SlotLock;
import org.hearthwatch.secret.vault.Tokens;

/**
 * Tokens through the JDK's own PKCS#11 provider. The key is AES-256, made in the token, and cannot be taken out of it; it
 * encrypts by GCM, since that provider knows no key wrapping. Tried with SoftHSM 2; other modules should work and are
 * untried.
 */
public final class Pkcs11Tokens implements Tokens {

    private static final String PROVIDER = "SunPKCS11";
    private static final int TAG_BITS = 8 * Gcm.TAG_BYTES;

    private final SecureRandom random;

    public Pkcs11Tokens(SecureRandom random) {
        this.random = random;
    }

    @Override
    public SlotLock open(Path library, int slot, String key, Secret pin, boolean make) throws VaultException {
        if (!library.isAbsolute() || !Files.isRegularFile(library)) {
            throw new VaultException(
                    Kind.UNAVAILABLE,
                    "The token's driver " + library + " is not there; install it, or name its whole path");
        }
        char[] code = characters(pin);
        try {
            Provider provider = provider(library, slot);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, code);
            Key kept = store.getKey(key, null);
            if (kept == null && make) {
                store.setKeyEntry(key, generate(provider), null, null);
                kept = store.getKey(key, null);
            }
            if (kept == null) {
                logout(provider);
                throw new VaultException(
                        Kind.WRONG_KEY,
                        "The token at slot " + slot + " of " + library + " has no key " + key
                                + "; is it the one the vault was made with?");
            }
            return new TokenLock(provider, kept, random);
        } catch (IOException e) {
            throw new VaultException(
                    e.getCause() instanceof UnrecoverableKeyException || e.getCause() instanceof LoginException
                            ? Kind.WRONG_KEY
                            : Kind.UNAVAILABLE,
                    "The token at slot " + slot + " of " + library + " does not open: "
                            + (e.getCause() instanceof UnrecoverableKeyException
                                    ? "the PIN is wrong or locked"
                                    : String.valueOf(e.getMessage())),
                    e);
        } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
            throw unavailable(e);
        } finally {
            Arrays.fill(code, '\0');
        }
    }

    /** A provider of its own each time: one that has seen its token pulled out stays broken. */
    private static Provider provider(Path library, int slot) {
        Provider ground = Security.getProvider(PROVIDER);
        if (ground == null) {
            throw new ProviderException("this Java has no " + PROVIDER + " (module jdk.crypto.cryptoki)");
        }
        return ground.configure(
                "--name = hearthwatch" + slot + "\nlibrary = \"" + library + "\"\nslotListIndex = " + slot
                        + "\nshowInfo = false\n"
                        + "attributes(generate, CKO_SECRET_KEY, CKK_AES) = {\n"
                        + "  CKA_SENSITIVE = true\n  CKA_EXTRACTABLE = false\n  CKA_ENCRYPT = true\n  CKA_DECRYPT = true\n}\n");
    }

    /** As an object of the session, which the key store then keeps: kept at once, it would lie there twice. */
    private static Key generate(Provider provider) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(8 * Gcm.KEY_BYTES);
        return generator.generateKey();
    }

    private static void logout(Provider provider) {
        if (provider instanceof AuthProvider login) {
            try {
                login.logout();
            } catch (LoginException | RuntimeException e) {
                // The token is gone, and with it the session.
            }
        }
    }

    private static char[] characters(Secret pin) {
        byte[] utf8 = pin.reveal();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] characters = Arrays.copyOf(decoded.array(), decoded.length());
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(utf8, (byte) 0);
        return characters;
    }

    private static VaultException unavailable(Exception e) {
        return new VaultException(
                Kind.UNAVAILABLE,
                "The token did not do its part: " + e.getMessage()
                        + ". Is it plugged in, and its driver the right one?",
                e);
    }

    private record TokenLock(Provider provider, Key key, SecureRandom random) implements SlotLock {

        @Override
        public byte[] lock(byte[] plain, byte[] bound) throws VaultException {
            byte[] nonce = new byte[Gcm.NONCE_BYTES];
            random.nextBytes(nonce);
            try {
                byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, plain, bound);
                byte[] locked = Arrays.copyOf(nonce, nonce.length + sealed.length);
                System.arraycopy(sealed, 0, locked, nonce.length, sealed.length);
                return locked;
            } catch (GeneralSecurityException | ProviderException e) {
                throw unavailable(e);
            }
        }

        @Override
        public Wiped unlock(byte[] locked, byte[] bound) throws ForgedException, VaultException {
            try {
                return new Wiped(run(
                        Cipher.DECRYPT_MODE,
                        Arrays.copyOf(locked, Gcm.NONCE_BYTES),
                        Arrays.copyOfRange(locked, Gcm.NONCE_BYTES, locked.length),
                        bound));
            } catch (AEADBadTagException e) {
                throw new ForgedException("the token's key does not fit, or it was changed");
            } catch (GeneralSecurityException | ProviderException e) {
                throw unavailable(e);
            }
        }

        private byte[] run(int mode, byte[] nonce, byte[] in, byte[] bound) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            return cipher.doFinal(in);
        }

        @Override
        public void close() {
            logout(provider);
        }
    }
}
