package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.VectorMatching;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;

/**
 * An arithmetic or comparison operator on two vectors: every series of the "many" side meets the one series of the other
 * side with the same match key. For one-to-one matching the left side is the "many" side and must not be.
 */
final class MatchedOperation {

    private final Evaluator evaluator;
    private final Expr.Binary binary;
    private final VectorMatching matching;
    private final CellOperator operator;
    private final boolean swapped;

    MatchedOperation(Evaluator evaluator, Expr.Binary binary) {
        this.evaluator = evaluator;
        this.binary = binary;
        this.matching = binary.matching();
        this.operator = CellOperator.of(binary);
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    }

    List<Row> evaluate(List<Row> left, List<Row> right) {
        List<Row> many = swapped ? right : left;
        var key = new MatchKey(matching);
        Map<Labels, List<Row>> ones = key.group(swapped ? left : right);
        ones.forEach((labels, rows) -> requireOne(labels, rows, many));
        var rows = new ArrayList<Row>();
        key.group(many).forEach((labels, group) -> {
            List<Row> partners = ones.get(labels);
            if (partners != null) {
                rows.addAll(matched(group, partners));
            }
        });
        return Rows.merged(rows);
    }

    /** The "one" side must have at most one series of a key at a step; it does not matter when nothing can match. */
    private void requireOne(Labels key, List<Row> rows, List<Row> many) {
        for (int step = 0; rows.size() > 1 && step < evaluator.steps().count(); step++) {
            Row first = null;
            for (Row row : rows) {
                if (row.has(step)) {
                    if (first != null && anyHas(many, step)) {
                        throw duplicate(key, row, first);
                    }
                    first = row;
                }
            }
        }
    }

    private static boolean anyHas(List<Row> rows, int step) {
        return rows.stream().anyMatch(row -> row.has(step));
    }

    private EvaluationException duplicate(Labels key, Row row, Row first) {
        return new EvaluationException("found duplicate series for the match group " + SeriesText.of(key) + " on the "
                + (swapped ? "left" : "right") + " hand-side of the operation: [" + SeriesText.of(row.labels()) + ", "
                + SeriesText.of(first.labels()) + "];many-to-many matching not allowed: matching labels must be unique"
                + " on one side");
    }

    private List<Row> matched(List<Row> group, List<Row> partners) {
        boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        var results = new ArrayList<Row>();
        var taken = new boolean[oneToOne && group.size() > 1 ? evaluator.steps().count() : 0];
        for (Row row : group) {
            for (Row result : combined(row, partners)) {
                for (int step = 0; step < taken.length; step++) {
                    if (result.has(step) && taken[step]) {
                        throw new EvaluationException("multiple matches for labels: many-to-one matching must be"
                                + " explicit (group_left/group_right)");
                    }
                    taken[step] |= result.has(step);
                }
                results.add(result);
            }
        }
        return oneToOne
                ? results
                : Rows.merged(results, "multiple matches for labels: grouping labels must ensure unique matches");
    }

    /** A series of the "many" side with its partner; partners may take turns over time. */
    private List<Row> combined(Row row, List<Row> partners) {
        var results = new ArrayList<Row>(1);
        for (Row partner : partners) {
            double[] cells = evaluator.blank();
            boolean any = false;
            for (int step = 0; step < cells.length; step++) {
                if (row.has(step) && partner.has(step)) {
                    double mine = row.cells()[step];
                    double other = partner.cells()[step];
                    cells[step] = swapped ? operator.apply(other, mine) : operator.apply(mine, other);
                    any |= !Cell.isAbsent(cells[step]);
                }
            }
            evaluator.query().budget().worked(cells.length);
            if (any) {
                results.add(new Row(labels(row.labels(), partner.labels()), nameGoes(), cells));
            }
        }
        return results;
    }

    private boolean nameGoes() {
        return binary.bool() && evaluator.query().keepsNamesToTheEnd();
    }

    private Labels labels(Labels many, Labels one) {
        Labels labels = many;
        if (binary.operator().isArithmetic()) {
            labels = Rows.withoutMetadata(labels);
        }
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            labels = matching.on() ? labels.only(matching.labels()) : labels.without(matching.labels());
        }
        if (!matching.include().isEmpty()) {
            var builder = labels.toBuilder();
            matching.include().forEach(name -> builder.set(name, one.get(name)));
            labels = builder.build();
        }
        boolean answersOnly = binary.bool() && !evaluator.query().keepsNamesToTheEnd();
        return answersOnly ? Rows.withoutMetadata(labels) : labels;
    }
}
