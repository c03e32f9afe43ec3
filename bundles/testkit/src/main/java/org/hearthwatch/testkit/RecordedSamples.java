package org.hearthwatch.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Summary;

/**
 * A sink that remembers, and refuses what the real one refuses: wrong numbers of label values, a series twice, one name
 * with two types. Not thread-safe.
 */
public final class RecordedSamples implements SampleSink {

    private final Map<Labels, Double> values = new LinkedHashMap<>();
    private final Map<String, MetricMetadata> families = new LinkedHashMap<>();

    @Override
    public void set(Metric.Scalar metric, double value, String... labelValues) {
        List<String> names = metric.labelNames();
        if (names.size() != labelValues.length) {
            throw new IllegalArgumentException(metric.name() + " has the labels " + names + " but got "
                    + labelValues.length + " values: " + List.of(labelValues));
        }
        var labels = Labels.builder();
        for (int i = 0; i < labelValues.length; i++) {
            labels.set(names.get(i), labelValues[i]);
        }
        set(metric, value, labels.build());
    }

    @Override
    public void set(Metric.Scalar metric, double value, Labels labels) {
        describe(metric);
        put(metric.name(), labels, value);
    }

    @Override
    public void set(Histogram metric, Histogram.Snapshot snapshot, Labels labels) {
        describe(metric);
        for (var bucket : snapshot.buckets()) {
            put(metric.name() + "_bucket", labels.with(Histogram.BOUND, bound(bucket.upperBound())), bucket.count());
        }
        put(metric.name() + "_sum", labels, snapshot.sum());
        put(metric.name() + "_count", labels, snapshot.count());
    }

    @Override
    public void set(Summary metric, Summary.Snapshot snapshot, Labels labels) {
        describe(metric);
        for (var quantile : snapshot.quantiles()) {
            put(metric.name(), labels.with(Summary.QUANTILE, Double.toString(quantile.rank())), quantile.value());
        }
        put(metric.name() + "_sum", labels, snapshot.sum());
        put(metric.name() + "_count", labels, snapshot.count());
    }

    /** The value of a series written as in PromQL: {@code node_disk_io_now{device="sda"}}, or the bare name. */
    public double value(String series) {
        Double value = asMap().get(series);
        if (value == null) {
            throw new AssertionError("No series " + series + " among " + asMap().keySet());
        }
        return value;
    }

    /** Everything reported, in order; a series without labels stands under its bare name. */
    public Map<String, Double> asMap() {
        var map = new LinkedHashMap<String, Double>();
        values.forEach((labels, value) -> map.put(labels.size() == 1 ? labels.metricName() : labels.toString(), value));
        return Collections.unmodifiableMap(map);
    }

    public Map<Labels, Double> byLabels() {
        return Collections.unmodifiableMap(values);
    }

    /** Every family reported, by name. */
    public Map<String, MetricMetadata> families() {
        return Collections.unmodifiableMap(families);
    }

    private void describe(Metric metric) {
        MetricMetadata known = families.putIfAbsent(metric.name(), metric.metadata());
        if (known != null && known.type() != metric.type()) {
            throw new IllegalArgumentException(
                    metric.name() + " is reported as " + known.type() + " and as " + metric.type());
        }
    }

    private void put(String name, Labels labels, double value) {
        Labels series = labels.with(Labels.NAME, name);
        if (values.putIfAbsent(series, value) != null) {
            throw new IllegalArgumentException(series + " is reported twice in one run");
        }
    }

    private static String bound(double bound) {
        return bound == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(bound);
    }
}
