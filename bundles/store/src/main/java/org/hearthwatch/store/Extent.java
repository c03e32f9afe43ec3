package org.hearthwatch.store;

import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.store.blocks.BlockState;
import org.hearthwatch.store.blocks.LiveBlock;
import org.hearthwatch.store.head.Head;

/** How much there is, and from when to when. */
record Extent(long samples, long blockBytes, Optional<Instant> oldest, Optional<Instant> newest) {

    /**
     * Of memory and blocks. Samples that are in several places for a while count more than once; where there are blocks,
     * what came late to memory and is older than all of them is not looked for.
     */
    static Extent of(Head head, BlockState blocks) {
        long samples = head.sampleCount();
        long bytes = 0;
        long oldest = head.sampleCount() == 0 || !blocks.blocks().isEmpty() ? Long.MAX_VALUE : head.oldest();
        long newest = head.sampleCount() == 0 ? Long.MIN_VALUE : head.newest();
        for (LiveBlock block : blocks.blocks()) {
            bytes += block.meta().bytes();
            oldest = Math.min(oldest, block.meta().from());
            newest = Math.max(newest, block.meta().to());
            samples += block.meta().resolution() == 0 ? block.meta().samples() : 0;
        }
        return new Extent(
                samples,
                bytes,
                oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)),
                newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)));
    }
}
