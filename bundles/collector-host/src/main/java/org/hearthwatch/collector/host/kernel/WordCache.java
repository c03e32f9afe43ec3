package org.hearthwatch.collector.host.kernel;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what belongs to a word of a kernel file (its metric, its label values) so that a known word costs neither a
 * {@code String} nor an array. Open addressing over the word's bytes; when the limit is reached it forgets everything
 * and begins anew, so that devices which come and go cannot fill it. Not thread-safe.
 */
public final class WordCache<T> {

    private final int limit;
    private final Function<String, T> create;
    private @Nullable Entry<T>[] slots = slots(64);
    private int size;

    /**
     * An empty cache.
     *
     * @param limit how many words are remembered at most
     * @param create makes what belongs to a word seen for the first time
     */
    public WordCache(int limit, Function<String, T> create) {
        this.limit = limit;
        this.create = create;
    }

    /** What belongs to the current word of the text. */
    public T of(KernelText text) {
        int hash = text.wordHash();
        int slot = spread(hash);
        for (Entry<T> entry = slots[slot]; entry != null; entry = slots[slot]) {
            if (entry.hash == hash && text.wordIs(entry.word)) {
                return entry.value;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        T value = create.apply(text.word());
        if (size >= limit) {
            clear();
        }
        insert(new Entry<>(hash, text.wordBytes(), value));
        return value;
    }

    /** Forgets every word. */
    public void clear() {
        Arrays.fill(slots, null);
        size = 0;
    }

    private void insert(Entry<T> entry) {
        if (2 * (size + 1) > slots.length) {
            @Nullable Entry<T>[] old = slots;
            slots = slots(2 * old.length);
            for (Entry<T> moved : old) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(entry);
        size++;
    }

    private void place(Entry<T> entry) {
        int slot = spread(entry.hash);
        while (slots[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
    }

    private int spread(int hash) {
        return (hash ^ (hash >>> 15)) & (slots.length - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Entry<T>[] slots(int length) {
        return new Entry[length];
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry<T>(int hash, byte[] word, T value) {}
}
