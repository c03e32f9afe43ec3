package org.hearthwatch.store.blocks;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.head.Series;

/** Reads samples as they came, from blocks and memory. */
final class RawRead implements SeriesRead {

    private final long from;
    private final long to;
    private final boolean exact;
    private final boolean newest;
    private final HeldBlocks held;
    private final Warnings warnings;

    /**
     * Begins to read.
     *
     * @param exact whether of memory only series are wanted that have a sample within the time, which costs decoding
     * @param newest whether the newest sample of each series will do
     */
    RawRead(BlockStore store, long from, long to, boolean exact, boolean newest, Warnings warnings) {
        this.from = from;
        this.to = to;
        this.exact = exact;
        this.newest = newest;
        this.held = new HeldBlocks(store, block -> block.isRaw() && block.overlaps(from, to));
        this.warnings = warnings;
    }

    @Override
    public boolean has(Series series) {
        if (exact ? series.hasSamples(from, to) : series.mayHaveSamples(from, to)) {
            return true;
        }
        BlockSnapshot now = held.now();
        for (LiveBlock block : now.blocks()) {
            if (has(block, series.ref(), from, to, now, warnings)) {
                return true;
            }
        }
        return false;
    }

    /** The same; a block that cannot say has none, which is told. */
    static boolean has(LiveBlock block, int ref, long from, long to, BlockSnapshot of, Missing missing) {
        try {
            return has(block, ref, from, to, of);
        } catch (UncheckedIOException e) {
            missing.withoutIndex(e);
            return false;
        }
    }

    /** Whether a block may have samples of a series between two times. */
    static boolean has(LiveBlock block, int ref, long from, long to, BlockSnapshot of) {
        int place = block.file().indexOf(ref);
        if (place < 0) {
            return false;
        }
        long first = Math.max(from, block.file().first(place));
        long last = Math.min(to, block.file().last(place));
        return first <= last
                && !Deletions.takesAll(
                        Deletions.of(of.state().tombstones(), block.generation(), ref, first, last), first, last);
    }

    @Override
    public void read(Series series, SampleBuffer into) {
        if (held.now().blocks().isEmpty()) {
            if (newest) {
                series.readNewest(from, to, into);
            } else {
                series.read(from, to, into);
            }
            if (held.now().blocks().isEmpty()) {
                return;
            }
            into.clear();
        }
        var memory = new SampleBuffer();
        if (series.oldest() <= to) {
            series.read(from, to, memory);
        }
        BlockSnapshot now = held.now();
        var merge = new SampleMerge(now.state().tombstones(), warnings);
        for (LiveBlock block : now.blocks()) {
            merge.add(block, series.ref(), from, to);
        }
        merge.add(memory);
        merge.read(into);
    }

    @Override
    public Duration resolution() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        held.close();
    }
}
