package org.hearthwatch.store.blocks;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.tier.Downsampler;
import org.hearthwatch.store.tier.TierBuffer;

/**
 * Reads a tier. For the time of which it is not made yet it is computed from samples in blocks and memory, so that it
 * reaches to now; where it is made it holds, and what came late counts once the day is merged again.
 */
final class TierRead implements SeriesRead {

    private final long width;
    private final long from;
    private final long to;
    private final Aspect aspect;
    private final HeldBlocks held;
    private final Warnings warnings;

    TierRead(BlockStore store, long width, long from, long to, Aspect aspect, Warnings warnings) {
        this.width = width;
        // What was last in the interval before holds until something comes.
        long before = aspect == Aspect.LAST ? width : 0;
        this.from = Math.max(from, Long.MIN_VALUE + 4 * width) - before;
        this.to = Math.min(to, Long.MAX_VALUE - 2 * width);
        this.aspect = aspect;
        this.warnings = warnings;
        long first = firstOfInterval(this.from);
        long last = endOfInterval(this.to);
        this.held = new HeldBlocks(
                store, block -> (block.isRaw() || block.meta().resolution() == width) && block.overlaps(first, last));
    }

    private long endOfInterval(long time) {
        return -Math.floorDiv(-time, width) * width;
    }

    private long firstOfInterval(long time) {
        return endOfInterval(time) - width + 1;
    }

    /** Whether a series has native histograms, which are in no tier, or other samples that did not get into the tier. */
    boolean leavesOut(Series series) {
        if (series.hasHistograms()) {
            return true;
        }
        BlockSnapshot now = held.now();
        List<LiveBlock> tier = now.of(width);
        List<LiveBlock> notMade = notInTier(now.of(0), tier);
        for (LiveBlock block : now.of(0)) {
            if (!notMade.contains(block)
                    && RawRead.has(block, series.ref(), from, to, now, warnings)
                    && tier.stream().noneMatch(made -> knows(made, series))) {
                return true;
            }
        }
        return false;
    }

    private static boolean knows(LiveBlock block, Series series) {
        try {
            return block.file().indexOf(series.ref()) >= 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Those of the raw blocks of which the tier is not made. */
    static List<LiveBlock> notInTier(List<LiveBlock> raw, List<LiveBlock> tier) {
        var some = new ArrayList<LiveBlock>();
        for (LiveBlock block : raw) {
            boolean made = block.meta().level() >= Windows.DAY
                    && tier.stream()
                            .anyMatch(other -> other.overlaps(
                                    block.meta().from(), block.meta().to()));
            if (!made) {
                some.add(block);
            }
        }
        return some;
    }

    @Override
    public boolean has(Series series) {
        if (series.hasSamples(from, to)) {
            return true;
        }
        BlockSnapshot now = held.now();
        for (LiveBlock block : now.of(width)) {
            if (RawRead.has(block, series.ref(), from, endOfInterval(to), now, warnings)) {
                return true;
            }
        }
        for (LiveBlock block : notInTier(now.of(0), now.of(width))) {
            if (RawRead.has(block, series.ref(), from, to, now, warnings)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void read(Series series, SampleBuffer into) {
        var memory = new SampleBuffer();
        if (series.oldest() <= to) {
            series.read(firstOfInterval(from), endOfInterval(to), memory);
        }
        BlockSnapshot now = held.now();
        List<LiveBlock> tier = now.of(width);
        var raw = new SampleBuffer();
        var merge = new SampleMerge(now.state().tombstones(), warnings);
        for (LiveBlock block : notInTier(now.of(0), tier)) {
            merge.add(block, series.ref(), firstOfInterval(from), endOfInterval(to));
        }
        merge.add(memory);
        merge.read(raw);
        if (raw.hasHistograms()) {
            warnings.note("Of " + series + ", which has native histograms, only numbers are in the "
                    + Duration.ofMillis(width) + " tier that answers; ask for a shorter time to see all");
        }
        TierBuffer made = TierMerge.read(
                tier, series.ref(), from, endOfInterval(to), now.state().tombstones(), warnings);
        var samples = new SampleBuffer();
        Downsampler.samples(TierMerge.over(downsampled(raw, made), made), aspect, samples);
        for (int i = 0; i < samples.size(); i++) {
            if (samples.timestamp(i) >= from && samples.timestamp(i) <= to) {
                into.add(samples.timestamp(i), samples.value(i));
            }
        }
    }

    private TierBuffer downsampled(SampleBuffer raw, TierBuffer made) {
        var intervals = new TierBuffer();
        if (raw.size() == 0) {
            return intervals;
        }
        var downsampler = new Downsampler(width);
        int before = made.size() - 1;
        while (before >= 0 && (made.end(before) >= raw.timestamp(0) || !Double.isFinite(made.last(before)))) {
            before--;
        }
        if (before >= 0) {
            downsampler.start(made.last(before));
        } else {
            downsampler.start();
        }
        downsampler.add(raw, intervals);
        downsampler.finish(intervals);
        return intervals;
    }

    @Override
    public Duration resolution() {
        return Duration.ofMillis(width);
    }

    @Override
    public void close() {
        held.close();
    }
}
