package org.hearthwatch.query.evaluation;

import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.syntax.Arithmetic;
import org.hearthwatch.query.syntax.BinaryOperator;
import org.hearthwatch.query.syntax.Expr;

/** A binary operator on two values that are there; a comparison that filters may leave nothing. */
@FunctionalInterface
interface CellOperator {

    double apply(double left, double right);

    static CellOperator of(Expr.Binary binary) {
        BinaryOperator operator = binary.operator();
        return switch (operator) {
            case ADD -> Double::sum;
            case SUBTRACT -> (left, right) -> left - right;
            case MULTIPLY -> (left, right) -> left * right;
            case DIVIDE -> (left, right) -> left / right;
            case MODULO, POWER, ATAN2 -> (left, right) -> Arithmetic.apply(operator, left, right);
            default ->
                binary.bool()
                        ? (left, right) -> Arithmetic.compare(operator, left, right) ? 1 : 0
                        : (left, right) -> Arithmetic.compare(operator, left, right) ? left : Cell.ABSENT;
        };
    }
}
