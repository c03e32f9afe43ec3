package org.hearthwatch.prometheus.intern;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hearthwatch.api.metric.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which labels a run of bytes stood for: whoever sends samples sends the same series again and again, and
 * comparing bytes is many times cheaper than decoding, sorting and hashing labels. A set-associative table: what is
 * remembered is bounded in number and in bytes, and forgetting costs nothing but time. Thread-safe without locks.
 */
public final class SeriesCache {

    private static final int WAYS = 4;

    /** Longer ones are rare and would push out many. */
    private static final int LONGEST = 4096;

    /** What a remembered series takes beside its bytes, its labels included: they hold the bytes once more. */
    private static final int OVERHEAD = 200;

    private final AtomicReferenceArray<@Nullable Entry> table;
    private final int mask;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    private static final class Entry {

        private final int hash;
        private final Object owner;
        private final byte[] key;
        private final Labels labels;

        Entry(int hash, Object owner, byte[] key, Labels labels) {
            this.hash = hash;
            this.owner = owner;
            this.key = key;
            this.labels = labels;
        }

        long size() {
            return OVERHEAD + 3L * key.length;
        }
    }

    /**
     * An empty cache.
     *
     * @param mostSeries about how many series are remembered
     * @param mostBytes about how much heap they may take
     */
    public SeriesCache(int mostSeries, long mostBytes) {
        int sets = Integer.highestOneBit(Math.max(1, mostSeries / WAYS - 1)) << 1;
        this.table = new AtomicReferenceArray<>(sets * WAYS);
        this.mask = sets - 1;
        this.mostBytes = mostBytes;
    }

    /** Hashes bytes for {@link #find} and {@link #remember}; eight at a time, for keys of a hundred bytes or so. */
    public static int hash(byte[] from, int begin, int end) {
        long hash = 0x9E3779B97F4A7C15L ^ (end - begin);
        int i = begin;
        for (; i + 8 <= end; i += 8) {
            hash = (hash ^ (long) Bytes.LONG.get(from, i)) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        for (; i < end; i++) {
            hash = (hash ^ from[i]) * 0x100000001B3L;
        }
        hash ^= hash >>> 32;
        return (int) hash;
    }

    /**
     * The labels that were remembered for these bytes.
     *
     * @param owner whose bytes they are: the same ones may mean other labels from another sender
     * @return null if they are not known
     */
    public @Nullable Labels find(Object owner, int hash, byte[] from, int begin, int end) {
        int set = (hash & mask) * WAYS;
        for (int way = 0; way < WAYS; way++) {
            Entry entry = table.get(set + way);
            if (entry != null
                    && entry.hash == hash
                    && Arrays.equals(entry.key, 0, entry.key.length, from, begin, end)
                    && entry.owner.equals(owner)) {
                return entry.labels;
            }
        }
        return null;
    }

    /** Remembers labels; another series may be forgotten for it. */
    public void remember(Object owner, int hash, byte[] from, int begin, int end, Labels labels) {
        if (end - begin > LONGEST) {
            return;
        }
        var entry = new Entry(hash, owner, Arrays.copyOfRange(from, begin, end), labels);
        if (bytes.get() + entry.size() > mostBytes) {
            clear();
        }
        int set = (hash & mask) * WAYS;
        int way = 0;
        while (way < WAYS - 1 && table.get(set + way) != null) {
            way++;
        }
        if (table.get(set + way) != null) {
            // The upper bits choose: series that always come in one order would otherwise chase each other out.
            way = (hash >>> 24) % WAYS;
        }
        Entry before = table.getAndSet(set + way, entry);
        bytes.addAndGet(entry.size() - (before == null ? 0 : before.size()));
    }

    /** About how much heap is taken. */
    public long bytes() {
        return bytes.get();
    }

    private void clear() {
        for (int i = 0; i < table.length(); i++) {
            Entry before = table.getAndSet(i, null);
            if (before != null) {
                bytes.addAndGet(-before.size());
            }
        }
    }
}
