package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds blocks to merge: those of a window that is over, into one of the next level. What comes late to a window that is
 * merged is merged again when it is much or in many pieces, and at the latest a day later. For one thread.
 */
final class MergePlan {

    private static final int MANY = 4;
    private static final int MUCH = 4;

    private final Windows windows;
    private final Set<String> withoutTier = new HashSet<>();

    MergePlan(Windows windows) {
        this.windows = windows;
    }

    /**
     * What is to be done next, smallest blocks first.
     *
     * @param done windows that end before this time are over
     */
    Optional<MergeJob> next(BlockState state, Keeping keeping, long done) {
        int highest = windows.highest(keeping.rawMillis());
        for (int level = 1; level <= highest; level++) {
            Optional<MergeJob> job = merge(state, 0, level, level == Windows.DAY, done);
            if (job.isPresent()) {
                return job;
            }
        }
        for (Keeping.Tier tier : keeping.tiers()) {
            for (int level = Windows.DAY + 1; level <= windows.highest(tier.keptMillis()); level++) {
                Optional<MergeJob> job = merge(state, tier.width(), level, false, done);
                if (job.isPresent()) {
                    return job;
                }
            }
        }
        return missingTier(state, keeping);
    }

    private Optional<MergeJob> merge(BlockState state, long resolution, int level, boolean tiers, long done) {
        var byWindow = new TreeMap<Long, List<LiveBlock>>();
        for (LiveBlock block : state.blocks(resolution)) {
            long start = windows.startOf(level, block.meta().from());
            boolean within = block.meta().to() <= start + windows.width(level);
            if (within
                    && block.meta().level() <= level
                    && (level <= Windows.DAY || block.meta().level() >= Windows.DAY)) {
                byWindow.computeIfAbsent(start, key -> new ArrayList<>()).add(block);
            }
        }
        for (var window : byWindow.entrySet()) {
            long end = window.getKey() + windows.width(level);
            if (end < done && isDue(window.getValue(), level, end, done) && !state.hasNewerBeside(window.getValue())) {
                return Optional.of(new MergeJob(resolution, level, window.getKey(), end, window.getValue(), tiers));
            }
        }
        return Optional.empty();
    }

    private boolean isDue(List<LiveBlock> blocks, int level, long end, long done) {
        int pieces = 0;
        long small = 0;
        long large = 0;
        for (LiveBlock block : blocks) {
            if (block.meta().level() < level) {
                pieces++;
                small += block.meta().bytes();
            } else {
                large += block.meta().bytes();
            }
        }
        if (pieces == 0) {
            return blocks.size() > 1;
        }
        boolean first = pieces == blocks.size();
        // Once a day, so that a trickle of late samples does not write a whole day anew with every cut.
        boolean late = end < done - windows.width(Windows.DAY)
                && Math.floorMod(Math.floorDiv(done, windows.cut()), windows.width(Windows.DAY) / windows.cut()) == 3;
        return first || late || pieces >= MANY || small * MUCH >= large;
    }

    /** A day of which tiers are wanted and not there, because they were not when it was merged. */
    private Optional<MergeJob> missingTier(BlockState state, Keeping keeping) {
        for (LiveBlock block : state.blocks(0)) {
            if (block.meta().level() >= Windows.DAY && !withoutTier.contains(block.name())) {
                for (long width : keeping.widths()) {
                    for (long at = windows.startOf(Windows.DAY, block.meta().from());
                            at < block.meta().to();
                            at += windows.width(Windows.DAY)) {
                        long end = at + windows.width(Windows.DAY);
                        if (state.blocks(width, at + 1, end).isEmpty()
                                && !state.blocks(0, at + 1, end).isEmpty()
                                && withoutTier.add(block.name() + ' ' + at)) {
                            return Optional.of(new MergeJob(0, Windows.DAY, at, end, List.of(), true));
                        }
                    }
                }
                withoutTier.add(block.name());
            }
        }
        return Optional.empty();
    }

    /** Forgets what is known of blocks, when other tiers are wanted or what could not be read is tried again. */
    void forget() {
        withoutTier.clear();
    }
}
