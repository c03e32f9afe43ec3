package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.RangeFunction;
import org.hearthwatch.query.function.Window;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.ValueType;

/** Functions of a range vector: one series after the other, a window moving over its samples step by step. */
final class RangeCalls {

    private RangeCalls() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Call call, RangeFunction function) {
        String name = call.function().name();
        Query query = evaluator.query();
        double[][] parameters = parameters(evaluator, call);
        Expr range = rangeOf(call);
        boolean counter = name.equals("rate") || name.equals("increase");
        boolean keepsName = name.equals("last_over_time");
        var asked = new double[parameters.length];
        var window = new Window();
        var rows = new ArrayList<Row>();
        Ranges ranges = Ranges.of(evaluator, range);
        ranges.each((labels, times, values, size) -> {
            double[] cells = evaluator.blank();
            boolean any = false;
            boolean seen = false;
            window.over(times, values);
            for (int step = 0; step < cells.length; step++) {
                long end = ranges.end(step);
                window.move(end - ranges.length(), end, size);
                if (window.size() > 0) {
                    for (int i = 0; i < asked.length; i++) {
                        asked[i] = parameters[i][step];
                    }
                    window.ask(evaluator.steps().at(step), asked);
                    cells[step] = function.apply(window);
                    query.budget().worked(window.size());
                    seen = true;
                    any |= !Cell.isAbsent(cells[step]);
                }
            }
            if (any) {
                var row = new Row(labels, cells);
                rows.add(keepsName ? row : Rows.renamed(query, row, cells));
            }
            if (seen) {
                checkParameters(query, call, parameters);
            }
            if (counter && any) {
                noteUnlikelyCounter(query, labels, range);
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
    private static void checkParameters(Query query, Expr.Call call, double[][] parameters) {
        switch (call.function().name()) {
            case "quantile_over_time" -> {
                for (double quantile : parameters[0]) {
                    if (!(quantile >= 0 && quantile <= 1)) {
                        query.notes().invalidQuantile(quantile, call.arguments().get(0));
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

    private static void noteUnlikelyCounter(Query query, Labels labels, Expr range) {
        String metric = labels.metricName();
        boolean likely = Stream.of("_total", "_sum", "_count", "_bucket").anyMatch(metric::endsWith);
        if (!metric.isEmpty() && !likely) {
            query.notes().possiblyNoCounter(metric, range);
        }
    }
}
