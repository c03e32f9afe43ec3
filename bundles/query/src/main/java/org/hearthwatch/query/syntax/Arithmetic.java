package org.hearthwatch.query.syntax;

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
            case POWER -> power(left, right);
            case ATAN2 -> Math.atan2(left, right);
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

    /** C99's pow: 1 to whatever power is 1, and so is -1 to an infinite power; Java says NaN to both. */
    private static double power(double base, double exponent) {
        if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
            return 1;
        }
        return Math.pow(base, exponent);
    }
}
