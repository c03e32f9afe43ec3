package org.hearthwatch.store.blocks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.block.BlockMeta;
import org.hearthwatch.store.blocks.Manifest.Listed;
import org.hearthwatch.store.catalog.SeriesCatalog.Extent;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Quarantine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks there are. Readers take a {@link BlockSnapshot} without waiting; whoever has written new blocks lets them
 * count by {@link #publish}, which changes all at once, on disk and for readers. Thread-safe.
 */
public final class BlockStore implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BlockStore.class);

    private final Disk disk;
    private final InstantSource clock;
    private final ManifestFiles manifests;
    private final AtomicLong nextGeneration;
    private final Set<String> gone;
    private final Set<String> begun = new LinkedHashSet<>();
    private final Supplier<Extent> catalogue;
    private final Extent named;
    private boolean listed;
    private volatile BlockState state;

    /** @param listed whether a manifest names all of the state */
    BlockStore(
            Disk disk,
            InstantSource clock,
            ManifestFiles manifests,
            BlockState state,
            long nextGeneration,
            Supplier<Extent> catalogue,
            Extent named,
            boolean listed) {
        this.disk = disk;
        this.clock = clock;
        this.manifests = manifests;
        this.state = state;
        this.nextGeneration = new AtomicLong(nextGeneration);
        this.gone = new LinkedHashSet<>();
        this.catalogue = catalogue;
        this.named = named;
        this.listed = listed;
    }

    /**
     * Opens the blocks of a directory. What is damaged or belongs to nothing is put into quarantine and reported.
     *
     * @param catalogue what of it is durable, whenever blocks are let count
     * @throws IOException if the directory cannot be read, or a newer version wrote it
     */
    public static BlockStore open(Disk disk, InstantSource clock, Supplier<Extent> catalogue, List<Damage> damages)
            throws IOException {
        return new BlockRecovery(disk, clock, catalogue, damages).open();
    }

    /** How much of which catalogue had all series of the blocks that were opened; nothing where that is not known. */
    public Extent namedBy() {
        return named;
    }

    public BlockState state() {
        return state;
    }

    /** A number for a block or a deletion, greater than all before. */
    public long takeGeneration() {
        return nextGeneration.getAndIncrement();
    }

    /**
     * Says that a file is begun that may become a block. Should it not, that shows at the next start: a manifest has all
     * there is, and names it as removable when others are published meanwhile.
     */
    synchronized void begin(String file) throws IOException {
        begun.add(file);
        if (!listed) {
            try {
                publish(new Change());
            } catch (IOException e) {
                begun.remove(file);
                throw e;
            }
        }
    }

    /** Opens a block that was written. */
    LiveBlock open(BlockMeta written, long generation) throws IOException {
        return new LiveBlock(generation, BlockFile.open(disk, written.name()));
    }

    /** Holds those of the blocks there are now that pass. */
    public BlockSnapshot snapshot(Predicate<LiveBlock> chosen) {
        while (true) {
            BlockState now = state;
            var held = new ArrayList<LiveBlock>();
            boolean all = true;
            for (LiveBlock block : now.blocks()) {
                if (chosen.test(block)) {
                    all = block.file().retain();
                    if (!all) {
                        break;
                    }
                    held.add(block);
                }
            }
            var snapshot = new BlockSnapshot(now, held);
            if (all) {
                return snapshot;
            }
            // Replaced a moment ago: the state that holds now has another block in its place.
            snapshot.close();
        }
    }

    /**
     * Lets a change hold.
     *
     * @throws IOException if it does not hold for readers; whether it does after a crash is open, so no file of either
     *     state is removed before a later change is on disk
     */
    public synchronized void publish(Change change) throws IOException {
        BlockState next = change.applyTo(state, this::takeGeneration);
        var names = new LinkedHashSet<>(gone);
        change.removed().stream()
                .filter(block -> !change.keepsFileOf(block))
                .map(LiveBlock::name)
                .forEach(names::add);
        change.added().forEach(block -> begun.remove(block.name()));
        var removable = new ArrayList<>(names);
        removable.addAll(begun);
        try {
            manifests.write(manifest(next, removable), clock.millis());
            listed = true;
        } catch (IOException e) {
            for (LiveBlock block : change.added()) {
                gone.add(block.name());
                block.release();
            }
            throw e;
        }
        gone.addAll(names);
        state = next;
        for (LiveBlock block : change.removed()) {
            block.release();
            if (change.keepsFileOf(block)) {
                LOG.warn("Not all of {} could be read; {}", block.name(), new Quarantine(disk).move(block.name()));
            }
        }
        removeGone();
    }

    /** Says what is wrong with the files that name the blocks, changing nothing. @return how many there are */
    synchronized int checkManifest(Consumer<String> problem) throws IOException {
        manifests.check(problem);
        return listed ? 2 : 0;
    }

    /** As much of the catalogue as is durable now. */
    Extent catalogue() {
        return catalogue.get();
    }

    /** Takes the files that name the blocks of a state. */
    interface FileTaker {
        void write(String name, ByteBuffer content) throws IOException;
    }

    /** Writes the manifest of a state for a copy of it. */
    synchronized void copyManifest(BlockState of, FileTaker into) throws IOException {
        manifests.copy(manifest(of, List.of()), clock.millis(), into);
    }

    private Manifest manifest(BlockState of, List<String> removable) {
        var listed = new ArrayList<Listed>();
        for (LiveBlock block : of.blocks()) {
            BlockMeta meta = block.meta();
            listed.add(new Listed(meta.name(), meta.resolution(), meta.from(), meta.to(), meta.bytes()));
        }
        return new Manifest(
                manifests.nextSequence(),
                of.floor(),
                nextGeneration.get(),
                of.rawFloor(),
                catalogue.get(),
                listed,
                of.tombstones(),
                removable);
    }

    /** Removes a file that was written for a block and never was one. */
    synchronized void discard(String file) {
        begun.remove(file);
        if (!removed(Set.of(file)).contains(file)) {
            gone.add(file);
        }
    }

    /** Removes files that nothing names any more; what cannot be removed is tried again after the next change. */
    private void removeGone() {
        gone.removeAll(removed(gone));
    }

    /** Removes files. @return those that no power cut brings back: manifests name the others as removable until then */
    private Set<String> removed(Set<String> files) {
        var byFolder = new TreeMap<String, List<String>>();
        for (String file : files) {
            try {
                disk.delete(file);
                byFolder.computeIfAbsent(BlockName.folderOf(file), folder -> new ArrayList<>())
                        .add(file);
            } catch (IOException e) {
                LOG.warn("The file {}/{} could not be removed: {}", disk.location(), file, e.getMessage());
            }
        }
        var removed = new HashSet<String>();
        byFolder.forEach((folder, names) -> {
            try {
                disk.forceDirectory(folder);
                removed.addAll(names);
            } catch (IOException e) {
                LOG.warn("Whether files are gone from {}/{} is open: {}", disk.location(), folder, e.getMessage());
            }
        });
        return removed;
    }

    /** Lets the files go; readers that hold some keep those. */
    @Override
    public void close() {
        state.blocks().forEach(block -> block.release());
    }
}
