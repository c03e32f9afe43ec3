package org.hearthwatch.secret.vault;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Hkdf;
import org.hearthwatch.secret.crypto.KeyPair;
import org.hearthwatch.secret.crypto.Wiped;

/**
 * A slot as it stands in the header. It has a pair of keys and a salt of its own. Private key and salt are locked by what
 * opens the slot; the master key is locked for the public key and the salt. So a new master key can be locked for every
 * slot while nobody is there to open one, and yet whoever once knew a master key does not learn the next one: the private
 * keys are in no vault's body, only the salts are.
 */
final class SlotEntry {

    static final int SALT_BYTES = 32;
    static final int LOCKED_BYTES = Gcm.NONCE_BYTES + KeyPair.BYTES + SALT_BYTES + Gcm.TAG_BYTES;
    static final int MASTER_BYTES = Gcm.KEY_BYTES + Gcm.TAG_BYTES;

    private static final byte[] NO_NONCE = new byte[Gcm.NONCE_BYTES];

    final int id;
    final VaultSlot.Kind kind;
    final String label;
    final Instant created;

    /** What is needed to open it besides the secret, in a form of its kind. */
    final String parameters;

    final byte[] publicKey;

    /** Nonce, private key and salt encrypted, tag. */
    final byte[] locked;

    /** The public half of the pair made for one locking of the master key. */
    final byte[] share;

    /** The master key encrypted, tag. */
    final byte[] master;

    SlotEntry(
            int id,
            VaultSlot.Kind kind,
            String label,
            Instant created,
            String parameters,
            byte[] publicKey,
            byte[] locked,
            byte[] share,
            byte[] master) {
        this.id = id;
        this.kind = kind;
        this.label = label;
        this.created = created;
        this.parameters = parameters;
        this.publicKey = publicKey;
        this.locked = locked;
        this.share = share;
        this.master = master;
    }

    /** Makes a slot, without a master key in it yet, and tells its salt. */
    static SlotEntry make(
            String vault,
            int id,
            VaultSlot.Kind kind,
            String label,
            Instant created,
            String parameters,
            SlotLock lock,
            byte[] salt,
            SecureRandom random)
            throws VaultException {
        try (KeyPair pair = KeyPair.random(random)) {
            byte[] plain = Arrays.copyOf(pair.privateKey().bytes(), KeyPair.BYTES + SALT_BYTES);
            System.arraycopy(salt, 0, plain, KeyPair.BYTES, SALT_BYTES);
            try {
                byte[] locked = lock.lock(plain, bound(vault, id, kind, parameters, pair.publicKey()));
                return new SlotEntry(
                        id, kind, label, created, parameters, pair.publicKey(), locked, new byte[0], new byte[0]);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    /** The same under other parameters, with private key and salt as they were. */
    SlotEntry relocked(String vault, String newParameters, SlotLock lock, byte[] plain) throws VaultException {
        byte[] again = lock.lock(plain, bound(vault, id, kind, newParameters, publicKey));
        return new SlotEntry(id, kind, label, created, newParameters, publicKey, again, share, master);
    }

    /** The same with another master key in it. */
    SlotEntry holding(String vault, byte[] masterKey, byte[] salt, SecureRandom random) {
        try (KeyPair once = KeyPair.random(random);
                Wiped key = masterLock(vault, once.privateKey().bytes(), publicKey, once.publicKey(), salt)) {
            byte[] sealed = Gcm.encrypt(key.bytes(), NO_NONCE, masterKey, new byte[0]);
            return new SlotEntry(id, kind, label, created, parameters, publicKey, locked, once.publicKey(), sealed);
        } catch (ForgedException e) {
            throw new IllegalStateException("A slot's own public key is not one", e);
        }
    }

    /** The master key, by the slot's private key and salt. */
    Wiped master(String vault, byte[] plain) throws ForgedException {
        byte[] privateKey = Arrays.copyOf(plain, KeyPair.BYTES);
        byte[] salt = Arrays.copyOfRange(plain, KeyPair.BYTES, plain.length);
        try (Wiped shared = KeyPair.agree(privateKey, share);
                Wiped key = masterLock(vault, shared, share, salt)) {
            return new Wiped(Gcm.decrypt(key.bytes(), NO_NONCE, master, new byte[0]));
        } finally {
            Arrays.fill(privateKey, (byte) 0);
            Arrays.fill(salt, (byte) 0);
        }
    }

    private Wiped masterLock(String vault, byte[] oncePrivate, byte[] slotPublic, byte[] oncePublic, byte[] salt)
            throws ForgedException {
        try (Wiped shared = KeyPair.agree(oncePrivate, slotPublic)) {
            return masterLock(vault, shared, oncePublic, salt);
        }
    }

    private Wiped masterLock(String vault, Wiped shared, byte[] oncePublic, byte[] salt) {
        byte[] secret = Arrays.copyOf(shared.bytes(), KeyPair.BYTES + SALT_BYTES);
        System.arraycopy(salt, 0, secret, KeyPair.BYTES, SALT_BYTES);
        byte[] both = Arrays.copyOf(oncePublic, 2 * KeyPair.BYTES);
        System.arraycopy(publicKey, 0, both, KeyPair.BYTES, KeyPair.BYTES);
        try {
            return Hkdf.key(secret, both, "hearthwatch vault v1 master " + vault + " " + id);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** What {@link #locked} is bound to. */
    byte[] bound(String vault) {
        return bound(vault, id, kind, parameters, publicKey);
    }

    private static byte[] bound(String vault, int id, VaultSlot.Kind kind, String parameters, byte[] publicKey) {
        return String.join(
                        "\n",
                        "hearthwatch vault v1 slot",
                        vault,
                        Integer.toString(id),
                        kind.word(),
                        parameters,
                        HexFormat.of().formatHex(publicKey))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** How people call it. */
    String name() {
        return "slot " + id + " (" + kind.word() + ", " + label + ")";
    }

    VaultSlot shown() {
        int salt = parameters.indexOf("salt=");
        String strength = salt < 0 ? parameters : parameters.substring(0, salt).strip();
        return new VaultSlot(id, kind, label, created, strength);
    }
}
