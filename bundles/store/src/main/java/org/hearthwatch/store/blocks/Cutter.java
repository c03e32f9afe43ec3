package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.head.Cut;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFloor;

/**
 * Moves what is old enough from memory to blocks of level 0, one for each window of six hours, or of a day for what is
 * older than one. Appending goes on meanwhile. A crash between any two steps loses nothing: until the manifest names the
 * blocks the log has all of it, and afterwards what memory still has is there twice and is read once. For one thread.
 */
final class Cutter {

    /** How many series are taken out of memory at a time. */
    private static final int SLICE = 256;

    private final Disk disk;
    private final BlockStore store;
    private final Memory memory;
    private final Windows windows;

    Cutter(Disk disk, BlockStore store, Memory memory, Windows windows) {
        this.disk = disk;
        this.store = store;
        this.memory = memory;
        this.windows = windows;
    }

    /**
     * Cuts what is older than a time.
     *
     * @return how many samples were written
     */
    long cut(long time) throws IOException {
        var floor = new LogFloor(time, memory.rotate());
        long written = write(time, floor);
        memory.dropLog(floor);
        return written;
    }

    /**
     * Cuts what is older than a time while the log is being read. What stands in those of its files that are yet to be
     * read is in no block, whatever their numbers, so all of the log stays.
     *
     * @return how many samples were written
     */
    long cutWhileReading(long time) throws IOException {
        return write(time, store.state().floor());
    }

    private long write(long time, LogFloor floor) throws IOException {
        List<Series> series = memory.series();
        try {
            // Blocks know series by number only: the catalogue must have all of these before.
            memory.commit();
        } catch (StoreUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
        var taken = new Taken(series, time);
        long total = 0;
        try (var blocks = new NewBlocks(disk, store)) {
            for (var window : taken.windows.entrySet()) {
                NewBlock block = blocks.begin(0, window.getKey(), window.getValue(), 0, false);
                total += taken.write(block, window.getKey() + 1, window.getValue());
            }
            blocks.publish(new Change().cut(floor));
        }
        for (int from = 0; from < taken.series.size(); from += SLICE) {
            int to = Math.min(from + SLICE, taken.series.size());
            memory.head().drop(taken.series.subList(from, to), taken.cuts.subList(from, to));
        }
        return total;
    }

    /** What is cut: the series that have something old enough, and that. */
    private final class Taken {

        private final List<Series> series = new ArrayList<>();
        private final List<Cut> cuts = new ArrayList<>();
        private final TreeMap<Long, Long> windows = new TreeMap<>();
        private final SampleBuffer all = new SampleBuffer();
        private final SampleBuffer some = new SampleBuffer();
        private final long[] firsts;
        private final long[] lasts;

        Taken(List<Series> candidates, long time) {
            for (Series one : candidates) {
                Optional<Cut> cut = memory.head().cut(one, time);
                if (cut.isPresent()) {
                    series.add(one);
                    cuts.add(cut.get());
                }
            }
            firsts = new long[cuts.size()];
            lasts = new long[cuts.size()];
            for (int i = 0; i < cuts.size(); i++) {
                look(i, time);
            }
        }

        /** Notes the windows that a series has samples in. */
        private void look(int index, long time) {
            long start = cuts.get(index).start();
            if (windowOf(start, time) >= time - 1) {
                // All in one window, as nearly always: which times there are need not be known.
                firsts[index] = start;
                lasts[index] = time - 1;
                return;
            }
            all.clear();
            cuts.get(index).read(all);
            firsts[index] = all.size() == 0 ? Long.MAX_VALUE : all.timestamp(0);
            lasts[index] = all.size() == 0 ? Long.MIN_VALUE : all.timestamp(all.size() - 1);
            long end = Long.MIN_VALUE;
            for (int i = 0; i < all.size(); i++) {
                long at = all.timestamp(i);
                if (at > end || i == 0) {
                    end = windowOf(at, time);
                }
            }
        }

        /** Notes the window that a time is in. @return its end */
        private long windowOf(long at, long time) {
            boolean old = Cutter.this.windows.endOf(Windows.DAY, at) <= time - Cutter.this.windows.width(Windows.DAY);
            int level = old ? Windows.DAY : 1;
            long end = Cutter.this.windows.endOf(level, at);
            windows.put(Cutter.this.windows.startOf(level, at), end);
            return end;
        }

        long write(NewBlock into, long from, long to) throws IOException {
            long total = 0;
            for (int i = 0; i < firsts.length; i++) {
                if (firsts[i] <= to && lasts[i] >= from) {
                    all.clear();
                    cuts.get(i).read(all);
                    SampleBuffer chosen = firsts[i] >= from && lasts[i] <= to ? all : between(from, to);
                    into.series(series.get(i).ref(), series.get(i).labels(), chosen);
                    total += chosen.size();
                }
            }
            return total;
        }

        private SampleBuffer between(long from, long to) {
            some.clear();
            int place = Arrays.binarySearch(all.timestamps(), 0, all.size(), from);
            for (int i = place < 0 ? -place - 1 : place; i < all.size() && all.timestamp(i) <= to; i++) {
                SampleMerge.copy(all, i, some);
            }
            return some;
        }
    }
}
