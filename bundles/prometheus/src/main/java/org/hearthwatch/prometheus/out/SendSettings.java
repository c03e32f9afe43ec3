package org.hearthwatch.prometheus.out;

import java.time.Duration;
import org.hearthwatch.api.metric.Labels;

/**
 * What is sent to an endpoint and how.
 *
 * @param external labels that series get which have none of that name
 * @param relabelling applied after that
 * @param samplesPerSend how many samples are taken at a time, for all shards together
 * @param shards how many requests are on their way at once; a series always takes the same one, so that its order holds
 * @param mostAge older samples are not sent any more
 */
public record SendSettings(
        Labels external, Relabelling relabelling, int samplesPerSend, int shards, Duration mostAge) {}
