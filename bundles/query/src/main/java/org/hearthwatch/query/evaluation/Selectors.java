package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.query.syntax.Expr;

/** The selectors of an expression, from left to right. */
final class Selectors {

    private Selectors() {}

    static List<Expr.VectorSelector> in(Expr expr) {
        var found = new ArrayList<Expr.VectorSelector>();
        collect(expr, found);
        return found;
    }

    private static void collect(Expr expr, List<Expr.VectorSelector> into) {
        if (expr instanceof Expr.VectorSelector selector) {
            into.add(selector);
        } else if (expr instanceof Expr.MatrixSelector matrix) {
            into.add(matrix.selector());
        } else if (expr instanceof Expr.Subquery subquery) {
            collect(subquery.expr(), into);
        } else if (expr instanceof Expr.Paren paren) {
            collect(paren.expr(), into);
        } else if (expr instanceof Expr.Unary unary) {
            collect(unary.expr(), into);
        } else if (expr instanceof Expr.Binary binary) {
            collect(binary.left(), into);
            collect(binary.right(), into);
        } else if (expr instanceof Expr.Aggregation aggregation) {
            collect(aggregation.expr(), into);
            aggregation.parameter().ifPresent(parameter -> collect(parameter, into));
        } else if (expr instanceof Expr.Call call) {
            call.arguments().forEach(argument -> collect(argument, into));
        }
    }
}
