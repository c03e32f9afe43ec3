package org.hearthwatch.query.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.Selection;

/** Reads the series of a selector from the store, one after the other by labels, each once. */
final class SeriesScan {

    private SeriesScan() {}

    /** Takes the samples of one series; the columns are reused for the next. */
    @FunctionalInterface
    interface Visitor {
        void visit(Labels labels, long[] times, double[] values, int size);
    }

    /** Reads everything, stale markers included. */
    static void each(Query query, List<Matcher> matchers, long from, long to, Visitor visitor) {
        try (Selection selection = query.reader().select(matchers, from, to)) {
            var buffer = new SampleBuffer();
            for (int index : byLabels(selection)) {
                selection.read(index, buffer);
                query.budget().read(buffer.size());
                query.budget().hold(buffer.size());
                visitor.visit(selection.labels(index), buffer.timestamps(), buffer.values(), buffer.size());
                query.budget().settle(query.budget().held() - buffer.size());
            }
            query.notes().storeWarnings(selection.warnings());
        }
    }

    /** Reads everything but stale markers. */
    static void eachWithoutMarkers(Query query, List<Matcher> matchers, long from, long to, Visitor visitor) {
        each(query, matchers, from, to, (labels, times, values, size) -> {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (!Staleness.isStale(values[i])) {
                    times[kept] = times[i];
                    values[kept] = values[i];
                    kept++;
                }
            }
            visitor.visit(labels, times, values, kept);
        });
    }

    private static int[] byLabels(Selection selection) {
        var order = new Integer[selection.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(selection::labels));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
