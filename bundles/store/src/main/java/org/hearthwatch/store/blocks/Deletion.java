package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.head.Departed;
import org.hearthwatch.store.head.Series;

/** Deletes samples: at once for readers and across restarts, from blocks when they are merged next. Thread-safe. */
public final class Deletion {

    private static final int MOST_OPEN = 1000;

    private final BlockStore store;
    private final Memory memory;
    private final Upkeep upkeep;
    private final InstantSource clock;

    public Deletion(BlockStore store, Memory memory, Upkeep upkeep, InstantSource clock) {
        this.store = store;
        this.memory = memory;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    /** See {@link org.hearthwatch.api.store.StoreAdmin#delete}. What is appended meanwhile may stay. */
    public int delete(List<Matcher> matchers, long from, long to) throws StoreUnavailableException {
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("A deletion needs a condition; {__name__=~\".+\"} chooses all series");
        }
        if (store.state().tombstones().size() >= MOST_OPEN) {
            throw new StoreUnavailableException(MOST_OPEN
                    + " deletions are not carried out yet; give their space back first, or wait until that happens by"
                    + " itself");
        }
        synchronized (upkeep.cutting()) {
            List<Series> series;
            try {
                series = withSamples(memory.head().select(matchers), from, to);
            } catch (UncheckedIOException e) {
                throw new StoreUnavailableException(
                        "Whether all blocks have such samples cannot be told (" + e.getMessage()
                                + "); nothing was deleted",
                        e);
            }
            if (series.isEmpty()) {
                return 0;
            }
            int[] refs = numbersOf(series);
            memory.commit();
            try {
                long segment = memory.rotate();
                store.publish(new Change()
                        .delete(generation -> new Tombstone(generation, segment, clock.millis(), from, to, refs)));
            } catch (IOException e) {
                throw new StoreUnavailableException(
                        "The deletion could not be written (" + e.getMessage() + "); nothing was deleted", e);
            }
            memory.head().delete(series, from, to);
            return series.size();
        }
    }

    /** Those that the log may have used for them in earlier lives, too. */
    private int[] numbersOf(List<Series> series) {
        var numbers = new TreeSet<Integer>();
        var labels = new HashSet<Labels>();
        for (Series one : series) {
            numbers.add(one.ref());
            labels.add(one.labels());
        }
        for (Departed.Named gone : memory.head().departed().all()) {
            if (labels.contains(gone.labels())) {
                numbers.add(gone.ref());
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Series> withSamples(List<Series> candidates, long from, long to) {
        var some = new ArrayList<Series>();
        try (BlockSnapshot blocks = store.snapshot(block -> block.overlaps(from, to))) {
            for (Series series : candidates) {
                if (series.hasSamples(from, to)
                        || blocks.blocks().stream()
                                .anyMatch(block -> RawRead.has(block, series.ref(), from, to, blocks))) {
                    some.add(series);
                }
            }
        }
        return some;
    }
}
