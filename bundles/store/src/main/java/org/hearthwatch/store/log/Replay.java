package org.hearthwatch.store.log;

import org.hearthwatch.store.head.Series;
import org.jspecify.annotations.Nullable;

/** Who takes what the log held at the start. */
public interface Replay {

    /** The series of a number, or nothing if the catalogue has none. */
    @Nullable
    Series series(int ref);

    /** A number that the log has used. */
    void used(int ref);

    /** Samples in the order they were appended; the columns are reused afterwards. */
    void samples(Pending samples);

    /** Samples older than this are gone on purpose, and their series may be unknown. */
    long oldest();

    /** A file is read to its end. */
    void segmentRead();
}
