package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthwatch.api.store.StoreAdmin.Snapshot;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.FileCopy;

/**
 * Copies the store as it is at one moment to another directory: files that never change again by hard links where that can
 * be, the catalogue as it is now.
 */
public final class SnapshotCopy {

    private static final String CATALOG = "catalog";
    private static final String LOG = "wal";

    private final Disk disk;
    private final BlockStore store;
    private final Memory memory;
    private final Upkeep upkeep;

    public SnapshotCopy(Disk disk, BlockStore store, Memory memory, Upkeep upkeep) {
        this.disk = disk;
        this.store = store;
        this.memory = memory;
        this.upkeep = upkeep;
    }

    /**
     * Makes the copy.
     *
     * @throws IOException naming what is in the way; what was begun is removed
     */
    public Snapshot to(Path directory) throws IOException {
        var copy = new FileCopy(disk, directory);
        try {
            copy.begin();
            long samples = 0;
            // No block goes away while upkeep waits.
            synchronized (upkeep) {
                memory.commit();
                BlockState state = store.state();
                memory.whileStill(() -> {
                    for (String file : disk.list(CATALOG)) {
                        copy.copy(CATALOG + '/' + file);
                    }
                    for (String file : disk.list(LOG)) {
                        copy.link(LOG + '/' + file);
                    }
                });
                for (LiveBlock block : state.blocks()) {
                    copy.link(block.name());
                    samples += block.isRaw() ? block.meta().samples() : 0;
                }
                store.copyManifest(state, copy::write);
                samples += memory.head().sampleCount();
            }
            copy.end();
            return new Snapshot(directory, copy.bytes(), samples);
        } catch (StoreUnavailableException e) {
            copy.remove();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            copy.remove();
            throw e;
        }
    }
}
