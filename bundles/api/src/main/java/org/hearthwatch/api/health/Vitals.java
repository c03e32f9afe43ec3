package org.hearthwatch.api.health;

import java.time.Instant;
import java.util.List;
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
 * @param notices what everybody who looks must know at once, such as that no plugins run; a sentence each
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
        Optional<StoreStatus> store,
        List<String> notices) {

    public Vitals {
        notices = List.copyOf(notices);
    }

    /** With nothing that must be known at once. */
    public Vitals(
            String version,
            String hostName,
            Instant started,
            long residentBytes,
            long heapUsedBytes,
            long heapMaxBytes,
            double cpuSeconds,
            int collectors,
            int failingCollectors,
            Optional<StoreStatus> store) {
        this(
                version,
                hostName,
                started,
                residentBytes,
                heapUsedBytes,
                heapMaxBytes,
                cpuSeconds,
                collectors,
                failingCollectors,
                store,
                List.of());
    }
}
