package org.hearthwatch.store.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The blocks of one selection. They are those of the moment it began, until a cut takes samples out of memory that it has
 * not read yet: then those of now are held as well. Whoever reads memory first and asks for the blocks afterwards misses
 * nothing. Thread-safe.
 */
final class HeldBlocks implements AutoCloseable {

    private final BlockStore store;
    private final Predicate<LiveBlock> chosen;
    private final List<BlockSnapshot> all = new ArrayList<>();
    private volatile BlockSnapshot newest;

    HeldBlocks(BlockStore store, Predicate<LiveBlock> chosen) {
        this.store = store;
        this.chosen = chosen;
        this.newest = store.snapshot(chosen);
        all.add(newest);
    }

    /** The blocks that hold all that was cut from memory until now. */
    BlockSnapshot now() {
        BlockSnapshot held = newest;
        return held.state().cuts() == store.state().cuts() ? held : renew();
    }

    private synchronized BlockSnapshot renew() {
        if (newest.state().cuts() != store.state().cuts()) {
            newest = store.snapshot(chosen);
            all.add(newest);
        }
        return newest;
    }

    @Override
    public synchronized void close() {
        all.forEach(BlockSnapshot::close);
        all.clear();
    }
}
