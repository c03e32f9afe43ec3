package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.MathFunctions;
import org.hearthwatch.query.syntax.Expr;

/** Functions that make one value of one value. */
final class CellCalls {

    private CellCalls() {}

    /** Changes a cell that holds a value. */
    @FunctionalInterface
    private interface CellFunction {
        double apply(int step, double value);
    }

    static List<Row> each(Evaluator evaluator, Expr argument, DoubleUnaryOperator function) {
        return changed(evaluator, argument, (step, value) -> function.applyAsDouble(value));
    }

    private static List<Row> changed(Evaluator evaluator, Expr argument, CellFunction function) {
        var rows = new ArrayList<Row>();
        for (Row row : evaluator.vector(argument)) {
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                if (!Cell.isAbsent(cells[step])) {
                    cells[step] = function.apply(step, cells[step]);
                }
            }
            evaluator.query().budget().worked(cells.length);
            rows.add(Rows.renamed(evaluator.query(), row, cells));
        }
        return Rows.merged(rows);
    }

    /** A part of the date: that of the argument's values, else that of the moment of evaluation. */
    static List<Row> calendar(Evaluator evaluator, Expr.Call call, DoubleUnaryOperator function) {
        if (!call.arguments().isEmpty()) {
            return each(evaluator, call.arguments().get(0), function);
        }
        double[] cells = evaluator.blank();
        Arrays.setAll(
                cells,
                step -> function.applyAsDouble(
                        (double) Math.floorDiv(evaluator.steps().at(step), 1000)));
        return List.of(new Row(Labels.EMPTY, cells));
    }

    static List<Row> clamp(Evaluator evaluator, Expr.Call call) {
        double[] least = evaluator.scalar(call.arguments().get(1));
        double[] greatest = evaluator.scalar(call.arguments().get(2));
        return changed(
                evaluator,
                call.arguments().get(0),
                (step, value) -> greatest[step] < least[step]
                        ? Cell.ABSENT
                        : MathFunctions.clamp(value, least[step], greatest[step]));
    }

    static List<Row> clampMax(Evaluator evaluator, Expr.Call call) {
        double[] greatest = evaluator.scalar(call.arguments().get(1));
        return changed(
                evaluator,
                call.arguments().get(0),
                (step, value) -> MathFunctions.clamp(value, Double.NEGATIVE_INFINITY, greatest[step]));
    }

    static List<Row> clampMin(Evaluator evaluator, Expr.Call call) {
        double[] least = evaluator.scalar(call.arguments().get(1));
        return changed(
                evaluator,
                call.arguments().get(0),
                (step, value) -> MathFunctions.clamp(value, least[step], Double.POSITIVE_INFINITY));
    }

    static List<Row> round(Evaluator evaluator, Expr.Call call) {
        double[] multiple =
                call.arguments().size() > 1 ? evaluator.scalar(call.arguments().get(1)) : evaluator.constant(1);
        return changed(evaluator, call.arguments().get(0), (step, value) -> MathFunctions.round(value, multiple[step]));
    }

    /** When the samples of a selector were taken; for anything else the moment of evaluation. */
    static List<Row> timestamp(Evaluator evaluator, Expr.Call call) {
        Expr argument = call.arguments().get(0).bare();
        if (!(argument instanceof Expr.VectorSelector selector)) {
            return moments(evaluator, argument);
        }
        var rows = new ArrayList<Row>();
        for (Row row : InstantSelector.timestamps(evaluator, selector)) {
            rows.add(Rows.renamed(evaluator.query(), row, row.cells()));
        }
        return Rows.merged(rows);
    }

    private static List<Row> moments(Evaluator evaluator, Expr argument) {
        var rows = new ArrayList<Row>();
        for (Row row : evaluator.vector(argument)) {
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                cells[step] = row.isPresent(step) ? evaluator.steps().at(step) / 1e3 : Cell.ABSENT;
            }
            rows.add(Rows.renamed(evaluator.query(), row, cells));
        }
        return Rows.merged(rows);
    }

    static List<Row> vector(Evaluator evaluator, Expr.Call call) {
        return List.of(new Row(Labels.EMPTY, evaluator.scalar(call.arguments().get(0))));
    }
}
