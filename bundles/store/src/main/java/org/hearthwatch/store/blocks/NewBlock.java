package org.hearthwatch.store.blocks;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.block.BlockMeta;
import org.hearthwatch.store.block.BlockWriter;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.tier.TierBuffer;

/** A block that is being written; the file is begun with the first series. For one thread. */
final class NewBlock implements Closeable {

    private final Disk disk;
    private final BlockStore store;
    private final BlockName name;
    private final boolean withLabels;
    private Optional<BlockWriter> writer = Optional.empty();
    private Optional<LiveBlock> finished = Optional.empty();

    /** A block of a window; its generation is taken now, so that deletions that come later hold for it. */
    NewBlock(Disk disk, BlockStore store, long resolution, long start, long end, int level, boolean withLabels) {
        this.disk = disk;
        this.store = store;
        this.name = new BlockName(resolution, start, end, level, store.takeGeneration());
        this.withLabels = withLabels;
    }

    void series(int ref, Labels labels, SampleBuffer samples) throws IOException {
        if (samples.size() > 0) {
            begun().series(ref, labels, samples);
        }
    }

    void series(int ref, Labels labels, TierBuffer intervals) throws IOException {
        if (intervals.size() > 0) {
            begun().series(ref, labels, intervals);
        }
    }

    private BlockWriter begun() throws IOException {
        if (writer.isEmpty()) {
            store.begin(name.file());
            disk.makeFolder(BlockName.folder(name.resolution()));
            disk.forceDirectory(BlockName.FOLDER);
            writer = Optional.of(new BlockWriter(disk, name.unfinished(), name.level(), name.resolution(), withLabels));
        }
        return writer.get();
    }

    /** Ends the file and opens it; nothing where no series came. */
    Optional<LiveBlock> finish() throws IOException {
        if (writer.isPresent()) {
            BlockMeta meta = writer.get().finish(name.file());
            finished = Optional.of(store.open(meta, name.generation()));
        }
        return finished;
    }

    /** The block, once it is finished and as long as it is not published. */
    Optional<LiveBlock> finished() {
        return finished;
    }

    /** Says that what was finished counts, or may count, so that closing leaves it. */
    void published() {
        finished = Optional.empty();
        writer = Optional.empty();
    }

    /** Removes what was written, unless it was published. */
    @Override
    public void close() throws IOException {
        if (writer.isPresent()) {
            try {
                finished.ifPresent(LiveBlock::release);
                writer.get().close();
            } finally {
                // Ending it may have failed when it had its name already.
                store.discard(name.file());
            }
        }
    }
}
