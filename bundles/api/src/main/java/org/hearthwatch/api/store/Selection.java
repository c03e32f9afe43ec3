package org.hearthwatch.api.store;

import java.time.Duration;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Series chosen by {@link SeriesReader#select}, whose samples can be read until it is closed. Different series may be
 * read by different threads at once.
 */
@ProviderType
public interface Selection extends AutoCloseable {

    /** How many series. */
    int size();

    /** The labels of a series, from 0 to {@code size() - 1}. */
    Labels labels(int index);

    /**
     * Puts the samples of a series within the selection's time into a buffer, which is cleared first: in growing time,
     * no time twice, stale markers included.
     */
    void read(int index, SampleBuffer into);

    /** What could not be read and was left out, for people; grows while reading. Empty when all is well. */
    List<String> warnings();

    /** How far apart the samples of the tier that answers are; zero for samples as they came. */
    default Duration resolution() {
        return Duration.ZERO;
    }

    @Override
    void close();
}
