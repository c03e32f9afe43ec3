package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.syntax.Aggregator;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.GoText;
import org.jspecify.annotations.Nullable;

/** Aggregations that give back some of the series they got: {@code topk, bottomk, limitk, limit_ratio}. */
final class SelectingAggregation {

    private final Evaluator evaluator;
    private final Aggregator aggregator;
    private final double[] parameters;

    private SelectingAggregation(Evaluator evaluator, Aggregator aggregator, double[] parameters) {
        this.evaluator = evaluator;
        this.aggregator = aggregator;
        this.parameters = parameters;
    }

    static List<Row> evaluate(Evaluator evaluator, Expr.Aggregation aggregation) {
        Expr parameter = aggregation.parameter().orElseThrow();
        double[] parameters = evaluator.scalar(parameter);
        Extremes extremes = Extremes.of(parameters);
        if (aggregation.aggregator() == Aggregator.LIMIT_RATIO) {
            extremes.noteInvalidRatios(evaluator.query().notes(), Notes.Place.of(parameter.bare()));
        } else if (extremes.greatest() < 1) {
            evaluator.vector(aggregation.expr());
            return List.of();
        }
        var selecting = new SelectingAggregation(evaluator, aggregation.aggregator(), parameters);
        List<Row> rows = evaluator.vector(aggregation.expr());
        if (aggregation.aggregator() == Aggregator.TOPK || aggregation.aggregator() == Aggregator.BOTTOMK) {
            Aggregations.noteIgnored(evaluator, aggregation.aggregator(), rows, Notes.Place.of(aggregation));
        }
        return selecting.select(Aggregations.group(aggregation, rows), rows.size());
    }

    private List<Row> select(Map<Labels, List<Row>> groups, int series) {
        var selected = new ArrayList<Row>();
        for (List<Row> group : groups.values()) {
            selected.addAll(aggregator == Aggregator.LIMIT_RATIO ? byRatio(group) : byRank(group, series));
        }
        return selected;
    }

    private List<Row> byRatio(Collection<Row> group) {
        var selected = new ArrayList<Row>();
        for (Row row : group) {
            double place = LabelHash.share(row.labels());
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                if (row.isPresent(step) && !within(place, parameters[step])) {
                    row.clear(step);
                }
            }
            if (!row.isEmpty()) {
                selected.add(row);
            }
        }
        return parameters.length == 1 ? heaped(selected) : selected;
    }

    /** In the order of Prometheus's heap. */
    private List<Row> heaped(List<Row> rows) {
        var heap = new Ranking(aggregator, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            heap.offer(i, value(rows.get(i), 0), rows.size());
        }
        return Arrays.stream(heap.best()).mapToObj(rows::get).toList();
    }

    private static double value(Row row, int step) {
        return row.has(step) ? row.cells()[step] : 0;
    }

    private static boolean within(double place, double ratio) {
        if (Double.isNaN(ratio)) {
            throw new EvaluationException("Ratio value NaN is NaN");
        }
        double capped = Math.max(-1, Math.min(ratio, 1));
        return capped >= 0 ? place < capped : place >= 1 + capped;
    }

    /** Keeps the cells of the best {@code k} series at every step; with one step the best come first. */
    private List<Row> byRank(List<Row> group, int series) {
        Ranking ranking = new Ranking(aggregator, group.size());
        var kept = new @Nullable Row[group.size()];
        boolean ranks = aggregator != Aggregator.LIMITK;
        int[] order = {};
        for (int step = 0; step < parameters.length; step++) {
            ranking.clear();
            for (int i = 0; i < group.size(); i++) {
                Row row = group.get(i);
                if (row.isPresent(step)) {
                    int limit = limit(parameters[step], series);
                    if (row.has(step) || !ranks) {
                        ranking.offer(i, value(row, step), limit);
                    }
                }
            }
            order = ranking.best();
            for (int i : order) {
                Row row = group.get(i);
                if (kept[i] == null) {
                    var histograms = row.histograms() == null ? null : new Distribution[parameters.length];
                    kept[i] = new Row(row.labels(), row.nameGoes(), evaluator.blank(), histograms);
                }
                kept[i].cells()[step] = row.cells()[step];
                @Nullable Distribution[] histograms = kept[i].histograms();
                if (histograms != null) {
                    histograms[step] = row.histogram(step);
                }
            }
            evaluator.query().budget().worked(group.size());
        }
        return parameters.length == 1 ? ordered(kept, order) : ordered(kept, everything(group.size()));
    }

    private static List<Row> ordered(@Nullable Row[] kept, int[] order) {
        var rows = new ArrayList<Row>();
        for (int i : order) {
            Row row = kept[i];
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static int[] everything(int size) {
        var all = new int[size];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static int limit(double parameter, int series) {
        if (!(parameter <= 0x1p63 && parameter >= -0x1p63)) {
            throw new EvaluationException("Scalar value " + GoText.compact(parameter) + " overflows int64");
        }
        return (int) Math.max(0, Math.min((long) parameter, series));
    }
}
