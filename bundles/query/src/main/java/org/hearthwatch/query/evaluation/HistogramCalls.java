package org.hearthwatch.query.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.query.function.ClassicHistogram;
import org.hearthwatch.query.syntax.Expr;

/** Functions of classic histograms: the series that differ in the label {@code le} only are the buckets of one. */
final class HistogramCalls {

    private HistogramCalls() {}

    /** One bucket's series. */
    private record Bucket(double bound, Row row) {}

    static List<Row> quantile(Evaluator evaluator, Expr.Call call) {
        double[] shares = evaluator.scalar(call.arguments().get(0));
        Query query = evaluator.query();
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                query.notes().invalidQuantile(share, call.arguments().get(0));
            }
        }
        Expr buckets = call.arguments().get(1);
        return evaluate(evaluator, buckets, (step, histogram) -> {
            double quantile = histogram.quantile(shares[step]);
            if (histogram.mended()) {
                query.notes().mendedHistogram("", buckets);
            }
            return quantile;
        });
    }

    static List<Row> fraction(Evaluator evaluator, Expr.Call call) {
        double[] lower = evaluator.scalar(call.arguments().get(0));
        double[] upper = evaluator.scalar(call.arguments().get(1));
        return evaluate(
                evaluator, call.arguments().get(2), (step, histogram) -> histogram.fraction(lower[step], upper[step]));
    }

    @FunctionalInterface
    private interface HistogramFunction {
        double apply(int step, ClassicHistogram histogram);
    }

    private static List<Row> evaluate(Evaluator evaluator, Expr argument, HistogramFunction function) {
        var rows = new ArrayList<Row>();
        var histogram = new ClassicHistogram();
        for (List<Bucket> buckets : histograms(evaluator, argument).values()) {
            double[] cells = evaluator.blank();
            for (int step = 0; step < cells.length; step++) {
                histogram.clear();
                for (Bucket bucket : buckets) {
                    if (bucket.row().has(step)) {
                        histogram.add(bucket.bound(), bucket.row().cells()[step]);
                    }
                }
                evaluator.query().budget().worked(buckets.size());
                if (!histogram.isEmpty()) {
                    cells[step] = function.apply(step, histogram);
                }
            }
            Row any = buckets.get(0).row();
            Labels labels = any.labels().without(Histogram.BOUND);
            rows.add(new Row(Rows.withoutMetadata(labels), any.nameGoes(), cells));
        }
        return Rows.merged(rows);
    }

    private static Map<Labels, List<Bucket>> histograms(Evaluator evaluator, Expr argument) {
        Map<Labels, List<Bucket>> histograms = new LinkedHashMap<>();
        for (Row row : evaluator.vector(argument)) {
            String label = row.labels().get(Histogram.BOUND);
            OptionalDouble bound = BucketBound.parse(label);
            if (bound.isEmpty()) {
                evaluator.query().notes().badBucketLabel(row.labels().metricName(), label, argument);
            } else {
                histograms
                        .computeIfAbsent(row.labels().without(Histogram.BOUND), key -> new ArrayList<>())
                        .add(new Bucket(bound.getAsDouble(), row));
            }
        }
        return histograms;
    }
}
