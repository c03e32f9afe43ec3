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
        List<Row> input = evaluator.vector(aggregation.expr());
        var rows = new ArrayList<Row>();
        group(aggregation, input).forEach((labels, group) -> {
            // Prometheus takes this from the input's series at the group's place, which need not be one of the group.
            boolean nameGoes = input.get(rows.size()).nameGoes();
            rows.add(folded(evaluator, aggregation, group).with(labels, nameGoes));
        });
        return rows;
    }

    private static Row folded(Evaluator evaluator, Expr.Aggregation aggregation, List<Row> group) {
        Aggregator aggregator = aggregation.aggregator();
        boolean counts = aggregator == Aggregator.COUNT || aggregator == Aggregator.GROUP;
        boolean histograms = group.stream().anyMatch(row -> row.histograms() != null);
        Fold fold = Fold.of(aggregator, evaluator);
        for (Row row : group) {
            fold.add(counts && row.histograms() != null ? presence(row) : row.cells());
            evaluator.query().budget().worked(row.cells().length);
        }
        var row = new Row(Labels.EMPTY, fold.result());
        if (!histograms || counts) {
            return row;
        }
        Notes.Place place = Notes.Place.of(aggregation.expr());
        if (aggregator == Aggregator.SUM || aggregator == Aggregator.AVG) {
            boolean mean = aggregator == Aggregator.AVG;
            return new HistogramFold(mean, row.cells().length, evaluator.query().notes(), place).result(row, group);
        }
        noteIgnored(evaluator, aggregator, group, place);
        return row;
    }

    private static double[] presence(Row row) {
        double[] cells = row.cells();
        for (int step = 0; step < cells.length; step++) {
            cells[step] = row.isPresent(step) ? 1 : Cell.ABSENT;
        }
        return cells;
    }

    static void noteIgnored(Evaluator evaluator, Aggregator aggregator, List<Row> rows, Notes.Place place) {
        for (Row row : rows) {
            for (int step = 0; row.histograms() != null && step < row.cells().length; step++) {
                if (row.histogram(step) != null) {
                    evaluator.query().notes().histogramsIgnored(aggregator.word(), place);
                    return;
                }
            }
        }
    }

    private static List<Row> quantile(Evaluator evaluator, Expr.Aggregation aggregation) {
        Expr parameter = aggregation.parameter().orElseThrow();
        double[] shares = evaluator.scalar(parameter);
        var rows = new ArrayList<Row>();
        List<Row> input = evaluator.vector(aggregation.expr());
        Extremes.of(shares).noteInvalidQuantiles(evaluator.query().notes(), Notes.Place.of(parameter.bare()));
        noteIgnored(evaluator, Aggregator.QUANTILE, input, Notes.Place.of(aggregation.expr()));
        group(aggregation, input).forEach((labels, group) -> {
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
            rows.add(new Row(labels, input.get(rows.size()).nameGoes(), cells));
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
