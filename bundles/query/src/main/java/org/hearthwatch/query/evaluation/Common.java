package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Formatter;
import org.hearthwatch.query.syntax.ValueType;

/**
 * Selectors, and functions of a range of them, that stand in an expression more than once: they are evaluated once for the
 * same steps, and kept until the last place has had them. What has something to say about its own place is not kept. For one
 * thread.
 */
final class Common {

    private final Budget budget;
    private final IdentityHashMap<Expr, Part> parts = new IdentityHashMap<>();
    private final Map<Key, Kept> kept = new HashMap<>();

    /** Something that stands in several places. */
    private record Part(String text, int places) {}

    private record Key(String text, Steps steps) {}

    /** What came of it, and how often it is still wanted. */
    private record Kept(List<Row> rows, Tally tally, int wanted) {

        long weight() {
            return rows.stream().mapToLong(Row::weight).sum();
        }
    }

    /** The common parts of an expression. */
    Common(Expr expr, Budget budget) {
        this.budget = budget;
        var found = new ArrayList<Expr>();
        collect(expr, found);
        if (found.size() > 1) {
            Map<String, List<Expr>> byText = new HashMap<>();
            found.forEach(part -> byText.computeIfAbsent(Formatter.line(part), text -> new ArrayList<>())
                    .add(part));
            byText.forEach((text, same) -> {
                if (same.size() > 1) {
                    same.forEach(part -> parts.put(part, new Part(text, same.size())));
                }
            });
        }
    }

    private static void collect(Expr expr, List<Expr> into) {
        if (expr instanceof Expr.VectorSelector) {
            into.add(expr);
        } else if (expr instanceof Expr.Call call) {
            boolean ofRange = call.type() == ValueType.VECTOR
                    && call.arguments().stream().anyMatch(argument -> argument.bare() instanceof Expr.MatrixSelector);
            if (ofRange) {
                into.add(expr);
            }
            call.arguments().forEach(argument -> collect(argument, into));
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
        }
    }

    /** The rows of an expression: those kept, or else those it is evaluated to. They belong to the caller. */
    List<Row> rows(Evaluator evaluator, Expr expr, Function<Evaluator, List<Row>> evaluation) {
        Part part = parts.get(expr);
        if (part == null) {
            return evaluation.apply(evaluator);
        }
        var key = new Key(part.text, evaluator.steps());
        Kept before = kept.remove(key);
        if (before != null) {
            evaluator.tally().add(before.tally);
            return handedOut(key, before);
        }
        Notes notes = evaluator.query().notes();
        int noted = notes.count();
        Evaluator apart = evaluator.at(evaluator.steps());
        List<Row> rows = evaluation.apply(apart);
        evaluator.tally().add(apart.tally());
        if (notes.count() == noted) {
            keep(key, new Kept(copies(rows), apart.tally(), part.places - 1));
        }
        return rows;
    }

    private void keep(Key key, Kept fresh) {
        budget.keep(fresh.weight());
        kept.put(key, fresh);
    }

    private List<Row> handedOut(Key key, Kept before) {
        if (before.wanted > 1) {
            kept.put(key, new Kept(before.rows, before.tally, before.wanted - 1));
            return copies(before.rows);
        }
        budget.keep(-before.weight());
        return before.rows;
    }

    private static List<Row> copies(List<Row> rows) {
        var copies = new ArrayList<Row>(rows.size());
        rows.forEach(row -> copies.add(row.copy()));
        return copies;
    }
}
