package org.hearthwatch.query.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.Samples;
import org.jspecify.annotations.Nullable;

/** Reads the series of a selector from the store, one after the other by labels, each once. */
final class SeriesScan {

    private SeriesScan() {}

    /** Takes the samples of one series; the columns are reused for the next. */
    @FunctionalInterface
    interface Visitor {
        void visit(Labels labels, Samples samples);
    }

    /** Reads everything, stale markers included. */
    static void each(Query query, List<Matcher> matchers, long from, long to, SelectHints hints, Visitor visitor) {
        try (Selection selection = query.reader().select(matchers, from, to, hints)) {
            var buffer = new SampleBuffer();
            var samples = new Samples().tiered(!selection.resolution().isZero());
            for (int index : byLabels(selection)) {
                selection.read(index, buffer);
                query.budget().read(buffer.size());
                samples.over(buffer.timestamps(), buffer.values(), histograms(buffer), buffer.size());
                long weight = samples.weight();
                query.budget().hold(weight);
                visitor.visit(selection.labels(index), samples);
                query.budget().settle(query.budget().held() - weight);
            }
            query.notes().storeWarnings(selection.warnings());
            query.notes().tier(selection.resolution());
        }
    }

    private static @Nullable Distribution @Nullable [] histograms(SampleBuffer buffer) {
        if (!buffer.hasHistograms()) {
            return null;
        }
        var histograms = new @Nullable Distribution[buffer.size()];
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = buffer.histogram(i).map(Distribution::of).orElse(null);
        }
        return histograms;
    }

    /** Reads everything but stale markers. */
    static void eachWithoutMarkers(
            Query query, List<Matcher> matchers, long from, long to, SelectHints hints, Visitor visitor) {
        each(query, matchers, from, to, hints, (labels, samples) -> {
            int kept = 0;
            for (int i = 0; i < samples.size(); i++) {
                if (!isMarker(samples, i)) {
                    samples.keep(i, kept);
                    kept++;
                }
            }
            samples.truncate(kept);
            visitor.visit(labels, samples);
        });
    }

    static boolean isMarker(Samples samples, int index) {
        Distribution histogram = samples.histogram(index);
        return histogram == null ? Staleness.isStale(samples.values()[index]) : histogram.isStale();
    }

    private static int[] byLabels(Selection selection) {
        var order = new Integer[selection.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(selection::labels));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
