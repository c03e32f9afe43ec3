package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.query.syntax.Expr;

/** Orders the series of an instant query; ranges are ordered by labels whatever is asked. */
final class SortCalls {

    private SortCalls() {}

    static List<Row> ascending(Evaluator evaluator, Expr.Call call) {
        return byValue(evaluator, call, Comparator.naturalOrder());
    }

    static List<Row> descending(Evaluator evaluator, Expr.Call call) {
        return byValue(evaluator, call, Comparator.reverseOrder());
    }

    private static List<Row> byValue(Evaluator evaluator, Expr.Call call, Comparator<Double> order) {
        List<Row> rows = evaluator.vector(call.arguments().get(0));
        if (evaluator.steps().count() != 1) {
            return rows;
        }
        Comparator<Row> nanLast = Comparator.comparing(row -> Double.isNaN(row.cells()[0]));
        return sorted(
                rows.stream().filter(row -> row.has(0)).toList(),
                nanLast.thenComparing(row -> row.cells()[0] + 0.0, order));
    }

    static List<Row> byLabel(Evaluator evaluator, Expr.Call call) {
        return sorted(evaluator.vector(call.arguments().get(0)), labelOrder(call));
    }

    static List<Row> byLabelDescending(Evaluator evaluator, Expr.Call call) {
        return sorted(
                evaluator.vector(call.arguments().get(0)), labelOrder(call).reversed());
    }

    private static Comparator<Row> labelOrder(Expr.Call call) {
        Comparator<Row> byAll = Comparator.comparing(Row::labels);
        return call.arguments().stream()
                .skip(1)
                .map(Evaluator::text)
                .map(label ->
                        Comparator.<Row, String>comparing(row -> row.labels().get(label), NaturalOrder.INSTANCE))
                .reduce(Comparator::thenComparing)
                .map(order -> order.thenComparing(byAll))
                .orElse(byAll);
    }

    private static List<Row> sorted(List<Row> rows, Comparator<Row> order) {
        var sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return sorted;
    }
}
