package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.syntax.Arithmetic;
import org.hearthwatch.query.syntax.Expr;

/** Binary operators on two scalars. */
final class ScalarOperations {

    private ScalarOperations() {}

    static double[] evaluate(Evaluator evaluator, Expr.Binary binary) {
        double[] left = evaluator.scalar(binary.left());
        double[] right = evaluator.scalar(binary.right());
        for (int step = 0; step < left.length; step++) {
            left[step] = Arithmetic.apply(binary.operator(), left[step], right[step]);
        }
        return left;
    }
}
