package org.hearthwatch.api.collect;

import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.api.metric.Summary;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the samples of one run of a collector. All get the time of the run. Only usable during the run, on the thread
 * that was called.
 *
 * <p>Every method throws {@link IllegalArgumentException} if the number of label values differs from the metric's label
 * names, a series is reported twice in one run, one name is used with two types, or a limit is passed (series per
 * collector, labels per series, lengths). A collector lets it through: the run fails with that message.
 */
@ProviderType
public interface SampleSink {

    /**
     * Reports a number.
     *
     * @param labelValues one for each of the metric's label names, in their order; an empty one means the label is absent
     */
    void set(Metric.Scalar metric, double value, String... labelValues);

    /** Reports a number of a series whose labels are not known beforehand; the metric's own label names are not consulted. */
    void set(Metric.Scalar metric, double value, Labels labels);

    /** Reports a histogram; labels as given, the metric's own label names are not consulted. */
    void set(Histogram metric, Histogram.Snapshot snapshot, Labels labels);

    /** Reports a summary; labels as given, the metric's own label names are not consulted. */
    void set(Summary metric, Summary.Snapshot snapshot, Labels labels);
}
