package org.hearthwatch.store.blocks;

import java.io.IOException;
import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.block.BlockMeta;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block that counts.
 *
 * @param generation of two samples of one series and time, that in the block of the greater generation holds
 */
public record LiveBlock(long generation, BlockFile file) {

    private static final Logger LOG = LoggerFactory.getLogger(LiveBlock.class);

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
        try {
            file.release();
        } catch (IOException e) {
            LOG.warn("The block {} could not be closed: {}", name(), e.getMessage());
        }
    }
}
