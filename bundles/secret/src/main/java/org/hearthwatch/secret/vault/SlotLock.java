package org.hearthwatch.secret.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Wiped;

/** What opens a slot, in use: encrypts and decrypts the slot's private part, bound to the slot. */
public interface SlotLock extends AutoCloseable {

    /** Nonce, ciphertext and tag. */
    byte[] lock(byte[] plain, byte[] bound) throws VaultException;

    /** @throws ForgedException if it was locked with another key, for another slot, or changed */
    Wiped unlock(byte[] locked, byte[] bound) throws ForgedException, VaultException;

    @Override
    void close();

    /** By a key at hand, which is taken over. */
    static SlotLock of(Wiped key, SecureRandom random) {
        return new SlotLock() {
            @Override
            public byte[] lock(byte[] plain, byte[] bound) {
                byte[] nonce = new byte[Gcm.NONCE_BYTES];
                random.nextBytes(nonce);
                byte[] sealed = Gcm.encrypt(key.bytes(), nonce, plain, bound);
                byte[] locked = Arrays.copyOf(nonce, nonce.length + sealed.length);
                System.arraycopy(sealed, 0, locked, nonce.length, sealed.length);
                return locked;
            }

            @Override
            public Wiped unlock(byte[] locked, byte[] bound) throws ForgedException {
                byte[] nonce = Arrays.copyOf(locked, Gcm.NONCE_BYTES);
                byte[] sealed = Arrays.copyOfRange(locked, Gcm.NONCE_BYTES, locked.length);
                return new Wiped(Gcm.decrypt(key.bytes(), nonce, sealed, bound));
            }

            @Override
            public void close() {
                key.close();
            }
        };
    }
}
