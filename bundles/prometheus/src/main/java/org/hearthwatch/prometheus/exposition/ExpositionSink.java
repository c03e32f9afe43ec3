package org.hearthwatch.prometheus.exposition;

import java.io.IOException;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;

/**
 * Takes what {@link TextParser} reads, in the order it stands there: a family's metadata before its samples, a sample
 * before its exemplar. Called by the thread that parses; what it throws ends the parsing.
 */
public interface ExpositionSink {

    /** The number, from 1, of the line that the next sample stands in. */
    default void line(long number) {}

    /** A family's metadata, under the name of text format 0.0.4: OpenMetrics' counter {@code x} comes as {@code x_total}. */
    default void family(MetricMetadata family) throws IOException {}

    /**
     * A sample. {@code _created} of OpenMetrics come like any other.
     *
     * @param series all labels, the metric's name among them
     * @param timestamp milliseconds since the Unix epoch
     * @param value any double; NaN with the bits {@code 0x7ff8000000000001}, Prometheus's ordinary one
     */
    void sample(Labels series, long timestamp, double value) throws IOException;

    /** The exemplar of the newest sample. */
    default void exemplar(Exemplar exemplar) throws IOException {}
}
