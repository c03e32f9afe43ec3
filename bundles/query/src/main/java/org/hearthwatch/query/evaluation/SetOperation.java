package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.syntax.BinaryOperator;
import org.hearthwatch.query.syntax.Expr;

/** {@code and}, {@code or}, {@code unless}: whether a series stays depends on whether the other side has its match. */
final class SetOperation {

    private final Evaluator evaluator;
    private final BinaryOperator operator;
    private final MatchKey key;

    SetOperation(Evaluator evaluator, Expr.Binary binary) {
        this.evaluator = evaluator;
        this.operator = binary.operator();
        this.key = new MatchKey(binary.matching());
    }

    List<Row> evaluate(List<Row> left, List<Row> right) {
        if (operator == BinaryOperator.OR) {
            var rows = new ArrayList<>(left);
            rows.addAll(kept(right, presence(left), false));
            return Rows.merged(rows);
        }
        return Rows.merged(kept(left, presence(right), operator == BinaryOperator.AND));
    }

    /** For every match key, at which steps there is a series of that key. */
    private Map<Labels, boolean[]> presence(List<Row> rows) {
        Map<Labels, boolean[]> presence = new HashMap<>();
        for (Row row : rows) {
            boolean[] steps = presence.computeIfAbsent(key.of(row.labels()), found -> new boolean[row.cells().length]);
            for (int step = 0; step < steps.length; step++) {
                steps[step] |= row.isPresent(step);
            }
        }
        return presence;
    }

    private List<Row> kept(List<Row> rows, Map<Labels, boolean[]> others, boolean wherePresent) {
        var kept = new ArrayList<Row>();
        for (Row row : rows) {
            boolean[] present = others.get(key.of(row.labels()));
            if (present == null) {
                if (!wherePresent) {
                    kept.add(row);
                }
                continue;
            }
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                if (present[step] != wherePresent) {
                    row.clear(step);
                }
            }
            evaluator.query().budget().worked(cells.length);
            if (!row.isEmpty()) {
                kept.add(row);
            }
        }
        return kept;
    }
}
