package org.hearthwatch.store.blocks;

import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.block.BlockMeta;

/**
 * A block that counts.
 *
 * @param generation of two samples of one series and time, that in the block of the greater generation holds
 */
public record LiveBlock(long generation, BlockFile file) {

    public BlockMeta meta() {
        return file.meta();
    }

    public String name() {
        return file.meta().name();
    }

    boolean isRaw() {
        return file.meta().resolution() == 0;
    }

    boolean overlaps(long from, long to) {
        return file.meta().from() <= to && file.meta().to() >= from;
    }

    /** Lets go of the file. */
    void release() {
        file.release();
    }
}
