package org.hearthwatch.store.block;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.disk.DiskReader;
import org.jspecify.annotations.Nullable;

/** Columns of times of one block that were used lately, held softly. Thread-safe. */
final class TimeCache {

    private static final int SETS = 128;

    /**
     * Whoever reads by labels comes to all columns of a time in turns; with one place for each, two that shared it would
     * chase each other out.
     */
    private static final int WAYS = 4;

    private static final int FIRST_TRY = 512;

    private final DiskReader reader;
    private volatile SoftReference<AtomicReferenceArray<@Nullable Entry>> held = new SoftReference<>(null);

    TimeCache(DiskReader reader) {
        this.reader = reader;
    }

    /** The times at an offset of the file. */
    private static final class Entry {

        private final long offset;
        private final long[] times;

        Entry(long offset, long[] times) {
            this.offset = offset;
            this.times = times;
        }
    }

    void clear() {
        held = new SoftReference<>(null);
    }

    /** The times whose column stands at an offset, if they are held. */
    long @Nullable [] held(long offset) {
        AtomicReferenceArray<@Nullable Entry> entries = held.get();
        int set = set(offset);
        for (int way = 0; entries != null && way < WAYS; way++) {
            Entry entry = entries.get(set + way);
            if (entry != null && entry.offset == offset) {
                return entry.times;
            }
        }
        return null;
    }

    void hold(long offset, long[] times) {
        AtomicReferenceArray<@Nullable Entry> entries = held.get();
        if (entries == null) {
            entries = new AtomicReferenceArray<>(SETS * WAYS);
            held = new SoftReference<>(entries);
        }
        int set = set(offset);
        int way = 0;
        while (way < WAYS && entries.get(set + way) != null) {
            way++;
        }
        // Of a full set any goes: those that always come in one order would chase out the one before.
        int place = way < WAYS ? way : ThreadLocalRandom.current().nextInt(WAYS);
        entries.set(set + place, new Entry(offset, times));
    }

    private static int set(long offset) {
        return (int) ((offset * 0x9e37_79b9_7f4a_7c15L) >>> 57) * WAYS;
    }

    /** Reads the times whose column stands at an offset. */
    long[] read(long offset, LongCodec codec) throws IOException {
        long most = reader.size() - offset;
        int length = (int) Math.min(FIRST_TRY, most);
        byte[] bytes = BlockFile.bytes(reader, offset, length);
        int whole = TimeColumn.length(new Input(bytes, 0, length));
        if (whole > length) {
            length = (int) Math.min(whole, most);
            bytes = BlockFile.bytes(reader, offset, length);
        }
        long[] times =
                TimeColumn.read(new Input(bytes, 0, length), bytes, offset).decode(codec);
        hold(offset, times);
        return times;
    }
}
