package org.hearthwatch.store.blocks;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.log.LogFloor;

/** Samples in memory and their log, as far as blocks have to do with them. Thread-safe. */
public interface Memory {

    Head head();

    /** All series by growing number. */
    List<Series> series();

    /** Begins a new file of the log and gives its number: what was taken before stands in files before it. */
    long rotate() throws IOException;

    /** Writes all that was taken to the log. */
    void commit() throws StoreUnavailableException;

    /**
     * Writes down what memory holds, so that less of the log is read at the next start.
     *
     * @param lastDeletion the greatest generation of a deletion that was carried out in memory
     */
    void checkpoint(long lastDeletion) throws IOException;

    /** Removes the files of the log of which all samples are in blocks. */
    void dropLog(LogFloor floor) throws IOException;

    /** The oldest file of the log. */
    long firstSegment() throws IOException;

    /** Something that is done to files. */
    interface FileWork {
        void run() throws IOException;
    }

    /** Does something while log and catalogue stay as they are. */
    void whileStill(FileWork work) throws IOException;

    /** What log and catalogue take on disk. */
    long diskBytes();

    /** Forgets series that have no samples in memory, unless they are to stay. @return how many went */
    int forgetEmpty(Collection<Series> candidates, IntPredicate stays);
}
