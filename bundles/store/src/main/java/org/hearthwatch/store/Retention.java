package org.hearthwatch.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hearthwatch.store.chunk.Chunk;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFloor;
import org.hearthwatch.store.log.SampleLog;

/**
 * Drops what is too much: a time, the floor, is raised until everything fits, and samples below it are gone for readers
 * at once, from memory by whole chunks and from disk by whole files. Since nobody sees what is below the floor, a file
 * never takes a sample with it that is still there.
 *
 * <p>For one thread; {@link #floor()} is for all.
 */
final class Retention {

    private static final int BINS = 256;
    private static final double FREED_BELOW = 0.95;
    private static final int SLICE = 256;
    private static final int MOST_HALVINGS = 24;
    private static final Duration SMALLEST_STEP = Duration.ofMinutes(10);

    private final Head head;
    private final SampleLog log;
    private volatile long floor = Long.MIN_VALUE;
    private volatile long oldest = Long.MAX_VALUE;

    Retention(Head head, SampleLog log) {
        this.head = head;
        this.log = log;
    }

    /** Samples older than this are gone. */
    long floor() {
        return floor;
    }

    /** The time of the oldest sample as last looked for, or {@link Long#MAX_VALUE}. */
    long oldest() {
        return Math.max(oldest, floor);
    }

    /** Makes the samples in memory fit. */
    void fitMemory(StoreSettings settings) {
        if (head.sampleBytes() <= settings.memoryBytes()) {
            return;
        }
        long goal = (long) (FREED_BELOW * settings.memoryBytes());
        raise(floorFreeing(head.sampleBytes() - goal), false);
        // Few and large chunks: cut them, and not only drop whole ones.
        for (int i = 0; i < MOST_HALVINGS && head.sampleBytes() > settings.memoryBytes(); i++) {
            look();
            raise(oldest() + (head.newest() - oldest()) / 2 + 1, true);
        }
    }

    /**
     * Makes everything fit.
     *
     * @param now in milliseconds since the epoch
     * @throws IOException if the log fails; what memory holds fits all the same
     */
    void enforce(StoreSettings settings, long now) throws IOException {
        long before = floor;
        look();
        fitTime(settings, now);
        fitMemory(settings);
        long excess = log.bytes() - settings.retentionBytes();
        while (excess > 0) {
            var next = log.nextFloor();
            if (next.isEmpty()) {
                break;
            }
            raise(next.get(), false);
            log.drop(new LogFloor(floor, Long.MAX_VALUE));
            excess = log.bytes() - settings.retentionBytes();
        }
        if (floor > before) {
            forgetEmpty();
            log.drop(new LogFloor(floor, Long.MAX_VALUE));
            look();
        }
    }

    /** A clock that was set ahead drops nothing as long as no sample has such a time. */
    private void fitTime(StoreSettings settings, long now) {
        long time = Math.min(now, head.newest()) - settings.retention().toMillis();
        long step = Math.min(SMALLEST_STEP.toMillis(), settings.retention().toMillis() / 20);
        if (head.seriesCount() > 0 && oldest() < time - step) {
            raise(time, false);
        }
    }

    private void look() {
        long least = Long.MAX_VALUE;
        for (Series series : head.all()) {
            least = Math.min(least, series.oldest());
        }
        oldest = least;
    }

    /** The time below which whole chunks of so many bytes end; counted in bins of time, so a little above. */
    private long floorFreeing(long bytes) {
        look();
        long from = oldest();
        long width = Math.max(1, (head.newest() - from) / BINS + 1);
        var bins = new long[BINS];
        for (Series series : head.all()) {
            for (Chunk chunk : series.chunks()) {
                long bin = Math.max(0, (chunk.end() - from) / width);
                bins[(int) Math.min(bin, BINS - 1)] += chunk.heapBytes();
            }
        }
        long freed = 0;
        int bin = 0;
        while (bin < BINS - 1 && freed < bytes) {
            freed += bins[bin++];
        }
        return from + bin * width;
    }

    private void raise(long time, boolean within) {
        if (time <= floor) {
            return;
        }
        floor = time;
        List<Series> series = head.all();
        for (int from = 0; from < series.size(); from += SLICE) {
            head.dropBefore(series.subList(from, Math.min(from + SLICE, series.size())), time, within);
        }
    }

    private void forgetEmpty() {
        List<Series> series = head.all();
        for (int from = 0; from < series.size(); from += SLICE) {
            head.forgetEmpty(series.subList(from, Math.min(from + SLICE, series.size())));
        }
    }
}
