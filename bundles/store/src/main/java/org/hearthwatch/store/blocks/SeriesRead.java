package org.hearthwatch.store.blocks;

import java.time.Duration;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.head.Series;

/** Reads series between two times from wherever their samples are. Thread-safe. */
sealed interface SeriesRead extends AutoCloseable permits RawRead, TierRead {

    /** Whether a series may have something; wrongly so only where its samples lie around the time but not in it. */
    boolean has(Series series);

    /** Puts what a series has into an empty buffer. */
    void read(Series series, SampleBuffer into);

    /** How far apart what is read is; zero for samples as they came. */
    Duration resolution();

    @Override
    void close();
}
