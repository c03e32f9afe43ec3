package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.block.Encoding;
import org.hearthwatch.store.disk.Disk;
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
        long segment = memory.rotate();
        List<Series> series = memory.series();
        var written = new long[series.size()];
        var floor = new LogFloor(time, segment);
        long total = 0;
        try (var blocks = new NewBlocks(disk, store)) {
            for (var window : windowsOf(series, time).entrySet()) {
                long start = window.getKey();
                long end = window.getValue();
                NewBlock block = blocks.begin(0, start, end, 0, Encoding.FAST);
                total += write(series, written, block, start + 1, Math.min(end, time - 1));
            }
            blocks.publish(new Change().cut(floor));
        }
        memory.drop(series, written, time);
        memory.dropLog(floor);
        return total;
    }

    private static long write(List<Series> series, long[] written, NewBlock into, long from, long to)
            throws IOException {
        var samples = new SampleBuffer();
        long total = 0;
        for (int i = 0; i < written.length; i++) {
            samples.clear();
            series.get(i).read(from, to, samples);
            if (samples.size() > 0) {
                into.series(series.get(i).ref(), series.get(i).labels(), samples);
                written[i] += samples.size();
                total += samples.size();
            }
        }
        return total;
    }

    /** Start and end of the windows that have samples older than a time. */
    private TreeMap<Long, Long> windowsOf(List<Series> series, long time) {
        var found = new TreeMap<Long, Long>();
        var samples = new SampleBuffer();
        for (Series one : series) {
            samples.clear();
            one.read(Long.MIN_VALUE, time - 1, samples);
            long end = Long.MIN_VALUE;
            for (int i = 0; i < samples.size(); i++) {
                long at = samples.timestamp(i);
                if (at > end) {
                    boolean old = windows.endOf(Windows.DAY, at) <= time - windows.width(Windows.DAY);
                    int level = old ? Windows.DAY : 1;
                    end = windows.endOf(level, at);
                    found.put(windows.startOf(level, at), end);
                }
            }
        }
        return found;
    }
}
