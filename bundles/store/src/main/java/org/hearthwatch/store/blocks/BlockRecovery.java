package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hearthwatch.store.block.BlockFile;
import org.hearthwatch.store.block.DamagedBlockException;
import org.hearthwatch.store.blocks.Manifest.Listed;
import org.hearthwatch.store.blocks.ManifestFiles.Loaded;
import org.hearthwatch.store.catalog.SeriesCatalog.Extent;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Disk;
import org.hearthwatch.store.disk.Quarantine;

/**
 * Finds out at the start which blocks there are. What the manifest names is opened; files that it says were replaced are
 * removed; all else goes to quarantine. Where the manifest could not be read, every readable block counts: one that was
 * merged into another says the same as that.
 */
final class BlockRecovery {

    private final Disk disk;
    private final InstantSource clock;
    private final Supplier<Extent> catalogue;
    private final List<Damage> damages;
    private final ManifestFiles manifests;
    private final Quarantine quarantine;
    private final List<LiveBlock> blocks = new ArrayList<>();
    private long greatest;

    BlockRecovery(Disk disk, InstantSource clock, Supplier<Extent> catalogue, List<Damage> damages) {
        this.disk = disk;
        this.clock = clock;
        this.catalogue = catalogue;
        this.damages = damages;
        this.manifests = new ManifestFiles(disk);
        this.quarantine = new Quarantine(disk);
    }

    BlockStore open() throws IOException {
        Loaded loaded = manifests.load(damages);
        Manifest manifest = loaded.manifest();
        try {
            Set<String> found = found();
            if (loaded.manifest().equals(Manifest.EMPTY) && !found.isEmpty()) {
                damages.add(new Damage(
                        "There is no list of blocks (CURRENT and MANIFEST-...) in " + disk.location() + ". The "
                                + found.size() + " blocks that are there count; what others there were cannot be told."
                                + " If this is a copy, stop, and copy all of it again",
                        false));
            }
            for (Listed listed : manifest.blocks()) {
                openListed(listed, found.remove(listed.file()));
            }
            var gone = new HashSet<>(manifest.gone());
            for (String file : found) {
                if (loaded.doubtful()) {
                    adopt(file);
                } else if (gone.contains(file)) {
                    disk.delete(file);
                } else {
                    setAside(file, BlockName.generationOf(file).orElse(0L) >= manifest.nextGeneration());
                }
            }
            // The next manifest does not say again that they may be removed, whoever removed them.
            for (String folder : disk.folders(BlockName.FOLDER)) {
                if (gone.stream().anyMatch(file -> BlockName.folderOf(file).equals(BlockName.FOLDER + '/' + folder))) {
                    disk.forceDirectory(BlockName.FOLDER + '/' + folder);
                }
            }
        } catch (IOException | RuntimeException e) {
            blocks.forEach(block -> block.release());
            throw e;
        }
        blocks.sort(Comparator.comparingLong(LiveBlock::generation));
        var state = new BlockState(blocks, manifest.tombstones(), manifest.floor(), manifest.rawFloor(), 0);
        return new BlockStore(
                disk,
                clock,
                manifests,
                state,
                Math.max(manifest.nextGeneration(), greatest + 1),
                catalogue,
                loaded.doubtful() ? Extent.NONE : manifest.catalogue(),
                !loaded.doubtful());
    }

    /** All files of blocks; those being written when the store stopped are removed. */
    private Set<String> found() throws IOException {
        var files = new TreeSet<String>();
        for (String folder : disk.folders(BlockName.FOLDER)) {
            String path = BlockName.FOLDER + '/' + folder;
            for (String file : disk.list(path)) {
                String name = path + '/' + file;
                if (file.endsWith(BlockName.UNFINISHED)) {
                    disk.delete(name);
                } else {
                    BlockName.generationOf(name).ifPresent(generation -> {
                        greatest = Math.max(greatest, generation);
                        files.add(name);
                    });
                }
            }
        }
        return files;
    }

    private void openListed(Listed listed, boolean there) throws IOException {
        if (!there) {
            damages.add(new Damage(
                    "The block " + disk.location() + '/' + listed.file() + " is missing" + lost(listed), false));
            return;
        }
        if (disk.size(listed.file()) != listed.bytes()) {
            damages.add(new Damage(
                    "The block " + disk.location() + '/' + listed.file() + " has " + disk.size(listed.file())
                            + " bytes where " + listed.bytes() + " belong" + lost(listed) + "; "
                            + quarantine.move(listed.file()),
                    false));
            return;
        }
        try {
            add(listed.file());
        } catch (DamagedBlockException e) {
            damages.add(new Damage(e.getMessage() + lost(listed) + "; " + quarantine.move(listed.file()), false));
        }
    }

    private static String lost(Listed listed) {
        return "; samples" + (listed.resolution() == 0 ? "" : " of a tier") + " from "
                + Instant.ofEpochMilli(listed.from()) + " to " + Instant.ofEpochMilli(listed.to()) + " are lost";
    }

    private void adopt(String file) throws IOException {
        try {
            add(file);
        } catch (DamagedBlockException e) {
            damages.add(new Damage(e.getMessage() + "; " + quarantine.move(file), false));
        }
    }

    private void add(String file) throws IOException {
        Optional<Long> generation = BlockName.generationOf(file);
        blocks.add(new LiveBlock(generation.orElse(0L), BlockFile.open(disk, file)));
    }

    /** Nobody was told that what is in an unfinished one is stored; it was or will be told by what it was made from. */
    private void setAside(String file, boolean unfinished) {
        damages.add(new Damage(
                "The block " + disk.location() + '/' + file
                        + (unfinished
                                ? " was not put to use before the store stopped"
                                : " is named by no list of blocks")
                        + "; " + quarantine.move(file),
                unfinished));
    }
}
