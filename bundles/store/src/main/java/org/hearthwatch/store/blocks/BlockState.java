package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.store.log.LogFloor;

/**
 * All blocks and deletions at one moment; replaced as a whole, never changed.
 *
 * @param blocks by growing generation
 * @param tombstones deletions that are not carried out everywhere
 * @param floor what of the log is in blocks
 * @param rawFloor samples as they came that are older may have been dropped
 * @param cuts how often blocks were cut from memory: what is in memory no more is in the blocks of a later count
 */
public record BlockState(List<LiveBlock> blocks, List<Tombstone> tombstones, LogFloor floor, long rawFloor, long cuts) {

    public BlockState {
        blocks = List.copyOf(blocks);
        tombstones = List.copyOf(tombstones);
    }

    /** Blocks of a resolution with samples between two times, both included. */
    public List<LiveBlock> blocks(long resolution, long from, long to) {
        var some = new ArrayList<LiveBlock>();
        for (LiveBlock block : blocks) {
            if (block.meta().resolution() == resolution && block.overlaps(from, to)) {
                some.add(block);
            }
        }
        return some;
    }

    /**
     * Whether another block has, for the time of one of these, samples of a later generation. What is made of these would
     * be later still, and hold where that one must: they wait until it is merged with them.
     */
    public boolean hasNewerBeside(List<LiveBlock> some) {
        for (LiveBlock block : some) {
            for (LiveBlock other : blocks(
                    block.meta().resolution(), block.meta().from(), block.meta().to())) {
                if (other.generation() > block.generation() && !some.contains(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All blocks of a resolution. */
    public List<LiveBlock> blocks(long resolution) {
        return blocks(resolution, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
