package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.Expr;
import org.jspecify.annotations.Nullable;

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
        // In the order in which they are written: of equal complaints the last one's place is told.
        double[] before = scalarIsLeft ? evaluator.scalar(scalar) : new double[0];
        List<Row> vectors = evaluator.vector(vector);
        double[] scalars = scalarIsLeft ? before : evaluator.scalar(scalar);
        CellOperator operator = CellOperator.of(binary);
        boolean filters = binary.operator().isComparison() && !binary.bool();
        var mixed = new MixedOperator(binary, evaluator.query().notes());
        var complaints = new MixedOperator.@Nullable Complaint[scalars.length];
        var rows = new ArrayList<Row>();
        for (Row row : vectors) {
            double[] cells = row.cells();
            @Nullable Distribution @Nullable [] histograms = row.histograms();
            for (int step = 0; step < cells.length; step++) {
                double cell = cells[step];
                Distribution histogram = histograms == null ? null : histograms[step];
                if (histograms != null && histogram != null) {
                    mixed.apply(
                            scalars[step],
                            scalarIsLeft ? null : histogram,
                            scalars[step],
                            scalarIsLeft ? histogram : null);
                    cells[step] = mixed.value();
                    histograms[step] = mixed.histogram();
                    complaints[step] = mixed.complaint() == null ? complaints[step] : mixed.complaint();
                }
                if (Cell.isAbsent(cell)) {
                    continue;
                }
                double result =
                        scalarIsLeft ? operator.apply(scalars[step], cell) : operator.apply(cell, scalars[step]);
                // A filter lets the vector's value through, on whichever side it stands.
                cells[step] = filters && !Cell.isAbsent(result) ? cell : result;
            }
            evaluator.query().budget().worked(cells.length);
            rows.add(filters ? row : Rows.renamed(evaluator.query(), row, cells, histograms));
        }
        for (MixedOperator.Complaint complaint : complaints) {
            if (complaint != null) {
                mixed.note(complaint);
            }
        }
        return Rows.merged(rows);
    }
}
