package org.hearthwatch.secret.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthwatch.secret.crypto.Gcm;

/**
 * What is in the vault, decrypted: the keys of the records by their term, the slots' salts, and the records, whose values
 * are still encrypted. Lives for one operation, then {@link #close} wipes it. Not thread-safe.
 */
final class Body implements AutoCloseable {

    static final int MOST_BYTES = 8 << 20;
    static final int MOST_RECORDS = 10_000;
    static final int MOST_VERSIONS = 5;
    static final int MOST_VALUE = 64 * 1024;

    private static final int VERSION = 1;

    /** A version of a value, encrypted under the key of a term. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Value(int number, Instant created, int term, byte[] nonce, byte[] sealed) {}

    /** A name and its versions, the newest last. */
    record Entry(String name, List<Value> values) {
        Entry {
            values = List.copyOf(values);
        }

        Value newest() {
            return values.get(values.size() - 1);
        }
    }

    Instant keysSince = Instant.EPOCH;
    long writes;
    int lastSlot;
    final SortedMap<Integer, byte[]> keys = new TreeMap<>();
    final SortedMap<Integer, byte[]> salts = new TreeMap<>();
    final SortedMap<String, Entry> entries = new TreeMap<>();

    byte[] encode() {
        int size = 4
                + 8
                + 8
                + 4
                + 2
                + keys.size() * (4 + Gcm.KEY_BYTES)
                + 2
                + salts.size() * (4 + SlotEntry.SALT_BYTES)
                + 4;
        for (Entry entry : entries.values()) {
            size += 2 + entry.name().length() + 2;
            for (Value value : entry.values()) {
                size += 4 + 8 + 4 + Gcm.NONCE_BYTES + 4 + value.sealed().length;
            }
        }
        var out = ByteBuffer.allocate(size);
        out.putInt(VERSION).putLong(keysSince.toEpochMilli()).putLong(writes).putInt(lastSlot);
        out.putShort((short) keys.size());
        keys.forEach((term, key) -> out.putInt(term).put(key));
        out.putShort((short) salts.size());
        salts.forEach((slot, salt) -> out.putInt(slot).put(salt));
        out.putInt(entries.size());
        for (Entry entry : entries.values()) {
            byte[] name = entry.name().getBytes(StandardCharsets.US_ASCII);
            out.putShort((short) name.length).put(name);
            out.putShort((short) entry.values().size());
            for (Value value : entry.values()) {
                out.putInt(value.number())
                        .putLong(value.created().toEpochMilli())
                        .putInt(value.term())
                        .put(value.nonce())
                        .putInt(value.sealed().length)
                        .put(value.sealed());
            }
        }
        return out.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException naming what is wrong; only a program with the keys could have written it
     */
    static Body decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var body = new Body();
        try {
            int version = in.getInt();
            expect(version == VERSION, "version " + version + " of the body is not known here");
            body.keysSince = Instant.ofEpochMilli(in.getLong());
            body.writes = in.getLong();
            body.lastSlot = in.getInt();
            for (int left = in.getShort(); left > 0; left--) {
                body.keys.put(in.getInt(), take(in, Gcm.KEY_BYTES));
            }
            for (int left = in.getShort(); left > 0; left--) {
                body.salts.put(in.getInt(), take(in, SlotEntry.SALT_BYTES));
            }
            int records = in.getInt();
            expect(records >= 0 && records <= MOST_RECORDS, records + " records are not possible");
            for (int left = records; left > 0; left--) {
                Entry entry = entry(in);
                expect(body.entries.put(entry.name(), entry) == null, "record " + entry.name() + " stands twice");
            }
            expect(!in.hasRemaining(), "something stands behind the last record");
            return body;
        } catch (BufferUnderflowException e) {
            body.close();
            throw new IllegalArgumentException("the body ends too early", e);
        } catch (IllegalArgumentException e) {
            body.close();
            throw e;
        }
    }

    private static Entry entry(ByteBuffer in) {
        String name = new String(take(in, in.getShort()), StandardCharsets.US_ASCII);
        int count = in.getShort();
        expect(count > 0 && count <= MOST_VERSIONS, "record " + name + " has " + count + " versions");
        List<Value> values = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            int number = in.getInt();
            Instant created = Instant.ofEpochMilli(in.getLong());
            int term = in.getInt();
            byte[] nonce = take(in, Gcm.NONCE_BYTES);
            int length = in.getInt();
            expect(length >= Gcm.TAG_BYTES && length <= MOST_VALUE + Gcm.TAG_BYTES, "record " + name + " is too long");
            values.add(new Value(number, created, term, nonce, take(in, length)));
        }
        return new Entry(name, values);
    }

    private static byte[] take(ByteBuffer in, int length) {
        expect(length >= 0 && length <= in.remaining(), "a length is longer than the body");
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public void close() {
        wipe(keys);
        wipe(salts);
    }

    private static void wipe(Map<Integer, byte[]> secrets) {
        secrets.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }
}
