package org.hearthwatch.api.store;

import java.util.Collection;
import java.util.List;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads what is stored. Times are milliseconds since the Unix epoch, both ends included. Thread-safe.
 *
 * <p>Every method throws {@link IllegalArgumentException} when a matcher's pattern is not valid RE2 syntax.
 */
@ProviderType
public interface SeriesReader {

    /** The series that match and have a sample within the time, in no particular order. Close it. */
    Selection select(List<Matcher> matchers, long from, long to);

    /**
     * As {@link #select(List, long, long)}, where the asker also says what it wants the samples for. Long questions may
     * then be answered from a coarser tier: {@link Selection#resolution()} says so. Series may be among them whose samples lie
     * around the time but not in it.
     */
    default Selection select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        return select(matchers, from, to);
    }

    /** The label names among the series that match (all of them for no matchers), sorted. */
    List<String> labelNames(List<Matcher> matchers, long from, long to);

    /** The values of one label among the series that match, sorted. */
    List<String> labelValues(String label, List<Matcher> matchers, long from, long to);

    /**
     * The newest sample of every series that matches, sorted by labels; series whose newest sample is a stale marker or
     * older than {@code notBefore} are left out. This is what {@code /metrics} shows.
     */
    List<Sample> latest(List<Matcher> matchers, long notBefore);

    /** What is known of the metric families seen since the start, by name. */
    Collection<MetricMetadata> metadata();
}
