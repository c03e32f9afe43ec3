package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.util.Map;

/**
 * What holds for all rules.
 *
 * @param interval between evaluations of groups that name none
 * @param queryOffset how far in the past rules of groups that name none look
 * @param externalLabels of this appliance towards others; added to alerts
 * @param externalUrl under which the appliance is reached from outside, without a slash at the end; may be empty
 * @param resendDelay how long a firing alert is not told again
 * @param outageTolerance how long ago the state of an alert may have been written and still be taken up after a restart
 * @param gracePeriod how long an alert taken up after a restart waits at least before it fires
 */
public record RuleSettings(
        Duration interval,
        Duration queryOffset,
        Map<String, String> externalLabels,
        String externalUrl,
        Duration resendDelay,
        Duration outageTolerance,
        Duration gracePeriod) {

    /** Prometheus's own defaults. */
    public static final RuleSettings DEFAULT = new RuleSettings(
            Duration.ofMinutes(1),
            Duration.ZERO,
            Map.of(),
            "",
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(10));

    public RuleSettings {
        externalLabels = Map.copyOf(externalLabels);
    }
}
