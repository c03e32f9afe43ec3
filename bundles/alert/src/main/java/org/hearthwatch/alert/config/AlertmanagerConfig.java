package org.hearthwatch.alert.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.timeinterval.TimeInterval;

/**
 * Who is told of what, and when.
 *
 * @param resolveTimeout after which an alert without an end, not heard of again, is resolved
 * @param global defaults of the receivers, as they are written
 * @param templates patterns of files
 * @param original the text it was read from
 */
public record AlertmanagerConfig(
        Duration resolveTimeout,
        Map<String, Object> global,
        RouteConfig route,
        List<ReceiverConfig> receivers,
        List<InhibitConfig> inhibitRules,
        Map<String, List<TimeInterval>> timeIntervals,
        List<String> templates,
        String original) {

    /** Where none is written. */
    public static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

    public AlertmanagerConfig {
        global = Map.copyOf(global);
        receivers = List.copyOf(receivers);
        inhibitRules = List.copyOf(inhibitRules);
        timeIntervals = Map.copyOf(timeIntervals);
        templates = List.copyOf(templates);
    }
}
