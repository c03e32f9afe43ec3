package org.hearthwatch.alert.unittest;

import java.util.Collection;
import java.util.List;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.api.store.SeriesReader;

/** A store without a sample, for those who only check expressions. */
public final class EmptyStore implements SeriesReader {

    @Override
    public Selection select(List<Matcher> matchers, long from, long to) {
        return new TestStore().select(matchers, from, to);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers, long from, long to) {
        return List.of();
    }

    @Override
    public List<String> labelValues(String label, List<Matcher> matchers, long from, long to) {
        return List.of();
    }

    @Override
    public List<Sample> latest(List<Matcher> matchers, long notBefore) {
        return List.of();
    }

    @Override
    public Collection<MetricMetadata> metadata() {
        return List.of();
    }
}
