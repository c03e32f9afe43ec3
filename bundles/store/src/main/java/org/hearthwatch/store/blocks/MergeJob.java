package org.hearthwatch.store.blocks;

import java.util.List;

/**
 * Blocks that are to become one.
 *
 * @param resolution of all of them
 * @param level of the one
 * @param start of its window, excluded
 * @param end of its window, included
 * @param sources by growing generation; none where only tiers are to be made
 * @param tiers whether the tiers of the window are made anew
 */
record MergeJob(long resolution, int level, long start, long end, List<LiveBlock> sources, boolean tiers) {}
