package org.hearthwatch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Summary;

/**
 * Takes the samples of a run as a store would: finds each series among those it knows and keeps its value. On request
 * it writes them all as Prometheus text, so that a run can be compared with an exporter's answer. Histograms and
 * summaries are counted and not written.
 */
final class ExpositionSink implements SampleSink {

    private final Map<Key, Series> known = new HashMap<>();
    private final Map<String, StringBuilder> families = new HashMap<>();
    private int run;
    private int others;

    /** Begins a run. */
    void begin() {
        run++;
        others = 0;
    }

    /** How many series the run had so far. */
    int size() {
        return (int) known.values().stream().filter(series -> series.run == run).count() + others;
    }

    @Override
    public void set(Metric.Scalar metric, double value, String... labelValues) {
        List<String> names = metric.labelNames();
        if (names.size() != labelValues.length) {
            throw new IllegalArgumentException(metric.name() + " takes the labels " + names);
        }
        put(new Key(metric.name(), Arrays.asList(labelValues)), metric, value, () -> {
            var labels = Labels.builder();
            for (int i = 0; i < labelValues.length; i++) {
                labels.set(names.get(i), labelValues[i]);
            }
            return labels.build();
        });
    }

    @Override
    public void set(Metric.Scalar metric, double value, Labels labels) {
        put(new Key(metric.name(), labels), metric, value, () -> labels);
    }

    private void put(Key key, Metric.Scalar metric, double value, Supplier<Labels> labels) {
        Series series = known.computeIfAbsent(key, k -> new Series(metric, labels.get()));
        series.value = value;
        series.run = run;
    }

    @Override
    public void set(Histogram metric, Histogram.Snapshot snapshot, Labels labels) {
        others++;
    }

    @Override
    public void set(Summary metric, Summary.Snapshot snapshot, Labels labels) {
        others++;
    }

    /** The run's samples as Prometheus text. */
    byte[] text() {
        families.values().forEach(text -> text.setLength(0));
        known.values().forEach(series -> {
            if (series.run == run) {
                StringBuilder text = families.computeIfAbsent(series.metric.name(), name -> new StringBuilder());
                if (text.length() == 0) {
                    head(series.metric, text);
                }
                text.append(series.name).append(' ').append(series.value).append('\n');
            }
        });
        var all = new StringBuilder();
        families.values().forEach(all::append);
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void head(Metric metric, StringBuilder text) {
        String type =
                metric.type() == MetricType.UNKNOWN ? "untyped" : metric.type().word();
        text.append("# HELP ")
                .append(metric.name())
                .append(' ')
                .append(metric.help())
                .append('\n');
        text.append("# TYPE ").append(metric.name()).append(' ').append(type).append('\n');
    }

    private record Key(String name, Object labels) {}

    private static final class Series {

        final Metric.Scalar metric;
        final String name;
        double value;
        int run;

        Series(Metric.Scalar metric, Labels labels) {
            this.metric = metric;
            this.name = labels.isEmpty() ? metric.name() : metric.name() + labels;
        }
    }
}
