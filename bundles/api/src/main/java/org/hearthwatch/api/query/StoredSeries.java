package org.hearthwatch.api.query;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;

/** The lookup of what one store has. Thread-safe. */
public final class StoredSeries implements SeriesLookup {

    private final SeriesReader store;

    public StoredSeries(SeriesReader store) {
        this.store = store;
    }

    @Override
    public Found<Labels> series(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        var warnings = new ArrayList<String>();
        var found = union(selectors, matchers -> {
            var labels = new ArrayList<Labels>();
            try (var selection = store.select(matchers, from, to)) {
                for (int i = 0; i < selection.size(); i++) {
                    labels.add(selection.labels(i));
                }
                warnings.addAll(selection.warnings());
            }
            return labels;
        });
        return new Found<>(found.values(), warnings);
    }

    @Override
    public Found<String> labelNames(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return union(selectors, matchers -> store.labelNames(matchers, from, to));
    }

    @Override
    public Found<String> labelValues(String label, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return union(selectors, matchers -> store.labelValues(label, matchers, from, to));
    }

    private static <T extends Comparable<T>> Found<T> union(
            List<List<Matcher>> selectors, Function<List<Matcher>, List<T>> lookup) throws QueryException {
        var found = new TreeSet<T>();
        try {
            for (List<Matcher> matchers : selectors.isEmpty() ? List.of(List.<Matcher>of()) : selectors) {
                found.addAll(lookup.apply(matchers));
            }
        } catch (IllegalArgumentException e) {
            throw new QueryException(QueryException.Kind.BAD_DATA, String.valueOf(e.getMessage()), e);
        }
        return new Found<>(new ArrayList<>(found), List.of());
    }
}
