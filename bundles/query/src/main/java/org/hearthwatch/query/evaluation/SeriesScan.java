package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Reads the series of a selector from the store by labels, each once; many of them with several threads.
 *
 * @param from the first time of interest, in milliseconds
 * @param to the last
 * @param markers whether stale markers are wanted
 */
record SeriesScan(List<Matcher> matchers, long from, long to, SelectHints hints, boolean markers) {

    private static final long USUAL_INTERVAL = 15_000;
    private static final int PIECES_EACH = 4;

    /** Makes a row of one series, whose samples' columns are reused for the next. */
    @FunctionalInterface
    interface RowMaker {
        Optional<Row> row(Labels labels, Samples samples);
    }

    /** Takes the samples of one series; the columns are reused for the next. */
    @FunctionalInterface
    interface Visitor {
        void visit(Labels labels, Samples samples);
    }

    /** Goes through the series one after the other. */
    void each(Query query, Visitor visitor) {
        try (Selection selection = query.reader().select(matchers, from, to, hints)) {
            int[] order = byLabels(selection);
            read(query, selection, order, 0, order.length, visitor);
            tell(query, selection);
        }
    }

    /**
     * The rows that are made of the series.
     *
     * @param makers makes a row maker for one thread, of an evaluator for it
     */
    List<Row> rows(Evaluator evaluator, Function<Evaluator, RowMaker> makers) {
        Query query = evaluator.query();
        try (Selection selection = query.reader().select(matchers, from, to, hints)) {
            int[] order = byLabels(selection);
            int pieces = pieces(evaluator, order.length);
            List<Row> rows = pieces == 1
                    ? rows(evaluator, selection, order, 0, order.length, makers)
                    : shared(evaluator, selection, order, pieces, makers);
            tell(query, selection);
            return rows;
        }
    }

    private int pieces(Evaluator evaluator, int series) {
        Crew crew = evaluator.query().crew();
        long each = evaluator.steps().count() + (to - from) / USUAL_INTERVAL;
        boolean small = crew.size() == 1 || series < 2 || series * each < crew.least();
        return small ? 1 : Math.min(series, crew.size() * PIECES_EACH);
    }

    /** What a thread made of its piece. */
    private record Part(Evaluator evaluator, List<Row> rows) {}

    private List<Row> shared(
            Evaluator evaluator, Selection selection, int[] order, int pieces, Function<Evaluator, RowMaker> makers) {
        Query query = evaluator.query();
        List<Part> parts = query.crew().each(pieces, query.budget(), piece -> {
            Evaluator part = evaluator.part();
            int begin = (int) ((long) order.length * piece / pieces);
            int end = (int) ((long) order.length * (piece + 1) / pieces);
            return new Part(part, rows(part, selection, order, begin, end, makers));
        });
        var rows = new ArrayList<Row>(order.length);
        for (Part part : parts) {
            evaluator.add(part.evaluator());
            rows.addAll(part.rows());
        }
        return rows;
    }

    private List<Row> rows(
            Evaluator evaluator,
            Selection selection,
            int[] order,
            int begin,
            int end,
            Function<Evaluator, RowMaker> makers) {
        var rows = new ArrayList<Row>(end - begin);
        RowMaker maker = makers.apply(evaluator);
        read(
                evaluator.query(),
                selection,
                order,
                begin,
                end,
                (labels, samples) -> maker.row(labels, samples).ifPresent(rows::add));
        return rows;
    }

    private void read(Query query, Selection selection, int[] order, int begin, int end, Visitor visitor) {
        var buffer = new SampleBuffer();
        var samples = new Samples().tiered(selection.resolution().toMillis());
        for (int i = begin; i < end; i++) {
            selection.read(order[i], buffer);
            query.budget().read(buffer.size());
            samples.over(buffer.timestamps(), buffer.values(), histograms(buffer), buffer.size());
            long weight = samples.weight();
            query.budget().hold(weight);
            if (!markers) {
                dropMarkers(samples);
            }
            visitor.visit(selection.labels(order[i]), samples);
            query.budget().release(weight);
        }
    }

    private static void tell(Query query, Selection selection) {
        query.notes().storeWarnings(selection.warnings());
        query.notes().tier(selection.resolution());
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

    private static void dropMarkers(Samples samples) {
        int size = samples.size();
        int kept = samples.hasHistograms() ? 0 : firstMarker(samples.values(), size);
        while (kept < size && !isMarker(samples, kept)) {
            kept++;
        }
        for (int i = kept + 1; i < size; i++) {
            if (!isMarker(samples, i)) {
                samples.keep(i, kept);
                kept++;
            }
        }
        samples.truncate(kept);
    }

    /** Nearly always there is none, so this is all that becomes of most samples here. */
    private static int firstMarker(double[] values, int size) {
        int index = 0;
        while (index < size && !Staleness.isStale(values[index])) {
            index++;
        }
        return index;
    }

    static boolean isMarker(Samples samples, int index) {
        Distribution histogram = samples.histogram(index);
        return histogram == null ? Staleness.isStale(samples.values()[index]) : histogram.isStale();
    }

    private static int[] byLabels(Selection selection) {
        int size = selection.size();
        var labels = new Labels[size];
        var order = new int[size];
        boolean sorted = true;
        for (int i = 0; i < size; i++) {
            labels[i] = selection.labels(i);
            order[i] = i;
            sorted &= i == 0 || labels[i - 1].compareTo(labels[i]) <= 0;
        }
        return sorted
                ? order
                : IntStream.of(order)
                        .boxed()
                        .sorted(Comparator.comparing(i -> labels[i]))
                        .mapToInt(i -> i)
                        .toArray();
    }
}
