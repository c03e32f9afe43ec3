package org.hearthwatch.store.checkpoint;

import java.util.List;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.log.LogFile;

/**
 * What a checkpoint speaks for.
 *
 * @param segment all samples in files of the log below this number that were in memory are in the checkpoint
 * @param nextRef numbers of series from here on had not been used
 * @param lastDeletion deletions of a greater generation came later
 * @param catalogue how much of the catalogue was durable then
 * @param files the files of the log below {@code segment}
 */
public record Checkpoint(
        long segment, int nextRef, long lastDeletion, SeriesCatalog.Extent catalogue, List<LogFile> files) {

    /** There is none: all of the log is to be read. */
    public static final Checkpoint NONE =
            new Checkpoint(0, 1, Long.MIN_VALUE, SeriesCatalog.Extent.NONE, List.of());

    public Checkpoint {
        files = List.copyOf(files);
    }

    Checkpoint with(List<LogFile> those) {
        return new Checkpoint(segment, nextRef, lastDeletion, catalogue, those);
    }
}
