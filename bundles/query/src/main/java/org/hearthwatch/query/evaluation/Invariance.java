package org.hearthwatch.query.evaluation;

import java.util.Set;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Shift;

/**
 * Finds the parts of an expression that have the same value at every step, because an {@code @} pins them to a moment;
 * they are evaluated once.
 */
final class Invariance {

    /** Functions whose value depends on the moment of evaluation, whatever their arguments. */
    private static final Set<String> LOOK_AT_THE_CLOCK = Set.of(
            "days_in_month",
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "hour",
            "minute",
            "month",
            "year",
            "predict_linear",
            "time",
            "timestamp");

    private Invariance() {}

    /** Adds the largest invariant parts to a set that tells them apart by identity. */
    static void find(Expr expr, Set<Expr> into) {
        if (visit(expr, into)) {
            into.add(expr);
        }
    }

    /** Whether the whole is invariant; if not, its invariant parts have been added. */
    private static boolean visit(Expr expr, Set<Expr> into) {
        if (expr instanceof Expr.VectorSelector selector) {
            return pinned(selector.shift());
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            return pinned(matrix.selector().shift());
        }
        if (expr instanceof Expr.Subquery subquery) {
            find(subquery.expr(), into);
            return pinned(subquery.shift());
        }
        if (expr instanceof Expr.Paren paren) {
            return visit(paren.expr(), into);
        }
        if (expr instanceof Expr.Unary unary) {
            return visit(unary.expr(), into);
        }
        if (expr instanceof Expr.Binary binary) {
            return all(into, binary.left(), binary.right());
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            // As in Prometheus, the parameter does not count.
            boolean invariant = visit(aggregation.expr(), into);
            if (!invariant) {
                aggregation.parameter().ifPresent(parameter -> find(parameter, into));
            }
            return invariant;
        }
        if (expr instanceof Expr.Call call) {
            boolean invariant = all(into, call.arguments().toArray(Expr[]::new));
            if (invariant && LOOK_AT_THE_CLOCK.contains(call.function().name())) {
                into.addAll(call.arguments());
                return false;
            }
            return invariant;
        }
        return true;
    }

    private static boolean all(Set<Expr> into, Expr... parts) {
        var invariant = new boolean[parts.length];
        boolean all = true;
        for (int i = 0; i < parts.length; i++) {
            invariant[i] = visit(parts[i], into);
            all &= invariant[i];
        }
        for (int i = 0; !all && i < parts.length; i++) {
            if (invariant[i]) {
                into.add(parts[i]);
            }
        }
        return all;
    }

    private static boolean pinned(Shift shift) {
        return !(shift.at() instanceof Shift.At.Evaluation);
    }
}
