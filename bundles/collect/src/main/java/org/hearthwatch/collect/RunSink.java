package org.hearthwatch.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Summary;

/**
 * Takes the samples of one run and holds them to the limits. Once it has refused something the run is lost, even if the
 * collector catches what was thrown.
 */
final class RunSink implements SampleSink {

    private static final String JOB = "job";
    private static final String INSTANCE = "instance";

    private final SeriesTable table;
    private final Limits limits;
    private final String job;
    private final String instance;
    private final long run;
    private final Thread thread = Thread.currentThread();
    private final List<Series> series = new ArrayList<>();
    private final Map<String, MetricMetadata> families = new LinkedHashMap<>();
    private double[] values = new double[64];
    private Optional<String> refusal = Optional.empty();
    private volatile boolean closed;

    RunSink(SeriesTable table, Limits limits, String job, String instance) {
        this.table = table;
        this.limits = limits;
        this.job = job;
        this.instance = instance;
        this.run = table.begin();
    }

    @Override
    public void set(Metric.Scalar metric, double value, String... labelValues) {
        describe(metric);
        List<String> names = metric.labelNames();
        if (names.size() != labelValues.length) {
            throw refused(metric.name() + " has the labels " + names + " but got " + labelValues.length + " values");
        }
        var key = new SeriesTable.Key(metric.name(), names, Arrays.asList(labelValues));
        put(
                table.find(key).orElseGet(() -> {
                    var own = Labels.builder();
                    for (int i = 0; i < labelValues.length; i++) {
                        own.set(names.get(i), labelValues[i]);
                    }
                    // The caller may use its array again.
                    return table.add(
                            new SeriesTable.Key(metric.name(), names, List.of(labelValues)),
                            stored(metric.name(), own.build()));
                }),
                value);
    }

    @Override
    public void set(Metric.Scalar metric, double value, Labels labels) {
        describe(metric);
        put(series(metric.name(), labels, "", () -> labels), value);
    }

    @Override
    public void set(Histogram metric, Histogram.Snapshot snapshot, Labels labels) {
        describe(metric);
        reserved(metric, labels, Histogram.BOUND);
        String name = metric.name() + "_bucket";
        for (var bucket : snapshot.buckets()) {
            double bound = bucket.upperBound();
            put(series(name, labels, bound, () -> labels.with(Histogram.BOUND, number(bound))), bucket.count());
        }
        put(series(metric.name() + "_sum", labels, "", () -> labels), snapshot.sum());
        put(series(metric.name() + "_count", labels, "", () -> labels), snapshot.count());
    }

    @Override
    public void set(Summary metric, Summary.Snapshot snapshot, Labels labels) {
        describe(metric);
        reserved(metric, labels, Summary.QUANTILE);
        for (var quantile : snapshot.quantiles()) {
            double rank = quantile.rank();
            put(
                    series(metric.name(), labels, rank, () -> labels.with(Summary.QUANTILE, number(rank))),
                    quantile.value());
        }
        put(series(metric.name() + "_sum", labels, "", () -> labels), snapshot.sum());
        put(series(metric.name() + "_count", labels, "", () -> labels), snapshot.count());
    }

    SeriesTable table() {
        return table;
    }

    /** The run's number in its table. */
    long number() {
        return run;
    }

    int size() {
        return series.size();
    }

    List<Series> series() {
        return series;
    }

    double value(int index) {
        return values[index];
    }

    Collection<MetricMetadata> families() {
        return families.values();
    }

    /** Why the run is refused, if it is. */
    Optional<String> refusal() {
        return refusal;
    }

    /** Takes nothing more. */
    void close() {
        closed = true;
    }

    private void describe(Metric metric) {
        if (closed || Thread.currentThread() != thread) {
            throw new IllegalStateException("A sink is only used during the run, on the thread that was called");
        }
        MetricMetadata known = families.get(metric.name());
        if (known == null) {
            if (metric.help().length() > Limits.HELP_LENGTH) {
                throw refused(
                        "the help text of " + metric.name() + " is longer than " + Limits.HELP_LENGTH + " characters");
            }
            families.put(metric.name(), metric.metadata());
        } else if (known.type() != metric.type()) {
            throw refused(metric.name() + " is reported as " + known.type().word() + " and as "
                    + metric.type().word());
        }
    }

    private void reserved(Metric metric, Labels labels, String name) {
        if (labels.has(name)) {
            throw refused(metric.name() + " must not have the label " + name + ", which its parts carry");
        }
    }

    private Series series(String name, Labels labels, Object part, Supplier<Labels> own) {
        var key = new SeriesTable.Key(name, labels, part);
        return table.find(key).orElseGet(() -> table.add(key, stored(name, own.get())));
    }

    private void put(Series one, double value) {
        if (one.run == run) {
            throw refused(one.labels + " is reported twice in one run");
        }
        if (series.size() == limits.series()) {
            throw refused("it reports more than " + limits.series()
                    + " series, the limit maxSeriesPerCollector in etc/org.hearthwatch.collect.cfg");
        }
        if (values.length == series.size()) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[series.size()] = value;
        series.add(one);
        one.run = run;
    }

    /** The labels to store: as in a Prometheus scrape, a collector's own job and instance move to {@code exported_}. */
    private Labels stored(String name, Labels own) {
        if (own.size() > limits.labels()) {
            throw refused(name + " has " + own.size() + " labels; at most " + limits.labels()
                    + " are allowed (maxLabels in etc/org.hearthwatch.collect.cfg)");
        }
        var labels = Labels.builder();
        own.forEach((label, value) -> {
            check(name, label, value);
            labels.set(label.equals(JOB) || label.equals(INSTANCE) ? "exported_" + label : label, value);
        });
        return labels.set(Labels.NAME, name)
                .set(JOB, job)
                .set(INSTANCE, instance)
                .build();
    }

    private void check(String name, String label, String value) {
        if (label.equals(Labels.NAME)
                || label.length() > Metric.NAME_LIMIT
                || label.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    name + " has a label that is not allowed: " + label.substring(0, Math.min(40, label.length())));
        }
        if (value.length() > limits.labelValueLength()) {
            throw refused(name + " has a value of " + value.length() + " characters in its label " + label
                    + "; at most " + limits.labelValueLength()
                    + " are allowed (maxLabelValueLength in etc/org.hearthwatch.collect.cfg)");
        }
    }

    private IllegalArgumentException refused(String why) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(why);
        }
        return new IllegalArgumentException(why);
    }

    private static String number(double value) {
        return value == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(value);
    }
}
