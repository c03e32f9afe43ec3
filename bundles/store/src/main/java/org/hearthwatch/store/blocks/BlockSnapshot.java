package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks that stay readable until this is closed, though they may be replaced or dropped in the meantime. Thread-safe.
 *
 * @param state what held when this was taken
 * @param blocks those of its blocks that are held, by growing generation
 */
public record BlockSnapshot(BlockState state, List<LiveBlock> blocks) implements AutoCloseable {

    /** Those of a resolution. */
    public List<LiveBlock> of(long resolution) {
        var some = new ArrayList<LiveBlock>();
        for (LiveBlock block : blocks) {
            if (block.meta().resolution() == resolution) {
                some.add(block);
            }
        }
        return some;
    }

    @Override
    public void close() {
        blocks.forEach(block -> block.release());
    }
}
