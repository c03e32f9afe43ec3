package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.hearthwatch.api.metric.Labels;

/**
 * Finds blocks that are too old or too much. Whole blocks go; one of which only some series are too old is written anew
 * without them. By size the block with the oldest samples goes first, whatever its resolution, so that the tier that
 * reaches back furthest becomes shorter first.
 */
final class Retirement {

    private final Windows windows;
    private final IntFunction<Labels> labels;

    Retirement(Windows windows, IntFunction<Labels> labels) {
        this.windows = windows;
        this.labels = labels;
    }

    /** The block that must go because all take too much. */
    Optional<LiveBlock> tooMuch(BlockState state, Keeping keeping, long otherBytes) {
        if (keeping.totalBytes() > 0 && bytesOf(state.blocks()) + otherBytes > keeping.totalBytes()) {
            return oldest(state.blocks());
        }
        for (Keeping.Tier tier : keeping.tiers()) {
            List<LiveBlock> blocks = state.blocks(tier.width());
            if (tier.bytes() > 0 && bytesOf(blocks) > tier.bytes()) {
                return oldest(blocks);
            }
        }
        return Optional.empty();
    }

    private static long bytesOf(List<LiveBlock> blocks) {
        return blocks.stream().mapToLong(block -> block.meta().bytes()).sum();
    }

    private static Optional<LiveBlock> oldest(List<LiveBlock> blocks) {
        return blocks.stream()
                .min(Comparator.comparingLong(block -> block.meta().to()));
    }

    /** The blocks of which every sample is too old. */
    List<LiveBlock> tooOld(BlockState state, Keeping keeping, long now) {
        var some = new ArrayList<LiveBlock>();
        for (LiveBlock block : state.blocks()) {
            long longest = keeping.millis(block.meta().resolution());
            if (block.isRaw()) {
                for (Keeping.Rule rule : keeping.rules()) {
                    longest = Math.max(longest, rule.keptMillis());
                }
            }
            // What came late or was filled in is merged first, so that tiers know of it.
            if (!keeping.feedsTiers(block.meta().resolution(), block.meta().level()) && isOver(block, now, longest)) {
                some.add(block);
            }
        }
        return some;
    }

    private static boolean isOver(LiveBlock block, long now, long keptMillis) {
        return keptMillis < Long.MAX_VALUE && block.meta().to() < now - keptMillis;
    }

    /** A block of which some series are too old and others not. */
    Optional<MergeJob> partlyTooOld(BlockState state, Keeping keeping, long now) {
        if (keeping.rules().isEmpty()) {
            return Optional.empty();
        }
        for (LiveBlock block : state.blocks()) {
            long shortest = keeping.millis(block.meta().resolution());
            for (Keeping.Rule rule : keeping.rules()) {
                shortest = Math.min(shortest, rule.keptMillis());
            }
            if (isOver(block, now, shortest)
                    && hasTooOld(block, keeping, now)
                    && !state.hasNewerBeside(List.of(block))) {
                return Optional.of(alone(block));
            }
        }
        return Optional.empty();
    }

    private boolean hasTooOld(LiveBlock block, Keeping keeping, long now) {
        for (int i = 0; i < block.file().size(); i++) {
            Labels of = labels.apply(block.file().ref(i));
            if (isOver(
                    block,
                    now,
                    keeping.millis(of, block.meta().resolution(), block.meta().level()))) {
                return true;
            }
        }
        return false;
    }

    /** Writes one block anew. */
    MergeJob alone(LiveBlock block) {
        int level = block.meta().level();
        int window = Math.max(1, Math.min(Windows.MOST, level));
        long start = windows.startOf(window, block.meta().from());
        long end = Math.max(start + windows.width(window), block.meta().to());
        boolean tiers = block.isRaw() && level == Windows.DAY && end == start + windows.width(window);
        return new MergeJob(block.meta().resolution(), level, start, end, List.of(block), tiers);
    }
}
