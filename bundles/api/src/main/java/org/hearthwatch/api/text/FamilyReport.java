package org.hearthwatch.api.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.Summary;
import org.hearthwatch.api.metric.Untyped;

/** Reports a family of a text: numbers as they are, the lines of a histogram or summary put together. */
final class FamilyReport {

    private FamilyReport() {}

    /** @throws IllegalArgumentException if the lines make no such metric, or the sink refuses one */
    static void report(TextFamily family, String help, SampleSink sink) {
        switch (family.type) {
            case COUNTER -> numbers(family, Counter.of(family.name, help), sink);
            case GAUGE -> numbers(family, Gauge.of(family.name, help), sink);
            case HISTOGRAM -> histograms(family, Histogram.of(family.name, help), sink);
            case SUMMARY -> summaries(family, Summary.of(family.name, help), sink);
            default -> numbers(family, Untyped.of(family.name, help), sink);
        }
    }

    private static void numbers(TextFamily family, Metric.Scalar metric, SampleSink sink) {
        for (TextFamily.Line line : family.lines) {
            sink.set(metric, line.value(), line.labels());
        }
    }

    private static void histograms(TextFamily family, Histogram metric, SampleSink sink) {
        bySeries(family, Histogram.BOUND).forEach((labels, parts) -> {
            var buckets = new ArrayList<Histogram.Bucket>();
            for (TextFamily.Line bucket : parts.members) {
                buckets.add(new Histogram.Bucket(number(bucket.labels().get(Histogram.BOUND)), bucket.value()));
            }
            buckets.sort(Comparator.comparingDouble(Histogram.Bucket::upperBound));
            if (buckets.isEmpty() || buckets.get(buckets.size() - 1).upperBound() != Double.POSITIVE_INFINITY) {
                buckets.add(new Histogram.Bucket(Double.POSITIVE_INFINITY, parts.count));
            }
            sink.set(metric, new Histogram.Snapshot(buckets, parts.sum), labels);
        });
    }

    private static void summaries(TextFamily family, Summary metric, SampleSink sink) {
        bySeries(family, Summary.QUANTILE).forEach((labels, parts) -> {
            List<Summary.Quantile> quantiles = parts.members.stream()
                    .map(line -> new Summary.Quantile(number(line.labels().get(Summary.QUANTILE)), line.value()))
                    .sorted(Comparator.comparingDouble(Summary.Quantile::rank))
                    .toList();
            sink.set(metric, new Summary.Snapshot(quantiles, parts.count, parts.sum), labels);
        });
    }

    private static Map<Labels, Parts> bySeries(TextFamily family, String memberLabel) {
        var series = new LinkedHashMap<Labels, Parts>();
        for (TextFamily.Line line : family.lines) {
            Parts parts = series.computeIfAbsent(line.labels().without(memberLabel), labels -> new Parts());
            switch (line.suffix()) {
                case "_sum" -> parts.sum = line.value();
                case "_count" -> parts.count = line.value();
                default -> parts.members.add(line);
            }
        }
        return series;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** The lines of one histogram or summary. */
    private static final class Parts {
        final List<TextFamily.Line> members = new ArrayList<>();
        double sum;
        double count;
    }
}
