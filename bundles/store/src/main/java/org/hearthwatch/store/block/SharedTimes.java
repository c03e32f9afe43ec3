package org.hearthwatch.store.block;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.frame.Bytes;

/**
 * The columns of times that were written, as far as they were of use lately: a bounded number of bytes of them. Not
 * thread-safe.
 */
final class SharedTimes {

    private static final long MOST_BYTES = 8 << 20;

    private final Map<Long, Entry> columns = new LinkedHashMap<>(64, 0.75f, true);
    private final Bytes scratch = new Bytes();
    private long held;

    /** A column and where it stands in the file. */
    private static final class Entry {

        private final long[] times;
        private final long at;

        Entry(long[] times, long at) {
            this.times = times;
            this.at = at;
        }
    }

    /** Where a column with these times stands in the file; it is written where there is none. */
    long place(long[] times, int from, int to, LongCodec codec, Bytes into, long offset) {
        long hash = hash(times, from, to);
        Entry entry = columns.get(hash);
        if (entry != null && Arrays.equals(entry.times, 0, entry.times.length, times, from, to)) {
            return entry.at;
        }
        long at = offset + into.size();
        TimeColumn.write(times, from, to, codec, scratch, into, offset);
        Entry before = columns.put(hash, new Entry(Arrays.copyOfRange(times, from, to), at));
        held += 8L * (to - from) - (before == null ? 0 : 8L * before.times.length);
        for (Iterator<Entry> oldest = columns.values().iterator(); held > MOST_BYTES; oldest.remove()) {
            held -= 8L * oldest.next().times.length;
        }
        return at;
    }

    private static long hash(long[] times, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = (hash ^ times[i]) * 0x9e37_79b9_7f4a_7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
