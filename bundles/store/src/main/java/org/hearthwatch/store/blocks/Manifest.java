package org.hearthwatch.store.blocks;

import java.util.List;
import org.hearthwatch.store.catalog.SeriesCatalog.Extent;
import org.hearthwatch.store.log.LogFloor;

/**
 * All that is true of the blocks at one moment; what is not named here does not count.
 *
 * @param sequence grows with every manifest
 * @param floor what of the log is in the blocks
 * @param nextGeneration no block and no deletion has this number or a greater one
 * @param catalogue as much of the catalogue as was durable has all series of the blocks
 * @param rawFloor samples as they came that are older may have been dropped, so that only tiers tell of that time
 * @param blocks every block there is
 * @param tombstones deletions that are not carried out everywhere
 * @param gone files that were replaced and may be removed
 */
public record Manifest(
        long sequence,
        LogFloor floor,
        long nextGeneration,
        long rawFloor,
        Extent catalogue,
        List<Listed> blocks,
        List<Tombstone> tombstones,
        List<String> gone) {

    /** What holds before there is any block. */
    public static final Manifest EMPTY =
            new Manifest(0, LogFloor.NONE, 1, Long.MIN_VALUE, Extent.NONE, List.of(), List.of(), List.of());

    public Manifest {
        blocks = List.copyOf(blocks);
        tombstones = List.copyOf(tombstones);
        gone = List.copyOf(gone);
    }

    /**
     * A block by its file, with what is lost should the file be.
     *
     * @param file name in the store's directory
     * @param resolution 0 for samples as they came, else the width of the tier's intervals in milliseconds
     * @param from first time in it
     * @param to last time in it
     * @param bytes how long the file is
     */
    public record Listed(String file, long resolution, long from, long to, long bytes) {}
}
