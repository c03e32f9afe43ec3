package org.hearthwatch.api.health;

import java.time.Instant;
import java.util.Optional;
import org.hearthwatch.api.store.StoreStatus;

/**
 * The appliance's vital figures.
 *
 * @param hostName the machine it runs on; also the {@code instance} label of what is collected here
 * @param started when the process began
 * @param residentBytes memory the process occupies
 * @param cpuSeconds CPU time of the process since it began
 * @param collectors how many collectors there are
 * @param failingCollectors how many of them failed at their newest run
 * @param store empty while there is no store
 */
public record Vitals(
        String version,
        String hostName,
        Instant started,
        long residentBytes,
        long heapUsedBytes,
        long heapMaxBytes,
        double cpuSeconds,
        int collectors,
        int failingCollectors,
        Optional<StoreStatus> store) {}
