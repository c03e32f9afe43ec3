package org.hearthwatch.query.syntax;

import java.util.Optional;

/** The binary operators, with how tightly they bind. */
public enum BinaryOperator {
    OR(TokenKind.OR, 1),
    AND(TokenKind.AND, 2),
    UNLESS(TokenKind.UNLESS, 2),
    EQUAL(TokenKind.EQUAL, 3),
    NOT_EQUAL(TokenKind.NOT_EQUAL, 3),
    LESS(TokenKind.LESS, 3),
    LESS_OR_EQUAL(TokenKind.LESS_OR_EQUAL, 3),
    GREATER(TokenKind.GREATER, 3),
    GREATER_OR_EQUAL(TokenKind.GREATER_OR_EQUAL, 3),
    ADD(TokenKind.ADD, 4),
    SUBTRACT(TokenKind.SUBTRACT, 4),
    MULTIPLY(TokenKind.MULTIPLY, 5),
    DIVIDE(TokenKind.DIVIDE, 5),
    MODULO(TokenKind.MODULO, 5),
    ATAN2(TokenKind.ATAN2, 5),
    POWER(TokenKind.POWER, 6);

    private final TokenKind token;
    private final int precedence;

    BinaryOperator(TokenKind token, int precedence) {
        this.token = token;
        this.precedence = precedence;
    }

    static Optional<BinaryOperator> of(TokenKind token) {
        for (BinaryOperator operator : values()) {
            if (operator.token == token) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** As it is written. */
    public String sign() {
        return token.text();
    }

    int precedence() {
        return precedence;
    }

    /** Whether a chain of it groups from the right; all others group from the left. */
    boolean rightAssociative() {
        return this == POWER;
    }

    /** Whether it works on series and not on values: {@code and}, {@code or}, {@code unless}. */
    public boolean isSet() {
        return this == AND || this == OR || this == UNLESS;
    }

    public boolean isComparison() {
        return precedence == EQUAL.precedence;
    }

    /** Whether the result is another quantity than the operands, so that the metric name no longer fits. */
    public boolean isArithmetic() {
        return precedence > EQUAL.precedence;
    }
}
