package org.hearthwatch.api.query;

import java.util.List;
import java.util.OptionalInt;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says which series and labels there are, wherever the query engine has its samples. Times are milliseconds since the Unix
 * epoch, both ends included. Selectors are alternatives; no selector means all series. Thread-safe.
 *
 * <p>Every method throws {@link QueryException}: {@code BAD_DATA} when a matcher's pattern is not valid, {@code UNAVAILABLE}
 * when nobody answers.
 */
@ProviderType
public interface SeriesLookup {

    /**
     * What was found.
     *
     * @param values sorted, each once
     * @param warnings what makes it doubtful
     */
    record Found<T>(List<T> values, List<String> warnings) {
        public Found {
            values = List.copyOf(values);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The series that match and have samples about the time.
     *
     * @param limit more than these need not be found
     */
    Found<Labels> series(List<List<Matcher>> selectors, long from, long to, OptionalInt limit) throws QueryException;

    /** The label names among the series that match. */
    Found<String> labelNames(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException;

    /** The values of one label among the series that match. */
    Found<String> labelValues(String label, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException;
}
