package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Quantile;
import org.hearthwatch.query.syntax.Aggregator;
import org.hearthwatch.query.syntax.Expr;

/** Aggregation operators: series are grouped by labels and every group comes to one series, or to some of its own. */
final class Aggregations {

    private Aggregations() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Aggregation aggregation) {
        Aggregator aggregator = aggregation.aggregator();
        if (aggregator == Aggregator.COUNT_VALUES) {
            return CountValues.evaluate(evaluator, aggregation);
        }
        if (aggregator.selects()) {
            return SelectingAggregation.evaluate(evaluator, aggregation);
        }
        if (aggregator == Aggregator.QUANTILE) {
            return quantile(evaluator, aggregation);
        }
        var rows = new ArrayList<Row>();
        group(aggregation, evaluator.vector(aggregation.expr())).forEach((labels, group) -> {
            Fold fold = Fold.of(aggregator, evaluator);
            for (Row row : group) {
                fold.add(row.cells());
                evaluator.query().budget().worked(row.cells().length);
            }
            rows.add(new Row(labels, group.get(0).nameGoes(), fold.result()));
        });
        return rows;
    }

    private static List<Row> quantile(Evaluator evaluator, Expr.Aggregation aggregation) {
        Expr parameter = aggregation.parameter().orElseThrow();
        double[] shares = evaluator.scalar(parameter);
        Extremes.of(shares).noteInvalidQuantiles(evaluator.query().notes(), parameter);
        var rows = new ArrayList<Row>();
        group(aggregation, evaluator.vector(aggregation.expr())).forEach((labels, group) -> {
            double[] cells = evaluator.blank();
            var values = new double[group.size()];
            for (int step = 0; step < cells.length; step++) {
                int size = 0;
                for (Row row : group) {
                    if (row.has(step)) {
                        values[size++] = row.cells()[step];
                    }
                }
                cells[step] = size == 0 ? Cell.ABSENT : Quantile.of(shares[step], values, size);
                evaluator.query().budget().worked(size);
            }
            rows.add(new Row(labels, group.get(0).nameGoes(), cells));
        });
        return rows;
    }

    /** The groups by their labels, in the order in which they first appear. */
    static Map<Labels, List<Row>> group(Expr.Aggregation aggregation, List<Row> rows) {
        Map<Labels, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            groups.computeIfAbsent(labels(aggregation, row.labels()), key -> new ArrayList<>())
                    .add(row);
        }
        return groups;
    }

    /** What remains of a series' labels in its group. */
    static Labels labels(Expr.Aggregation aggregation, Labels labels) {
        if (!aggregation.without()) {
            return aggregation.labels().isEmpty() ? Labels.EMPTY : labels.only(aggregation.labels());
        }
        var dropped = new ArrayList<>(aggregation.labels());
        dropped.add(Labels.NAME);
        return labels.without(dropped);
    }
}
