package org.hearthwatch.store.blocks;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Blocks that could not be read: work that needs them waits a while, and all other work goes on. Not thread-safe. */
final class RestingBlocks {

    private static final long REST_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Set<LiveBlock> blocks = new HashSet<>();
    private boolean any;
    private long since;

    void add(Collection<LiveBlock> unreadable, long now) {
        any = true;
        since = now;
        blocks.addAll(unreadable);
    }

    /** Ends the rest if it lasted long enough. @return whether it does */
    boolean end(long now) {
        // A clock that was set back must not make it longer.
        boolean over = any && (now < since || now >= since + REST_MILLIS);
        if (over) {
            any = false;
            blocks.clear();
        }
        return over;
    }

    /** A state as if those that rest were not there. */
    BlockState without(BlockState state) {
        return blocks.isEmpty()
                ? state
                : new BlockState(
                        state.blocks().stream()
                                .filter(block -> !blocks.contains(block))
                                .toList(),
                        state.tombstones(),
                        state.floor(),
                        state.rawFloor(),
                        state.cuts());
    }
}
