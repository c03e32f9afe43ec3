package org.hearthwatch.query.syntax;

import org.hearthwatch.query.number.Exponentials;
import org.hearthwatch.query.number.Trigonometry;

/** The arithmetic operators on two numbers, IEEE 754 with the corner cases of the Go language. */
public final class Arithmetic {

    private Arithmetic() {}

    /** The result of an arithmetic operator; comparisons give 1 or 0. */
    public static double apply(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case POWER -> Exponentials.pow(left, right);
            case ATAN2 -> Trigonometry.atan2(left, right);
            default -> compare(operator, left, right) ? 1 : 0;
        };
    }

    /** Whether a comparison holds; nothing but {@code !=} holds for NaN. */
    public static boolean compare(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> throw new IllegalArgumentException(operator + " compares nothing");
        };
    }
}
