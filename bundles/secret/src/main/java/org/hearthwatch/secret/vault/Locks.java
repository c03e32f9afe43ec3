package org.hearthwatch.secret.vault;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.Hkdf;
import org.hearthwatch.secret.crypto.KeyPair;
import org.hearthwatch.secret.crypto.Stretching;
import org.hearthwatch.secret.crypto.Wiped;

/** Makes the locks of slots: new ones, and those of slots that are there, by their parameters. */
final class Locks {

    /** The parameter with the public key of a division; those made before this existed have none. */
    static final String CARD_KEY = "age";

    private static final int SHORTEST_PASSPHRASE = 12;
    private static final int MOST_PASSPHRASE_BYTES = 1024;

    private final MachineKeys machine;
    private final Tokens tokens;
    private final SecureRandom random;
    private final LongSupplier heap;

    /** @param heap how many bytes can still be taken: running out of memory ends the appliance */
    Locks(MachineKeys machine, Tokens tokens, SecureRandom random, LongSupplier heap) {
        this.heap = heap;
        this.machine = machine;
        this.tokens = tokens;
        this.random = random;
    }

    /** A lock with the parameters that make it again. */
    record NewLock(VaultSlot.Kind kind, String label, String parameters, SlotLock lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.close();
        }
    }

    NewLock make(NewSlot slot) throws VaultException {
        if (slot instanceof NewSlot.Passphrase passphrase) {
            byte[] salt = salt();
            Stretching stretching = passphrase.kdf() == NewSlot.Kdf.PBKDF2
                    ? Stretching.Pbkdf2.usual(salt)
                    : Stretching.Argon2id.usual(salt);
            checkStrength(passphrase.value());
            return new NewLock(
                    VaultSlot.Kind.PASSPHRASE,
                    slot.label(),
                    stretching.text(),
                    stretched(stretching, passphrase.value()));
        }
        if (slot instanceof NewSlot.Credential credential) {
            String parameters = Parameters.of("credential", word("credential", credential.credential()), "salt", hex())
                    .toString();
            return new NewLock(VaultSlot.Kind.CREDENTIAL, slot.label(), parameters, credential(parameters));
        }
        if (slot instanceof NewSlot.KeyFile) {
            String parameters = Parameters.of("salt", hex()).toString();
            try (Wiped key = machine.makeKeyFile()) {
                return new NewLock(VaultSlot.Kind.FILE, slot.label(), parameters, derived(key, parameters, "file"));
            }
        }
        var token = (NewSlot.Token) slot;
        String parameters = Parameters.of(
                        "library",
                        word("library", token.library().toString()),
                        "slot",
                        Integer.toString(token.slot()),
                        "key",
                        word("key", token.key()))
                .toString();
        SlotLock lock = tokens.open(token.library(), token.slot(), token.key(), token.pin(), true);
        return new NewLock(VaultSlot.Kind.TOKEN, slot.label(), parameters, lock);
    }

    NewLock make(String label, ShareSet set, Wiped key) {
        String parameters = Parameters.of(
                        "set",
                        set.name(),
                        "threshold",
                        Integer.toString(set.threshold()),
                        "shares",
                        Integer.toString(set.shares()),
                        "salt",
                        hex(),
                        CARD_KEY,
                        HexFormat.of().formatHex(publicCardKey(key)))
                .toString();
        return new NewLock(VaultSlot.Kind.SHARES, label, parameters, derived(key, parameters, "shares"));
    }

    /** The private key for what is encrypted for the cards themselves; the caller closes it. */
    static Wiped cardKey(Wiped key) {
        return Hkdf.key(key.bytes(), new byte[0], "hearthwatch cards v1 age");
    }

    private static byte[] publicCardKey(Wiped key) {
        try (Wiped half = cardKey(key);
                KeyPair pair = KeyPair.of(half.bytes().clone())) {
            return pair.publicKey();
        }
    }

    /** A division of a key among people. */
    record ShareSet(String name, int threshold, int shares) {}

    SlotLock passphrase(SlotEntry slot, Secret passphrase) throws VaultException {
        try {
            return stretched(Stretching.parse(slot.parameters), passphrase);
        } catch (IllegalArgumentException e) {
            throw damaged(slot, e);
        }
    }

    SlotLock unattended(SlotEntry slot) throws VaultException {
        try {
            if (slot.kind == VaultSlot.Kind.CREDENTIAL) {
                return credential(slot.parameters);
            }
            try (Wiped key = machine.readKeyFile()) {
                return derived(key, slot.parameters, "file");
            }
        } catch (IllegalArgumentException e) {
            throw damaged(slot, e);
        }
    }

    SlotLock token(SlotEntry slot, Secret pin) throws VaultException {
        try {
            Parameters parameters = Parameters.parse(slot.parameters);
            return tokens.open(
                    Path.of(parameters.get("library")),
                    parameters.number("slot", 0, 1 << 20),
                    parameters.get("key"),
                    pin,
                    false);
        } catch (IllegalArgumentException e) {
            throw damaged(slot, e);
        }
    }

    SlotLock shares(SlotEntry slot, Wiped key) throws VaultException {
        try {
            return derived(key, slot.parameters, "shares");
        } catch (IllegalArgumentException e) {
            throw damaged(slot, e);
        }
    }

    /** Whether the slot's key should be made at more cost. */
    static boolean isWeak(SlotEntry slot) {
        return Stretching.parse(slot.parameters).isWeak();
    }

    /** The same way of making the key at today's cost. */
    NewLock stronger(SlotEntry slot, Secret passphrase) throws VaultException {
        Stretching stretching = Stretching.parse(slot.parameters).recommended(salt());
        return new NewLock(slot.kind, slot.label, stretching.text(), stretched(stretching, passphrase));
    }

    private SlotLock credential(String parameters) throws VaultException {
        try (Wiped key = machine.credential(Parameters.parse(parameters).get("credential"))) {
            return derived(key, parameters, "credential");
        }
    }

    private SlotLock derived(Wiped key, String parameters, String purpose) {
        byte[] salt = Parameters.parse(parameters).bytes("salt", Stretching.SALT_BYTES);
        return SlotLock.of(Hkdf.key(key.bytes(), salt, "hearthwatch vault v1 " + purpose), random);
    }

    private SlotLock stretched(Stretching stretching, Secret passphrase) throws VaultException {
        if (stretching.bytes() > heap.getAsLong()) {
            throw new VaultException(
                    Kind.UNAVAILABLE,
                    "There is not enough memory free to make a key from a passphrase (" + stretching.strength()
                            + "); start with a larger -Xmx, or use a slot with PBKDF2");
        }
        byte[] bytes = normal(passphrase);
        try {
            return SlotLock.of(stretching.key(bytes), random);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** NFKC, so that the same passphrase typed on another keyboard is the same. */
    private static byte[] normal(Secret passphrase) throws VaultException {
        byte[] utf8 = passphrase.reveal();
        try {
            if (utf8.length > MOST_PASSPHRASE_BYTES) {
                throw new VaultException(
                        Kind.INVALID, "The passphrase is longer than " + MOST_PASSPHRASE_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return Normalizer.normalize(text, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new VaultException(Kind.INVALID, "The passphrase is not valid text", e);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static void checkStrength(Secret passphrase) throws VaultException {
        byte[] bytes = normal(passphrase);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Arrays.fill(bytes, (byte) 0);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST_PASSPHRASE) {
            throw new VaultException(
                    Kind.INVALID,
                    "The passphrase has " + length + " characters; it needs at least " + SHORTEST_PASSPHRASE
                            + ", such as five unrelated words");
        }
        if (text.codePoints().distinct().count() < 6) {
            throw new VaultException(
                    Kind.INVALID,
                    "The passphrase repeats a few characters; take another, such as five unrelated words");
        }
    }

    private static String word(String name, String value) throws VaultException {
        if (!value.matches("[\\x21-\\x7e]{1,255}")) {
            throw new VaultException(
                    Kind.INVALID, "The " + name + " must be 1 to 255 printable characters without a space");
        }
        return value;
    }

    private static VaultException damaged(SlotEntry slot, IllegalArgumentException e) {
        String why = e instanceof InvalidPathException ? "its library is no path" : String.valueOf(e.getMessage());
        return new VaultException(Kind.DAMAGED, slot.name() + " was changed or damaged: " + why, e);
    }

    private byte[] salt() {
        byte[] salt = new byte[Stretching.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private String hex() {
        return HexFormat.of().formatHex(salt());
    }
}
