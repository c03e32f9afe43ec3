package org.hearthwatch.query.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.Samples;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Shift;

/** Instant vectors: at every step each series' newest sample, unless it is older than the lookback or a stale marker. */
final class InstantSelector {

    private InstantSelector() {}

    static List<Row> values(Evaluator evaluator, Expr.VectorSelector selector) {
        return rows(evaluator, selector, selector.shift(), false);
    }

    /** The times of the samples in seconds instead of their values. */
    static List<Row> timestamps(Evaluator evaluator, Expr.VectorSelector selector) {
        return timestamps(evaluator, selector, selector.shift());
    }

    /** As before, of those samples that lie where another shift looks. */
    static List<Row> timestamps(Evaluator evaluator, Expr.VectorSelector selector, Shift window) {
        return rows(evaluator, selector, window, true);
    }

    private static List<Row> rows(Evaluator evaluator, Expr.VectorSelector selector, Shift window, boolean timestamps) {
        Query query = evaluator.query();
        Steps steps = evaluator.steps();
        long first = query.reference(window, steps.start());
        long last = query.reference(window, steps.last());
        var hints = new SelectHints(steps.duration(), Duration.ZERO, SelectHints.Aspect.LAST);
        return new SeriesScan(selector.matchers(), first - query.lookback() + 1, last, hints, true)
                .rows(evaluator, part -> (labels, samples) -> row(part, selector, labels, samples, timestamps));
    }

    private static Optional<Row> row(
            Evaluator evaluator, Expr.VectorSelector selector, Labels labels, Samples samples, boolean timestamps) {
        Query query = evaluator.query();
        Steps steps = evaluator.steps();
        // The one sample of an interval stands for all of it, until the next comes.
        long lookback = query.lookback() + samples.resolution();
        long[] times = samples.times();
        double[] cells = evaluator.blank();
        var histograms = samples.hasHistograms() && !timestamps ? new Distribution[cells.length] : null;
        Moments moments = query.moments(selector.shift(), steps);
        Tally tally = evaluator.tally();
        boolean any = false;
        int next = 0;
        for (int step = 0; step < cells.length; step++) {
            long reference = moments.at(step);
            while (next < samples.size() && times[next] <= reference) {
                next++;
            }
            boolean fresh = next > 0 && times[next - 1] > reference - lookback;
            if (fresh && !SeriesScan.isMarker(samples, next - 1)) {
                Distribution histogram = samples.histogram(next - 1);
                if (histograms != null && histogram != null) {
                    histograms[step] = histogram;
                } else {
                    cells[step] = timestamps ? times[next - 1] / 1e3 : samples.values()[next - 1];
                }
                tally.add(step, histograms == null || histogram == null ? 1 : histogram.weight());
                any = true;
            }
        }
        return any ? Optional.of(new Row(labels, false, cells, histograms)) : Optional.empty();
    }
}
