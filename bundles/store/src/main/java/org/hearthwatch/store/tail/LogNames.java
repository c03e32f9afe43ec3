package org.hearthwatch.store.tail;

import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;

/** What the numbers and names in the log mean. Thread-safe. */
public interface LogNames {

    /** The labels of a series that lives, or of which the log may still hold samples. */
    Optional<Labels> labels(int ref);

    /** What is known of the family of a metric name. */
    Optional<MetricMetadata> family(String metricName);
}
