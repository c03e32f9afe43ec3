package org.hearthwatch.store.blocks;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.store.disk.Disk;

/** Blocks that are written together and count together or not at all. For one thread. */
final class NewBlocks implements Closeable {

    private final Disk disk;
    private final BlockStore store;
    private final List<NewBlock> begun = new ArrayList<>();

    NewBlocks(Disk disk, BlockStore store) {
        this.disk = disk;
        this.store = store;
    }

    NewBlock begin(long resolution, long start, long end, int level, boolean withLabels) {
        var block = new NewBlock(disk, store, resolution, start, end, level, withLabels);
        begun.add(block);
        return block;
    }

    /** Ends all of them and lets them count together with a change. */
    void publish(Change change) throws IOException {
        for (NewBlock block : begun) {
            block.finish().ifPresent(change::add);
        }
        begun.forEach(NewBlock::published);
        store.publish(change);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (NewBlock block : begun) {
            try {
                block.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
