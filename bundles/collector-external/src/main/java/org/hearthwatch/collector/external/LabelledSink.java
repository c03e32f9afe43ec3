package org.hearthwatch.collector.external;

import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.Summary;

/** Adds labels to every sample; they win over a program's own of the same name. */
record LabelledSink(SampleSink sink, Map<String, String> more) implements SampleSink {

    @Override
    public void set(Metric.Scalar metric, double value, String... labelValues) {
        var labels = Labels.builder();
        for (int i = 0; i < labelValues.length; i++) {
            labels.set(metric.labelNames().get(i), labelValues[i]);
        }
        set(metric, value, labels.build());
    }

    @Override
    public void set(Metric.Scalar metric, double value, Labels labels) {
        sink.set(metric, value, with(labels));
    }

    @Override
    public void set(Histogram metric, Histogram.Snapshot snapshot, Labels labels) {
        sink.set(metric, snapshot, with(labels));
    }

    @Override
    public void set(Summary metric, Summary.Snapshot snapshot, Labels labels) {
        sink.set(metric, snapshot, with(labels));
    }

    private Labels with(Labels labels) {
        Labels all = labels;
        for (Map.Entry<String, String> each : more.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }
}
