package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Collections;
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

    /** Go's insertion sort up to this size; beyond, its order of equal values is nobody's to rely on. */
    private static final int FEW = 12;

    private static List<Row> byValue(Evaluator evaluator, Expr.Call call, Comparator<Double> order) {
        List<Row> rows = evaluator.vector(call.arguments().get(0)).stream()
                .map(row -> row.histograms() == null ? row : new Row(row.labels(), row.nameGoes(), row.cells()))
                .filter(row -> !row.isEmpty())
                .toList();
        if (evaluator.steps().count() != 1) {
            return rows;
        }
        if (rows.size() <= FEW) {
            return inserted(rows, order);
        }
        Comparator<Row> nanLast = Comparator.comparing(row -> Double.isNaN(row.cells()[0]));
        return sorted(rows, nanLast.thenComparing(row -> row.cells()[0] + 0.0, order));
    }

    /** With NaN last, the last of them first: as it comes out in Prometheus. */
    private static List<Row> inserted(List<Row> rows, Comparator<Double> order) {
        var sorted = new ArrayList<>(rows);
        for (int i = 1; i < sorted.size(); i++) {
            for (int j = i; j > 0; j--) {
                double before = sorted.get(j - 1).cells()[0];
                boolean greater = order.compare(before + 0.0, sorted.get(j).cells()[0] + 0.0) > 0
                        && !Double.isNaN(sorted.get(j).cells()[0]);
                if (!Double.isNaN(before) && !greater) {
                    break;
                }
                Collections.swap(sorted, j, j - 1);
            }
        }
        return sorted;
    }

    static List<Row> byLabel(Evaluator evaluator, Expr.Call call) {
        return sorted(evaluator.vector(call.arguments().get(0)), labelOrder(call));
    }

    static List<Row> byLabelDescending(Evaluator evaluator, Expr.Call call) {
        return sorted(
                evaluator.vector(call.arguments().get(0)), labelOrder(call).reversed());
    }

    private static Comparator<Row> labelOrder(Expr.Call call) {
        List<String> labels =
                call.arguments().stream().skip(1).map(Evaluator::text).toList();
        return (one, other) -> {
            for (String label : labels) {
                int order = NaturalOrder.INSTANCE.compare(
                        one.labels().get(label), other.labels().get(label));
                if (order != 0) {
                    return order;
                }
            }
            return one.labels().compareTo(other.labels());
        };
    }

    private static List<Row> sorted(List<Row> rows, Comparator<Row> order) {
        var sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return sorted;
    }
}
