package org.hearthwatch.query.evaluation;

import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.RangeFunction;
import org.hearthwatch.query.function.Samples;
import org.hearthwatch.query.function.Window;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.GoText;
import org.hearthwatch.query.syntax.ValueType;

/** A function of a range vector, applied to one series after the other as a window moves over it. For one thread. */
final class SeriesCall {

    /** Samples and steps gone through between two looks at the limits. */
    private static final long LOOK_EVERY = 1 << 14;

    private final Evaluator evaluator;
    private final Expr.Call call;
    private final RangeFunction function;
    private final Ranges ranges;
    private final double[][] parameters;
    private final String name;
    private final boolean counts;
    private final boolean quantile;
    private final boolean checked;
    private final HistogramWindows ofHistograms;
    private final double[] asked;
    private final Window window = new Window();
    private long work;
    private String noted = "";
    private double invalid;

    SeriesCall(
            Evaluator evaluator,
            Expr.Call call,
            RangeFunction function,
            SelectHints.Aspect aspect,
            Ranges ranges,
            double[][] parameters) {
        this.evaluator = evaluator;
        this.call = call;
        this.function = function;
        this.ranges = ranges;
        this.parameters = parameters;
        this.name = call.function().name();
        this.quantile = name.equals("quantile_over_time");
        this.checked = quantile || name.equals("double_exponential_smoothing");
        this.counts = aspect == SelectHints.Aspect.COUNT;
        this.asked = new double[parameters.length];
        Expr first = call.arguments().get(0);
        Notes.Place place = first.type() == ValueType.MATRIX ? ranges.place() : evaluator.place(first);
        this.ofHistograms =
                new HistogramWindows(name, function, evaluator.query().notes(), place);
    }

    Optional<Row> row(Labels labels, Samples samples) {
        double[] cells = evaluator.blank();
        var histograms = samples.hasHistograms() ? new Distribution[cells.length] : null;
        boolean any = false;
        window.over(samples);
        ofHistograms.of(labels.metricName());
        RangeFunction ofNumbers = counts && samples.isTiered() ? RangeCalls.SUM : function;
        Tally tally = evaluator.tally();
        for (int step = 0; step < cells.length; step++) {
            long end = ranges.end(step);
            window.move(end - ranges.length(), end, samples.size());
            if (window.size() == 0) {
                continue;
            }
            for (int i = 0; i < asked.length; i++) {
                asked[i] = parameters[i][step];
            }
            window.ask(evaluator.steps().at(step), asked);
            int ignored = histograms == null ? 0 : window.histograms();
            if (histograms != null && ignored > 0) {
                ofHistograms.apply(window, step, cells, histograms);
            } else {
                cells[step] = ofNumbers.apply(window);
            }
            worked(window.size());
            tally.add(step, window.weight());
            if (checked && ignored < window.size() + (quantile ? 0 : 1)) {
                checkParameters();
            }
            any |= !Cell.isAbsent(cells[step]);
        }
        if (any && (name.equals("rate") || name.equals("increase"))) {
            noteUnlikelyCounter(labels.metricName());
        }
        var row = new Row(labels, false, cells, histograms);
        if (any || (histograms != null && !row.isEmpty())) {
            boolean keepsName = name.equals("last_over_time");
            return Optional.of(keepsName ? row : Rows.renamed(evaluator.query(), row, cells, histograms));
        }
        return Optional.empty();
    }

    private void worked(int samples) {
        work += samples;
        if (work >= LOOK_EVERY) {
            evaluator.query().budget().worked(work);
            work = 0;
        }
    }

    private static void requireFactor(String what, String symbol, double factor) {
        if (factor <= 0 || factor >= 1) {
            throw new EvaluationException(String.format(
                    "invalid %s factor. Expected: 0 < %s < 1, got: %s", what, symbol, GoText.sixPlaces(factor)));
        }
    }

    /** Of the steps that have samples: at others, any parameters will do. */
    private void checkParameters() {
        if (!quantile) {
            requireFactor("smoothing", "sf", asked[0]);
            requireFactor("trend", "tf", asked[1]);
        } else if (!(asked[0] >= 0 && asked[0] <= 1) && Double.compare(asked[0], invalid) != 0) {
            invalid = asked[0];
            Notes.Place place = evaluator.place(call.arguments().get(0));
            evaluator.query().notes().invalidQuantile(invalid, place);
        }
    }

    private void noteUnlikelyCounter(String metric) {
        // Series of a metric follow each other.
        if (!metric.isEmpty() && !metric.equals(noted)) {
            noted = metric;
            boolean likely = Stream.of("_total", "_sum", "_count", "_bucket").anyMatch(metric::endsWith);
            if (!likely) {
                evaluator.query().notes().possiblyNoCounter(metric, ranges.place());
            }
        }
    }
}
