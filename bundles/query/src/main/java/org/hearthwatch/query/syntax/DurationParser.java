package org.hearthwatch.query.syntax;

import java.util.Optional;
import java.util.Set;

/** Reads lengths of time: a number or duration with a sign, or a calculation where that feature is on. */
final class DurationParser {

    private final Tokens tokens;
    private final Nesting nesting;
    private final boolean calculations;

    DurationParser(Tokens tokens, Nesting nesting, Set<Feature> features) {
        this.tokens = tokens;
        this.nesting = nesting;
        this.calculations = features.contains(Feature.PROMQL_DURATION_EXPR);
    }

    /** What stands in brackets; above zero. */
    DurationExpr positive(String context, String expected) throws SyntaxException {
        DurationExpr duration = calculation(0, context, expected);
        if (duration instanceof DurationExpr.Literal literal && literal.seconds() <= 0) {
            throw new SyntaxException(literal.at(), "duration must be greater than 0");
        }
        return duration;
    }

    /** What stands behind {@code offset}: one literal, for more it takes parentheses. */
    DurationExpr offset() throws SyntaxException {
        String expected = "number or duration";
        Token first = tokens.ahead();
        if (tokens.at(TokenKind.NUMBER) || tokens.at(TokenKind.DURATION)) {
            return inRange(literal(tokens.take()), first.at());
        }
        if (!tokens.at(TokenKind.ADD) && !tokens.at(TokenKind.SUBTRACT)) {
            return calculation(0, "offset", expected);
        }
        tokens.take();
        if (tokens.at(TokenKind.NUMBER) || tokens.at(TokenKind.DURATION)) {
            return signed(first, literal(tokens.take()));
        }
        DurationExpr operand = calculation(BinaryOperator.POWER.precedence(), "offset", expected);
        return continued(signed(first, operand), 0, "offset", expected);
    }

    private DurationExpr calculation(int precedence, String context, String expected) throws SyntaxException {
        return continued(operand(context, expected), precedence, context, expected);
    }

    private DurationExpr continued(DurationExpr first, int precedence, String context, String expected)
            throws SyntaxException {
        DurationExpr left = first;
        while (true) {
            Optional<BinaryOperator> operator = BinaryOperator.of(tokens.ahead().kind())
                    .filter(found -> found.isArithmetic() && found != BinaryOperator.ATAN2)
                    .filter(found -> found.precedence() >= precedence);
            if (operator.isEmpty()) {
                return left;
            }
            Token sign = tokens.take();
            int next = operator.get().precedence() + (operator.get().rightAssociative() ? 0 : 1);
            nesting.enter(sign.at());
            DurationExpr right = calculation(next, context, expected);
            nesting.leave();
            needCalculations(left.at());
            boolean divides = operator.get() == BinaryOperator.DIVIDE || operator.get() == BinaryOperator.MODULO;
            if (divides && right instanceof DurationExpr.Literal literal && literal.seconds() == 0) {
                throw new SyntaxException(
                        sign.at(), operator.get() == BinaryOperator.DIVIDE ? "division by zero" : "modulo by zero");
            }
            left = new DurationExpr.Operation(operator.get(), left, right);
        }
    }

    private DurationExpr operand(String context, String expected) throws SyntaxException {
        Token first = tokens.ahead();
        switch (first.kind()) {
            case NUMBER, DURATION -> {
                return inRange(literal(tokens.take()), first.at());
            }
            case ADD, SUBTRACT -> {
                tokens.take();
                nesting.enter(first.at());
                DurationExpr operand = calculation(BinaryOperator.POWER.precedence(), context, expected);
                nesting.leave();
                return signed(first, operand);
            }
            case LEFT_PAREN -> {
                tokens.take();
                nesting.enter(first.at());
                DurationExpr inner = calculation(0, context, expected);
                nesting.leave();
                if (!tokens.at(TokenKind.RIGHT_PAREN)) {
                    throw tokens.unexpected(context, expected);
                }
                tokens.take();
                needCalculations(inner.at());
                return inner instanceof DurationExpr.Literal ? inner : new DurationExpr.Wrapped(inner);
            }
            default -> throw tokens.unexpected(context, expected);
        }
    }

    private static DurationExpr.Literal literal(Token token) throws SyntaxException {
        return token.is(TokenKind.DURATION)
                ? new DurationExpr.Literal(Literals.duration(token), true, token.at(), token.end())
                : new DurationExpr.Literal(Literals.number(token), false, token.at(), token.end());
    }

    private static DurationExpr signed(Token sign, DurationExpr operand) throws SyntaxException {
        boolean negative = sign.is(TokenKind.SUBTRACT);
        if (operand instanceof DurationExpr.Literal literal) {
            double seconds = negative ? -literal.seconds() : literal.seconds();
            return inRange(new DurationExpr.Literal(seconds, literal.duration(), sign.at(), literal.end()), sign.at());
        }
        return negative ? new DurationExpr.Negated(operand, sign.at()) : operand;
    }

    private static DurationExpr.Literal inRange(DurationExpr.Literal literal, int at) throws SyntaxException {
        if (Math.abs(literal.seconds()) > Literals.LONGEST_SECONDS) {
            throw new SyntaxException(at, "duration out of range");
        }
        return literal;
    }

    private void needCalculations(int at) throws SyntaxException {
        if (!calculations) {
            throw new SyntaxException(at, "experimental duration expression is not enabled");
        }
    }
}
