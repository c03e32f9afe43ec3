package org.hearthwatch.prometheus.client;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.Summary;
import org.hearthwatch.api.metric.Untyped;

/**
 * A collector of the Prometheus client library (simpleclient 0.16) as one of ours. Names become those of text format
 * 0.0.4: counters end in {@code _total}, infos in {@code _info}. Creation times ({@code _created}) and exemplars are left
 * out, as the store keeps neither.
 */
public final class ClientCollector implements Collector {

    private final io.prometheus.client.Collector client;

    public ClientCollector(io.prometheus.client.Collector client) {
        this.client = client;
    }

    @Override
    public void collect(SampleSink sink) {
        for (MetricFamilySamples family : client.collect()) {
            switch (family.type) {
                case COUNTER -> scalars(Counter.of(family.name + "_total", family.help), family, sink);
                case INFO -> scalars(Gauge.of(family.name + "_info", family.help), family, sink);
                case GAUGE, STATE_SET -> scalars(Gauge.of(family.name, family.help), family, sink);
                case HISTOGRAM -> histograms(family, sink);
                case SUMMARY -> summaries(family, sink);
                case GAUGE_HISTOGRAM, UNKNOWN -> {
                    for (MetricFamilySamples.Sample sample : family.samples) {
                        sink.set(Untyped.of(sample.name, family.help), sample.value, labels(sample));
                    }
                }
            }
        }
    }

    private static void scalars(Metric.Scalar metric, MetricFamilySamples family, SampleSink sink) {
        for (MetricFamilySamples.Sample sample : family.samples) {
            if (sample.name.equals(metric.name())) {
                sink.set(metric, sample.value, labels(sample));
            }
        }
    }

    private static void histograms(MetricFamilySamples family, SampleSink sink) {
        var metric = Histogram.of(family.name, family.help);
        groups(family, Histogram.BOUND).forEach((labels, parts) -> {
            var buckets = new ArrayList<Histogram.Bucket>();
            for (MetricFamilySamples.Sample sample : parts.samples) {
                if (sample.name.endsWith("_bucket")) {
                    buckets.add(new Histogram.Bucket(number(labels(sample).get(Histogram.BOUND)), sample.value));
                }
            }
            if (buckets.stream().noneMatch(bucket -> bucket.upperBound() == Double.POSITIVE_INFINITY)) {
                buckets.add(new Histogram.Bucket(Double.POSITIVE_INFINITY, parts.value(family.name + "_count")));
            }
            sink.set(metric, new Histogram.Snapshot(buckets, parts.value(family.name + "_sum")), labels);
        });
    }

    private static void summaries(MetricFamilySamples family, SampleSink sink) {
        var metric = Summary.of(family.name, family.help);
        groups(family, Summary.QUANTILE).forEach((labels, parts) -> {
            var quantiles = new ArrayList<Summary.Quantile>();
            for (MetricFamilySamples.Sample sample : parts.samples) {
                if (sample.name.equals(family.name)) {
                    quantiles.add(new Summary.Quantile(number(labels(sample).get(Summary.QUANTILE)), sample.value));
                }
            }
            sink.set(
                    metric,
                    new Summary.Snapshot(
                            quantiles, parts.value(family.name + "_count"), parts.value(family.name + "_sum")),
                    labels);
        });
    }

    /** The parts of each series, by the labels they have in common. */
    private static Map<Labels, Parts> groups(MetricFamilySamples family, String partLabel) {
        var groups = new LinkedHashMap<Labels, Parts>();
        for (MetricFamilySamples.Sample sample : family.samples) {
            if (!sample.name.equals(family.name + "_created")) {
                groups.computeIfAbsent(labels(sample).without(partLabel), labels -> new Parts(new ArrayList<>()))
                        .samples
                        .add(sample);
            }
        }
        return groups;
    }

    private static Labels labels(MetricFamilySamples.Sample sample) {
        var labels = Labels.builder();
        for (int i = 0; i < sample.labelNames.size(); i++) {
            labels.set(sample.labelNames.get(i), sample.labelValues.get(i));
        }
        return labels.build();
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private record Parts(List<MetricFamilySamples.Sample> samples) {

        /** NaN where the part is missing, which is what an unknown sum is. */
        double value(String name) {
            return samples.stream()
                    .filter(sample -> sample.name.equals(name))
                    .mapToDouble(sample -> sample.value)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
