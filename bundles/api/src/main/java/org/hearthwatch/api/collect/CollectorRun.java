package org.hearthwatch.api.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;

/**
 * What one run of a collector gave.
 *
 * @param error why it failed, for people; then there are no samples
 * @param samples with the labels they would be stored under, in the order reported
 * @param metadata of every family among the samples
 */
public record CollectorRun(
        String collector,
        Duration duration,
        Optional<String> error,
        List<Sample> samples,
        List<MetricMetadata> metadata) {

    public CollectorRun {
        samples = List.copyOf(samples);
        metadata = List.copyOf(metadata);
    }
}
