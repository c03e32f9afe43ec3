package org.hearthwatch.query.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.RangeFunction;
import org.hearthwatch.query.function.RangeFunctions;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.ValueType;

/** Functions of a range vector: one series after the other, a window moving over its samples step by step. */
final class RangeCalls {

    static final RangeFunction SUM = RangeFunctions.find("sum_over_time").orElseThrow();

    private RangeCalls() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Call call, RangeFunction function) {
        SelectHints.Aspect aspect = aspect(call.function().name());
        if (!call.function().name().equals("avg_over_time")) {
            return evaluate(evaluator, call, function, aspect);
        }
        var tiered = new AtomicBoolean();
        RangeFunction sumOrMean = window -> {
            if (!window.isTiered()) {
                return function.apply(window);
            }
            tiered.set(true);
            return SUM.apply(window);
        };
        List<Row> rows = evaluate(evaluator, call, sumOrMean, SelectHints.Aspect.SUM);
        return tiered.get() ? quotients(rows, evaluate(evaluator, call, SUM, SelectHints.Aspect.COUNT)) : rows;
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
        Query query = evaluator.query();
        double[][] parameters = parameters(evaluator, call);
        Ranges ranges = Ranges.of(evaluator, rangeOf(call));
        List<Row> rows =
                ranges.rows(aspect, part -> new SeriesCall(part, call, function, aspect, ranges, parameters)::row);
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
}
