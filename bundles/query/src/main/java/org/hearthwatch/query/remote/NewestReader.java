package org.hearthwatch.query.remote;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;

/**
 * A store of which only the newest samples count: older ones may be there or not, and half an answer is none. Thread-safe.
 *
 * @param window how far back from now samples count
 */
public record NewestReader(SeriesReader store, Duration window, InstantSource clock) implements SeriesReader {

    /** The oldest time that counts. */
    long oldest() {
        return clock.millis() - window.toMillis();
    }

    private long within(long from) {
        return Math.max(from, oldest());
    }

    @Override
    public Selection select(List<Matcher> matchers, long from, long to) {
        return store.select(matchers, within(from), to);
    }

    @Override
    public Selection select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        return store.select(matchers, within(from), to, hints);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long from, long to) {
        return store.labelNames(matchers, within(from), to);
    }

    @Override
    public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        return store.labelValues(label, matchers, within(from), to);
    }

    @Override
    public List<Sample> latest(List<Matcher> matchers, long notBefore) {
        return store.latest(matchers, within(notBefore));
    }

    @Override
    public Collection<MetricMetadata> metadata() {
        return store.metadata();
    }
}
