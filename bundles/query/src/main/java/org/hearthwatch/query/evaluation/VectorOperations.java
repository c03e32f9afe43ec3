package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.syntax.Expr;

/** Binary operators of which at least one side is a vector. */
final class VectorOperations {

    private VectorOperations() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Binary binary) {
        if (Evaluator.isScalar(binary.left())) {
            return withScalar(evaluator, binary, binary.right(), binary.left(), true);
        }
        if (Evaluator.isScalar(binary.right())) {
            return withScalar(evaluator, binary, binary.left(), binary.right(), false);
        }
        List<Row> left = evaluator.vector(binary.left());
        List<Row> right = evaluator.vector(binary.right());
        return binary.operator().isSet()
                ? new SetOperation(evaluator, binary).evaluate(left, right)
                : new MatchedOperation(evaluator, binary).evaluate(left, right);
    }

    private static List<Row> withScalar(
            Evaluator evaluator, Expr.Binary binary, Expr vector, Expr scalar, boolean scalarIsLeft) {
        double[] scalars = evaluator.scalar(scalar);
        CellOperator operator = CellOperator.of(binary);
        boolean filters = binary.operator().isComparison() && !binary.bool();
        var rows = new ArrayList<Row>();
        for (Row row : evaluator.vector(vector)) {
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                double cell = cells[step];
                if (Cell.isAbsent(cell)) {
                    continue;
                }
                double result =
                        scalarIsLeft ? operator.apply(scalars[step], cell) : operator.apply(cell, scalars[step]);
                // A filter lets the vector's value through, on whichever side it stands.
                cells[step] = filters && !Cell.isAbsent(result) ? cell : result;
            }
            evaluator.query().budget().worked(cells.length);
            rows.add(filters ? row : Rows.renamed(evaluator.query(), row, cells));
        }
        return Rows.merged(rows);
    }
}
