package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFloor;

/** Samples in memory and their log, as far as a cut needs them. */
public interface Memory {

    /** All series by growing number. */
    List<Series> series();

    /** Begins a new file of the log and gives its number: what was taken before stands in files before it. */
    long rotate() throws IOException;

    /**
     * Forgets what was cut.
     *
     * @param written how many samples of each series were older than the time when they were read; a series that has
     *     another number now keeps them all, since something came in between that is in no block
     */
    void drop(List<Series> series, long[] written, long time);

    /** Removes the files of the log of which all samples are in blocks. */
    void dropLog(LogFloor floor) throws IOException;
}
