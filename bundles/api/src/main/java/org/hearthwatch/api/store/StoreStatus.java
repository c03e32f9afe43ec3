package org.hearthwatch.api.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The store's vital figures.
 *
 * @param series series with a sample in memory
 * @param samples samples held
 * @param appended samples accepted since the start
 * @param samplesPerSecond the rate of accepted samples over the last minute
 * @param memoryBytes an estimate of the heap it holds
 * @param diskBytes what its files occupy
 * @param oldest the time of the oldest sample
 * @param newest the time of the newest sample
 * @param readOnly why nothing can be taken now, for people; empty when all is well
 */
public record StoreStatus(
        long series,
        long samples,
        long appended,
        double samplesPerSecond,
        long memoryBytes,
        long diskBytes,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Optional<String> readOnly) {}
