package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
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
        try (Cut cut = memory.head().cut(series, time)) {
            long total = 0;
            try (var blocks = new NewBlocks(disk, store)) {
                for (var window : windowsOf(cut, time).entrySet()) {
                    NewBlock block = blocks.begin(0, window.getKey(), window.getValue(), 0, false);
                    total += write(cut, block, window.getKey() + 1, window.getValue());
                }
                blocks.publish(new Change().cut(floor));
            }
            cut.drop();
            return total;
        }
    }

    /** The windows that something is cut of, and their ends. */
    private SortedMap<Long, Long> windowsOf(Cut cut, long time) {
        var found = new TreeMap<Long, Long>();
        var samples = new SampleBuffer();
        for (int i = 0; i < cut.size(); i++) {
            if (noteWindow(cut.start(i), time, found) < cut.end(i)) {
                samples.clear();
                cut.read(i, Long.MIN_VALUE, Long.MAX_VALUE, samples);
                long end = Long.MIN_VALUE;
                for (int at = 0; at < samples.size(); at++) {
                    if (samples.timestamp(at) > end) {
                        end = noteWindow(samples.timestamp(at), time, found);
                    }
                }
            }
        }
        return found;
    }

    /** Notes the window that a time is in. @return its end */
    private long noteWindow(long at, long time, SortedMap<Long, Long> into) {
        boolean old = windows.endOf(Windows.DAY, at) <= time - windows.width(Windows.DAY);
        int level = old ? Windows.DAY : 1;
        long end = windows.endOf(level, at);
        into.put(windows.startOf(level, at), end);
        return end;
    }

    private static long write(Cut cut, NewBlock into, long from, long to) throws IOException {
        long total = 0;
        var samples = new SampleBuffer();
        for (int i = 0; i < cut.size(); i++) {
            if (cut.start(i) <= to && cut.end(i) >= from) {
                samples.clear();
                cut.read(i, from, to, samples);
                into.series(cut.series(i).ref(), cut.series(i).labels(), samples);
                total += samples.size();
            }
        }
        return total;
    }
}
