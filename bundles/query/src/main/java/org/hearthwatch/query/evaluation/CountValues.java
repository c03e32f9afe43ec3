package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.DistributionStatistics;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.GoText;

/** {@code count_values}: as many series as there are different values, each with the value as a label. */
final class CountValues {

    private CountValues() {}

    static List<Row> evaluate(Evaluator evaluator, Expr.Aggregation aggregation) {
        String label = Evaluator.labelName(aggregation.parameter().orElseThrow(), "invalid label name ", GoText::quote);
        Map<Labels, double[]> counts = new LinkedHashMap<>();
        for (Row row : evaluator.vector(aggregation.expr())) {
            Map<Long, double[]> ofRow = new HashMap<>();
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                Distribution histogram = row.histogram(step);
                if (histogram != null) {
                    Labels labels = labels(aggregation, row.labels(), label, DistributionStatistics.text(histogram));
                    counts.computeIfAbsent(labels, key -> evaluator.constant(0))[step]++;
                    continue;
                }
                if (Cell.isAbsent(cells[step])) {
                    continue;
                }
                double value = cells[step];
                double[] count = ofRow.computeIfAbsent(
                        Double.doubleToLongBits(value),
                        bits -> counts.computeIfAbsent(
                                labels(aggregation, row.labels(), label, GoText.plain(value)),
                                key -> evaluator.constant(0)));
                count[step]++;
            }
            evaluator.query().budget().worked(cells.length);
        }
        var rows = new ArrayList<Row>();
        counts.forEach((labels, cells) -> {
            for (int step = 0; step < cells.length; step++) {
                cells[step] = cells[step] == 0 ? Cell.ABSENT : cells[step];
            }
            rows.add(new Row(labels, cells));
        });
        return rows;
    }

    private static Labels labels(Expr.Aggregation aggregation, Labels labels, String label, String text) {
        return aggregation.without()
                ? Aggregations.labels(aggregation, labels.with(label, text))
                : Aggregations.labels(aggregation, labels).with(label, text);
    }
}
