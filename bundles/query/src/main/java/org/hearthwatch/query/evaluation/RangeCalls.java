package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.RangeFunction;
import org.hearthwatch.query.function.RangeFunctions;
import org.hearthwatch.query.function.Window;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.ValueType;

/** Functions of a range vector: one series after the other, a window moving over its samples step by step. */
final class RangeCalls {

    private static final RangeFunction SUM =
            RangeFunctions.find("sum_over_time").orElseThrow();

    private RangeCalls() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Call call, RangeFunction function) {
        SelectHints.Aspect aspect = aspect(call.function().name());
        if (!call.function().name().equals("avg_over_time")) {
            return evaluate(evaluator, call, function, aspect);
        }
        var tiered = new boolean[1];
        RangeFunction sumOrMean = window -> {
            tiered[0] |= window.isTiered();
            return window.isTiered() ? SUM.apply(window) : function.apply(window);
        };
        List<Row> rows = evaluate(evaluator, call, sumOrMean, SelectHints.Aspect.SUM);
        return tiered[0] ? quotients(rows, evaluate(evaluator, call, SUM, SelectHints.Aspect.COUNT)) : rows;
    }

    /** What of an interval a coarser tier has to give for a function to be right of it. */
    private static SelectHints.Aspect aspect(String function) {
        return switch (function) {
            case "rate", "increase", "irate" -> SelectHints.Aspect.COUNTER;
            case "min_over_time" -> SelectHints.Aspect.MIN;
            case "max_over_time" -> SelectHints.Aspect.MAX;
            case "sum_over_time" -> SelectHints.Aspect.SUM;
            case "count_over_time" -> SelectHints.Aspect.COUNT;
            case "last_over_time", "present_over_time" -> SelectHints.Aspect.LAST;
            default -> SelectHints.Aspect.SAMPLES;
        };
    }

    private static List<Row> quotients(List<Row> sums, List<Row> counts) {
        Map<Labels, Row> byLabels = new HashMap<>();
        counts.forEach(row -> byLabels.put(row.labels(), row));
        for (Row row : sums) {
            Row count = byLabels.get(row.labels());
            for (int step = 0; step < row.cells().length; step++) {
                if (row.has(step)) {
                    row.cells()[step] =
                            count != null && count.has(step) ? row.cells()[step] / count.cells()[step] : Cell.ABSENT;
                }
            }
        }
        return sums;
    }

    private static List<Row> evaluate(
            Evaluator evaluator, Expr.Call call, RangeFunction function, SelectHints.Aspect aspect) {
        String name = call.function().name();
        Query query = evaluator.query();
        double[][] parameters = parameters(evaluator, call);
        boolean counter = name.equals("rate") || name.equals("increase");
        boolean keepsName = name.equals("last_over_time");
        boolean counts = aspect == SelectHints.Aspect.COUNT;
        var asked = new double[parameters.length];
        var window = new Window();
        var rows = new ArrayList<Row>();
        Ranges ranges = Ranges.of(evaluator, rangeOf(call));
        Notes.Place first = call.arguments().get(0).type() == ValueType.MATRIX
                ? ranges.place()
                : evaluator.place(call.arguments().get(0));
        var ofHistograms = new HistogramWindows(name, function, query.notes(), first);
        ranges.each(aspect, (labels, samples) -> {
            double[] cells = evaluator.blank();
            var histograms = samples.hasHistograms() ? new Distribution[cells.length] : null;
            boolean any = false;
            boolean seen = false;
            window.over(samples);
            ofHistograms.of(labels.metricName());
            RangeFunction ofNumbers = counts && samples.isTiered() ? SUM : function;
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
                query.budget().worked(window.size());
                evaluator.tally().add(step, window.weight());
                seen |= ignored < window.size() || !name.equals("quantile_over_time");
                any |= !Cell.isAbsent(cells[step]);
            }
            var row = new Row(labels, false, cells, histograms);
            if (any || (histograms != null && !row.isEmpty())) {
                rows.add(keepsName ? row : Rows.renamed(query, row, cells, histograms));
            }
            if (seen) {
                checkParameters(evaluator, call, parameters);
            }
            if (counter && any) {
                noteUnlikelyCounter(query, labels, ranges.place());
            }
        });
        if (!query.keepsNamesToTheEnd()) {
            Rows.requireDistinct(rows);
        }
        return rows;
    }

    private static Expr rangeOf(Expr.Call call) {
        return call.arguments().stream()
                .filter(argument -> argument.type() == ValueType.MATRIX)
                .findFirst()
                .orElseThrow();
    }

    private static double[][] parameters(Evaluator evaluator, Expr.Call call) {
        return call.arguments().stream()
                .filter(Evaluator::isScalar)
                .map(evaluator::scalar)
                .toArray(double[][]::new);
    }

    private static void requireFactor(String what, String symbol, double[] factors) {
        for (double factor : factors) {
            if (factor <= 0 || factor >= 1) {
                throw new EvaluationException(
                        String.format("invalid %s factor. Expected: 0 < %s < 1, got: %f", what, symbol, factor));
            }
        }
    }

    /** Only done when there are samples: without, any parameters will do. */
    private static void checkParameters(Evaluator evaluator, Expr.Call call, double[][] parameters) {
        switch (call.function().name()) {
            case "quantile_over_time" -> {
                for (double quantile : parameters[0]) {
                    if (!(quantile >= 0 && quantile <= 1)) {
                        evaluator
                                .query()
                                .notes()
                                .invalidQuantile(
                                        quantile,
                                        evaluator.place(call.arguments().get(0)));
                    }
                }
            }
            case "double_exponential_smoothing" -> {
                requireFactor("smoothing", "sf", parameters[0]);
                requireFactor("trend", "tf", parameters[1]);
            }
            default -> {
                // no other has parameters that may be wrong
            }
        }
    }

    private static void noteUnlikelyCounter(Query query, Labels labels, Notes.Place range) {
        String metric = labels.metricName();
        boolean likely = Stream.of("_total", "_sum", "_count", "_bucket").anyMatch(metric::endsWith);
        if (!metric.isEmpty() && !likely) {
            query.notes().possiblyNoCounter(metric, range);
        }
    }
}
