package org.hearthwatch.store;

import java.time.Duration;
import java.util.TreeMap;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.store.blocks.BlockState;
import org.hearthwatch.store.blocks.BlockStore;
import org.hearthwatch.store.blocks.LiveBlock;
import org.hearthwatch.store.blocks.StoreReader;
import org.hearthwatch.store.blocks.Upkeep;
import org.hearthwatch.store.blocks.UpkeepFigures;
import org.hearthwatch.store.blocks.Windows;

/** The metrics of the blocks. Thread-safe. */
final class BlockCollector implements Collector {

    static final Gauge BLOCKS = Gauge.of("hearthwatch_store_blocks", "Blocks on disk, by tier", "tier");
    static final Gauge BYTES = Gauge.of("hearthwatch_store_block_bytes", "What blocks take on disk, by tier", "tier");
    static final Gauge SAMPLES =
            Gauge.of("hearthwatch_store_block_samples", "Samples or intervals in blocks, by tier", "tier");
    static final Gauge SIZE_LIMIT = Gauge.of(
            "hearthwatch_store_size_limit_bytes", "What all on disk together may take, 0 where there is no limit");
    static final Gauge TOMBSTONES =
            Gauge.of("hearthwatch_store_deletions_open", "Deletions that are not carried out in all blocks");
    static final Gauge FLOOR = Gauge.of(
            "hearthwatch_store_cut_timestamp_seconds",
            "Time below which samples were moved from memory to blocks, in seconds since the epoch");
    static final Counter CUTS = Counter.of("hearthwatch_store_cuts_total", "Cuts of memory to blocks");
    static final Counter CUT_SECONDS =
            Counter.of("hearthwatch_store_cut_seconds_total", "How long cuts of memory to blocks took");
    static final Gauge LAST_CUT =
            Gauge.of("hearthwatch_store_last_cut_seconds", "How long the last cut of memory to blocks took");
    static final Counter CUT_SAMPLES =
            Counter.of("hearthwatch_store_cut_samples_total", "Samples moved from memory to blocks");
    static final Counter MERGES =
            Counter.of("hearthwatch_store_merges_total", "Merges of blocks, by the level of what they made", "level");
    static final Counter MERGE_SECONDS =
            Counter.of("hearthwatch_store_merge_seconds_total", "How long merges of blocks took");
    static final Counter DROPPED = Counter.of(
            "hearthwatch_store_dropped_blocks_total", "Blocks dropped because they were too old or too much");
    static final Counter FORGOTTEN =
            Counter.of("hearthwatch_store_forgotten_series_total", "Series forgotten because nothing of them was left");
    static final Counter FAILURES =
            Counter.of("hearthwatch_store_block_errors_total", "Work on blocks that failed and was tried again");
    static final Counter DAMAGED = Counter.of(
            "hearthwatch_store_damaged_reads_total", "Places of blocks that could not be read and were left out");

    private final BlockStore blocks;
    private final Upkeep upkeep;
    private final StoreReader reader;

    BlockCollector(BlockStore blocks, Upkeep upkeep, StoreReader reader) {
        this.blocks = blocks;
        this.upkeep = upkeep;
        this.reader = reader;
    }

    @Override
    public void collect(SampleSink sink) {
        BlockState state = blocks.state();
        var tiers = new TreeMap<Long, long[]>();
        tiers.put(0L, new long[3]);
        for (LiveBlock block : state.blocks()) {
            long[] sums = tiers.computeIfAbsent(block.meta().resolution(), width -> new long[3]);
            sums[0]++;
            sums[1] += block.meta().bytes();
            sums[2] += block.meta().samples();
        }
        tiers.forEach((width, sums) -> {
            String tier = width == 0 ? "raw" : HumanDuration.format(Duration.ofMillis(width));
            sink.set(BLOCKS, (double) sums[0], tier);
            sink.set(BYTES, (double) sums[1], tier);
            sink.set(SAMPLES, (double) sums[2], tier);
        });
        sink.set(SIZE_LIMIT, (double) upkeep.keeping().totalBytes());
        sink.set(TOMBSTONES, state.tombstones().size());
        if (state.floor().time() > Long.MIN_VALUE) {
            sink.set(FLOOR, state.floor().time() / 1000.0);
        }
        collect(upkeep.figures(), sink);
        sink.set(DAMAGED, (double) reader.damagedReads());
    }

    private static void collect(UpkeepFigures figures, SampleSink sink) {
        sink.set(CUTS, (double) figures.cuts());
        sink.set(CUT_SECONDS, figures.cutSeconds());
        sink.set(LAST_CUT, figures.lastCutSeconds());
        sink.set(CUT_SAMPLES, (double) figures.cutSamples());
        for (int level = 0; level <= Windows.MOST; level++) {
            sink.set(MERGES, (double) figures.merges(level), Integer.toString(level));
        }
        sink.set(MERGE_SECONDS, figures.mergeSeconds());
        sink.set(DROPPED, (double) figures.dropped());
        sink.set(FORGOTTEN, (double) figures.forgotten());
        sink.set(FAILURES, (double) figures.failures());
    }
}
