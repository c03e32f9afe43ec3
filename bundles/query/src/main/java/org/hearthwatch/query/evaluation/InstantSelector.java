package org.hearthwatch.query.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Staleness;
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
        Moments moments = evaluator.query().moments(selector.shift(), evaluator.steps());
        if (timestamps || samples.hasHistograms()) {
            return mixed(evaluator, moments, labels, samples, timestamps);
        }
        double[] cells = evaluator.blank();
        boolean any = numbers(samples, moments, lookback(evaluator, samples), cells, evaluator.tally());
        return any ? Optional.of(new Row(labels, false, cells)) : Optional.empty();
    }

    /** The one sample of a tier's interval stands for all of it, until the next comes. */
    private static long lookback(Evaluator evaluator, Samples samples) {
        return evaluator.query().lookback() + samples.resolution();
    }

    /** What nearly all series are: each step's newest number. */
    private static boolean numbers(Samples samples, Moments moments, long lookback, double[] cells, Tally tally) {
        long[] times = samples.times();
        double[] values = samples.values();
        int size = samples.size();
        long reference = moments.first();
        boolean any = false;
        int next = 0;
        for (int step = 0; step < cells.length; step++) {
            while (next < size && times[next] <= reference) {
                next++;
            }
            if (next > 0 && times[next - 1] > reference - lookback && !Staleness.isStale(values[next - 1])) {
                cells[step] = values[next - 1];
                tally.add(step, 1);
                any = true;
            }
            reference += moments.interval();
        }
        return any;
    }

    private static Optional<Row> mixed(
            Evaluator evaluator, Moments moments, Labels labels, Samples samples, boolean timestamps) {
        long lookback = lookback(evaluator, samples);
        long[] times = samples.times();
        double[] cells = evaluator.blank();
        var histograms = samples.hasHistograms() && !timestamps ? new Distribution[cells.length] : null;
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
