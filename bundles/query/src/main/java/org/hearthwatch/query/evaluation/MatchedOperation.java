package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.VectorMatching;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;
import org.jspecify.annotations.Nullable;

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
    private final MixedOperator mixed;
    private final MixedOperator.@Nullable Complaint[] complaints;

    MatchedOperation(Evaluator evaluator, Expr.Binary binary) {
        this.evaluator = evaluator;
        this.binary = binary;
        this.matching = binary.matching();
        this.operator = CellOperator.of(binary);
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        this.mixed = new MixedOperator(binary, evaluator.query().notes());
        this.complaints = new MixedOperator.Complaint[evaluator.steps().count()];
    }

    List<Row> evaluate(List<Row> left, List<Row> right) {
        List<Row> many = swapped ? right : left;
        var key = new MatchKey(matching);
        Map<Labels, List<Row>> ones = key.group(swapped ? left : right);
        ones.forEach((labels, rows) -> requireOne(labels, rows, many));
        Map<Labels, Matched> matched = new LinkedHashMap<>();
        // In the order of the series, because of several complaints at a step only the last is told.
        for (Row row : many) {
            Labels labels = key.of(row.labels());
            List<Row> partners = ones.get(labels);
            if (partners != null) {
                Matched group = matched.computeIfAbsent(labels, found -> new Matched());
                combined(row, partners).forEach(group::add);
            }
        }
        for (MixedOperator.Complaint complaint : complaints) {
            if (complaint != null) {
                mixed.note(complaint);
            }
        }
        var rows = new ArrayList<Row>();
        matched.values().forEach(group -> rows.addAll(group.rows()));
        // As in Prometheus, of a single step only the end of the query asks whether labels are equal.
        boolean asksLater =
                evaluator.query().keepsNamesToTheEnd() && evaluator.steps().count() == 1;
        return asksLater ? rows : Rows.merged(rows);
    }

    /** The "one" side must have at most one series of a key at a step; it does not matter when nothing can match. */
    private void requireOne(Labels key, List<Row> rows, List<Row> many) {
        for (int step = 0; rows.size() > 1 && step < evaluator.steps().count(); step++) {
            Row first = null;
            for (Row row : rows) {
                if (row.isPresent(step)) {
                    if (first != null && anyHas(many, step)) {
                        throw duplicate(key, row, first);
                    }
                    first = row;
                }
            }
        }
    }

    private static boolean anyHas(List<Row> rows, int step) {
        return rows.stream().anyMatch(row -> row.isPresent(step));
    }

    private EvaluationException duplicate(Labels key, Row row, Row first) {
        return new EvaluationException("found duplicate series for the match group " + SeriesText.of(key) + " on the "
                + (swapped ? "left" : "right") + " hand-side of the operation: [" + SeriesText.of(row.labels()) + ", "
                + SeriesText.of(first.labels()) + "];many-to-many matching not allowed: matching labels must be unique"
                + " on one side");
    }

    /** The results of one match key. */
    private final class Matched {

        private final List<Row> rows = new ArrayList<>(1);
        private boolean[] taken = {};

        void add(Row result) {
            if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
                if (!rows.isEmpty()) {
                    require(result);
                }
                taken = taken.length == 0 && rows.isEmpty() ? taken : taken(result);
            }
            rows.add(result);
        }

        private boolean[] taken(Row result) {
            boolean[] steps = taken.length == 0 ? new boolean[result.cells().length] : taken;
            for (int step = 0; step < steps.length; step++) {
                steps[step] |= result.isPresent(step)
                        || (rows.size() == 1 && rows.get(0).isPresent(step));
            }
            return steps;
        }

        private void require(Row result) {
            for (int step = 0; step < result.cells().length; step++) {
                boolean before = taken.length == 0 ? rows.get(0).isPresent(step) : taken[step];
                if (before && result.isPresent(step)) {
                    throw new EvaluationException("multiple matches for labels: many-to-one matching must be"
                            + " explicit (group_left/group_right)");
                }
            }
        }

        List<Row> rows() {
            return matching.cardinality() == Cardinality.ONE_TO_ONE
                    ? rows
                    : Rows.merged(rows, "multiple matches for labels: grouping labels must ensure unique matches");
        }
    }

    /** A series of the "many" side with its partner; partners may take turns over time. */
    private List<Row> combined(Row row, List<Row> partners) {
        var results = new ArrayList<Row>(1);
        for (Row partner : partners) {
            double[] cells = evaluator.blank();
            boolean mixes = row.histograms() != null || partner.histograms() != null;
            var histograms = mixes ? new Distribution[cells.length] : null;
            boolean any = false;
            for (int step = 0; step < cells.length; step++) {
                if (row.has(step) && partner.has(step)) {
                    double mine = row.cells()[step];
                    double other = partner.cells()[step];
                    cells[step] = swapped ? operator.apply(other, mine) : operator.apply(mine, other);
                    any |= !Cell.isAbsent(cells[step]);
                } else if (histograms != null && row.isPresent(step) && partner.isPresent(step)) {
                    mix(step, swapped ? partner : row, swapped ? row : partner);
                    cells[step] = mixed.value();
                    histograms[step] = mixed.histogram();
                    any |= !Cell.isAbsent(cells[step]) || histograms[step] != null;
                }
            }
            evaluator.query().budget().worked(cells.length);
            if (any) {
                results.add(new Row(labels(row.labels(), partner.labels()), nameGoes(), cells, histograms));
            }
        }
        return results;
    }

    private void mix(int step, Row left, Row right) {
        mixed.apply(left.cells()[step], left.histogram(step), right.cells()[step], right.histogram(step));
        if (mixed.complaint() != null) {
            complaints[step] = mixed.complaint();
        }
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
