package org.hearthwatch.query.syntax;

import java.util.Optional;

/** Puts ranges, {@code offset} and {@code @} on what may carry them. */
final class Modifiers {

    private Modifiers() {}

    static Expr range(Expr expr, DurationExpr range, int bracketAt) throws SyntaxException {
        if (!(expr instanceof Expr.VectorSelector selector)) {
            throw new SyntaxException(bracketAt, "ranges only allowed for vector selectors");
        }
        // What is calculated or names no moment yet is not looked at.
        if (selector.shift().isOffset()
                && selector.shift()
                        .offset()
                        .filter(DurationExpr.Literal.class::isInstance)
                        .isPresent()) {
            throw new SyntaxException(bracketAt, "no offset modifiers allowed before range");
        }
        if (selector.shift().at() instanceof Shift.At.Moment) {
            throw new SyntaxException(bracketAt, "no @ modifiers allowed before range");
        }
        return new Expr.MatrixSelector(selector, range);
    }

    static Expr offset(Expr expr, DurationExpr offset) throws SyntaxException {
        Shift shift = shiftOf(expr)
                .orElseThrow(() -> new SyntaxException(
                        expr.at(),
                        "offset modifier must be preceded by an instant vector selector or range vector selector or a"
                                + " subquery"));
        if (shift.isOffset()) {
            throw new SyntaxException(expr.at(), "offset may not be set multiple times");
        }
        return shifted(expr, new Shift(Optional.of(offset), shift.at()));
    }

    static Expr at(Expr expr, Shift.At at) throws SyntaxException {
        Shift shift = shiftOf(expr)
                .orElseThrow(() -> new SyntaxException(
                        expr.at(),
                        "@ modifier must be preceded by an instant vector selector or range vector selector or a"
                                + " subquery"));
        if (!(shift.at() instanceof Shift.At.Evaluation)) {
            throw new SyntaxException(expr.at(), "@ <timestamp> may not be set multiple times");
        }
        return shifted(expr, new Shift(shift.offset(), at));
    }

    static Shift.At moment(Expr of, double seconds) throws SyntaxException {
        if (!(Math.abs(seconds) < 0x1p63)) {
            throw new SyntaxException(of.at(), "timestamp out of bounds for @ modifier: " + GoText.sixPlaces(seconds));
        }
        return new Shift.At.Moment(Math.round(Math.abs(seconds) * 1000) * (seconds < 0 ? -1 : 1));
    }

    private static Optional<Shift> shiftOf(Expr expr) {
        if (expr instanceof Expr.VectorSelector selector) {
            return Optional.of(selector.shift());
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            return Optional.of(matrix.selector().shift());
        }
        return expr instanceof Expr.Subquery subquery ? Optional.of(subquery.shift()) : Optional.empty();
    }

    private static Expr shifted(Expr expr, Shift shift) {
        if (expr instanceof Expr.VectorSelector selector) {
            return selector.with(shift);
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            return new Expr.MatrixSelector(matrix.selector().with(shift), matrix.range());
        }
        var subquery = (Expr.Subquery) expr;
        return new Expr.Subquery(subquery.expr(), subquery.range(), subquery.step(), shift);
    }
}
