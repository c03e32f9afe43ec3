package org.hearthwatch.secret.vault;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Wiped;

/** The vault while it is being changed, before it is written. Used by one operation. */
final class Draft implements AutoCloseable {

    private final String vault;
    private final Instant now;
    private final SecureRandom random;
    private final Body body;
    private final List<SlotEntry> slots;
    private long generation;
    private Wiped master;

    Draft(Header header, Body body, Wiped master, Instant now, SecureRandom random) {
        this.vault = header.vault();
        this.generation = header.generation() + 1;
        this.slots = new ArrayList<>(header.slots());
        this.body = body;
        this.master = master;
        this.now = now;
        this.random = random;
    }

    Body body() {
        return body;
    }

    Instant now() {
        return now;
    }

    long generation() {
        return generation;
    }

    Wiped master() {
        return master;
    }

    byte[] file() {
        return Envelope.seal(new Header(vault, generation, now, slots), master.bytes(), body, random);
    }

    /** The generation that will be written is later than this one too. */
    void raiseTo(long seen) {
        generation = Math.max(generation, seen + 1);
    }

    SlotEntry add(Locks.NewLock lock) throws VaultException {
        if (slots.size() == Header.MOST_SLOTS) {
            throw new VaultException(
                    Kind.INVALID, "There are " + Header.MOST_SLOTS + " slots already; remove one first");
        }
        // Never an id that was in use: salts of removed slots are gone, so the greatest ever is remembered by the body.
        int id = Math.max(slots.stream().mapToInt(slot -> slot.id).max().orElse(0), body.lastSlot) + 1;
        byte[] salt = bytes(SlotEntry.SALT_BYTES);
        SlotEntry slot = SlotEntry.make(
                        vault, id, lock.kind(), lock.label(), now, lock.parameters(), lock.lock(), salt, random)
                .holding(vault, master.bytes(), salt, random);
        slots.add(slot);
        body.salts.put(id, salt);
        body.lastSlot = id;
        return slot;
    }

    void replace(SlotEntry slot) {
        slots.replaceAll(each -> each.id == slot.id ? slot : each);
    }

    void remove(int id) throws VaultException {
        if (slots.stream().noneMatch(slot -> slot.id == id)) {
            throw new VaultException(Kind.UNKNOWN, "There is no slot " + id + "; see hw:vault-slot-list");
        }
        if (slots.size() == 1) {
            throw new VaultException(
                    Kind.INVALID, "Slot " + id + " is the only one; without it nobody could open the vault again");
        }
        slots.removeIf(slot -> slot.id == id);
        byte[] salt = body.salts.remove(id);
        if (salt != null) {
            Arrays.fill(salt, (byte) 0);
        }
    }

    /** New keys: of the records, all of which are encrypted anew, and the master key, which is locked anew in every slot. */
    void rotate() throws ForgedException {
        int term = newRecordKey();
        for (Body.Entry entry : List.copyOf(body.entries.values())) {
            List<Body.Value> values = new ArrayList<>();
            for (Body.Value value : entry.values()) {
                try (Wiped plain = decrypt(entry.name(), value)) {
                    values.add(encrypt(entry.name(), value.number(), value.created(), plain.bytes()));
                }
            }
            body.entries.put(entry.name(), new Body.Entry(entry.name(), values));
        }
        body.keys.headMap(term).values().forEach(key -> Arrays.fill(key, (byte) 0));
        body.keys.headMap(term).clear();
        master = new Wiped(bytes(Gcm.KEY_BYTES));
        for (SlotEntry slot : List.copyOf(slots)) {
            byte[] salt = body.salts.get(slot.id);
            if (salt == null) {
                throw new ForgedException("slot " + slot.id + " has no salt in the body");
            }
            replace(slot.holding(vault, master.bytes(), salt, random));
        }
    }

    /** Begins a term: what is written from now on has a new key. */
    int newRecordKey() {
        int term = body.keys.isEmpty() ? 1 : body.keys.lastKey() + 1;
        body.keys.put(term, bytes(Gcm.KEY_BYTES));
        body.keysSince = now;
        body.writes = 0;
        return term;
    }

    Body.Value encrypt(String name, int number, Instant created, byte[] plain) {
        int term = body.keys.lastKey();
        byte[] key = body.keys.getOrDefault(term, new byte[0]);
        byte[] nonce = bytes(Gcm.NONCE_BYTES);
        byte[] sealed = Gcm.encrypt(key, nonce, plain, bound(vault, name, number));
        body.writes++;
        return new Body.Value(number, created, term, nonce, sealed);
    }

    Wiped decrypt(String name, Body.Value value) throws ForgedException {
        return decrypt(vault, body, name, value);
    }

    static Wiped decrypt(String vault, Body body, String name, Body.Value value) throws ForgedException {
        byte[] key = body.keys.get(value.term());
        if (key == null) {
            throw new ForgedException("the key of record " + name + " version " + value.number() + " is missing");
        }
        try {
            return new Wiped(Gcm.decrypt(key, value.nonce(), value.sealed(), bound(vault, name, value.number())));
        } catch (ForgedException e) {
            throw new ForgedException("record " + name + " version " + value.number() + ": " + e.getMessage());
        }
    }

    private static byte[] bound(String vault, String name, int number) {
        return String.join("\n", "hearthwatch vault v1 record", vault, name, Integer.toString(number))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        master.close();
    }
}
