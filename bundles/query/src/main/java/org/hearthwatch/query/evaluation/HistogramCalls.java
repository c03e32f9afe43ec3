package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.Cell;
import org.hearthwatch.query.function.ClassicHistogram;
import org.hearthwatch.query.function.Distribution;
import org.hearthwatch.query.function.DistributionStatistics;
import org.hearthwatch.query.function.DistributionStatistics.Estimate;
import org.hearthwatch.query.syntax.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Functions of histograms: native ones, and classic ones, whose buckets are the series that differ in the label
 * {@code le} only.
 */
final class HistogramCalls {

    private HistogramCalls() {}

    /** One bucket's series. */
    private record Bucket(double bound, Row row) {}

    /** A function that makes a number of a native histogram; of numbers it makes nothing. */
    static List<Row> each(Evaluator evaluator, Expr.Call call, ToDoubleFunction<Distribution> function) {
        var rows = new ArrayList<Row>();
        for (Row row : evaluator.vector(call.arguments().get(0))) {
            if (row.histograms() == null) {
                continue;
            }
            double[] cells = row.cells();
            for (int step = 0; step < cells.length; step++) {
                Distribution histogram = row.histogram(step);
                cells[step] = histogram == null ? Cell.ABSENT : function.applyAsDouble(histogram);
            }
            // Prometheus drops the name alone here, not the labels for type and unit.
            rows.add(
                    evaluator.query().keepsNamesToTheEnd()
                            ? new Row(row.labels(), true, cells)
                            : new Row(row.labels().without(Labels.NAME), cells));
        }
        return Rows.merged(rows);
    }

    static List<Row> quantile(Evaluator evaluator, Expr.Call call) {
        double[] shares = evaluator.scalar(call.arguments().get(0));
        Notes notes = evaluator.query().notes();
        Notes.Place place = evaluator.place(call.arguments().get(0));
        Notes.Place buckets = evaluator.place(call.arguments().get(1));
        List<Row> input = evaluator.vector(call.arguments().get(1));
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                notes.invalidQuantile(share, place);
            }
        }
        return evaluate(evaluator, call.arguments().get(1), input, new HistogramFunction() {
            @Override
            public double ofClassic(int step, ClassicHistogram histogram, String metric) {
                double quantile = histogram.quantile(shares[step]);
                if (histogram.mended()) {
                    notes.mendedHistogram(metric, buckets);
                }
                return quantile;
            }

            @Override
            public double ofNative(int step, Distribution histogram, String metric) {
                Estimate estimate = DistributionStatistics.quantile(shares[step], histogram);
                if (estimate.nan() == Estimate.Nan.RESULT) {
                    notes.nanIsQuantile(metric, place);
                } else if (estimate.nan() == Estimate.Nan.SKEW) {
                    notes.nanSkewsQuantile(metric, place);
                }
                return estimate.value();
            }
        });
    }

    static List<Row> fraction(Evaluator evaluator, Expr.Call call) {
        double[] lower = evaluator.scalar(call.arguments().get(0));
        double[] upper = evaluator.scalar(call.arguments().get(1));
        Notes.Place place = evaluator.place(call.arguments().get(0));
        List<Row> input = evaluator.vector(call.arguments().get(2));
        return evaluate(evaluator, call.arguments().get(2), input, new HistogramFunction() {
            @Override
            public double ofClassic(int step, ClassicHistogram histogram, String metric) {
                return histogram.fraction(lower[step], upper[step]);
            }

            @Override
            public double ofNative(int step, Distribution histogram, String metric) {
                Estimate estimate = DistributionStatistics.fraction(lower[step], upper[step], histogram);
                if (estimate.nan() != Estimate.Nan.NONE) {
                    evaluator.query().notes().nanLeftOutOfFraction(metric, place);
                }
                return estimate.value();
            }
        });
    }

    private interface HistogramFunction {

        double ofClassic(int step, ClassicHistogram histogram, String metric);

        double ofNative(int step, Distribution histogram, String metric);
    }

    private static List<Row> evaluate(Evaluator evaluator, Expr argument, List<Row> input, HistogramFunction function) {
        Map<Labels, List<Bucket>> classics = classics(evaluator, argument, input);
        Map<Labels, Row> natives = new HashMap<>();
        for (Row row : input) {
            if (row.histograms() != null) {
                natives.put(row.labels(), row);
            }
        }
        var rows = new ArrayList<Row>();
        for (Row row : natives.values()) {
            rows.add(ofNative(evaluator, argument, row, classics.getOrDefault(row.labels(), List.of()), function));
        }
        classics.forEach(
                (labels, buckets) -> rows.add(ofClassic(evaluator, labels, buckets, natives.get(labels), function)));
        rows.removeIf(Row::isEmpty);
        return Rows.merged(rows);
    }

    private static Row ofNative(
            Evaluator evaluator, Expr argument, Row row, List<Bucket> classic, HistogramFunction function) {
        Query query = evaluator.query();
        double[] cells = evaluator.blank();
        // By now Prometheus has dropped the name, unless that is put off.
        String metric = query.keepsNamesToTheEnd() ? row.labels().metricName() : "";
        for (int step = 0; step < cells.length; step++) {
            Distribution histogram = row.histogram(step);
            if (histogram != null && anyHas(classic, step)) {
                query.notes().mixedClassicAndNative(row.labels().metricName(), evaluator.place(argument));
            } else if (histogram != null) {
                cells[step] = function.ofNative(step, histogram, metric);
            }
        }
        return Rows.renamed(query, row, cells);
    }

    private static boolean anyHas(List<Bucket> buckets, int step) {
        return buckets.stream().anyMatch(bucket -> bucket.row().has(step));
    }

    private static Row ofClassic(
            Evaluator evaluator, Labels labels, List<Bucket> buckets, @Nullable Row rival, HistogramFunction function) {
        double[] cells = evaluator.blank();
        var histogram = new ClassicHistogram();
        // Prometheus drops the name with the first result, and so forgets it for the complaints of later steps.
        String metric = labels.metricName();
        for (int step = 0; step < cells.length; step++) {
            if (rival != null && rival.histogram(step) != null) {
                metric = labels.metricName();
                continue;
            }
            histogram.clear();
            for (Bucket bucket : buckets) {
                if (bucket.row().has(step)) {
                    histogram.add(bucket.bound(), bucket.row().cells()[step]);
                }
            }
            evaluator.query().budget().worked(buckets.size());
            if (!histogram.isEmpty()) {
                cells[step] = function.ofClassic(step, histogram, metric);
                metric = evaluator.query().keepsNamesToTheEnd() ? metric : "";
            }
        }
        return Rows.renamed(evaluator.query(), new Row(labels, cells), cells);
    }

    private static Map<Labels, List<Bucket>> classics(Evaluator evaluator, Expr argument, List<Row> rows) {
        Map<Labels, List<Bucket>> histograms = new LinkedHashMap<>();
        for (Row row : rows) {
            boolean numbers = false;
            for (int step = 0; !numbers && step < row.cells().length; step++) {
                numbers = row.has(step);
            }
            if (!numbers) {
                continue;
            }
            String label = row.labels().get(Histogram.BOUND);
            OptionalDouble bound = BucketBound.parse(label);
            if (bound.isEmpty()) {
                evaluator.query().notes().badBucketLabel(row.labels().metricName(), label, evaluator.place(argument));
            } else {
                histograms
                        .computeIfAbsent(row.labels().without(Histogram.BOUND), key -> new ArrayList<>())
                        .add(new Bucket(bound.getAsDouble(), row));
            }
        }
        return histograms;
    }
}
