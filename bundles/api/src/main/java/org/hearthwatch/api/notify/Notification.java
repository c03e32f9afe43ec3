package org.hearthwatch.api.notify;

import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;

/**
 * What a channel is to tell: a group of alerts, as Alertmanager's template data describes it.
 *
 * @param key the same for every try of this notification and for no other, so that a receiver can drop what comes twice;
 *     at most 128 ASCII characters
 * @param receiver the receiver's name in the routing configuration
 * @param groupKey identifies the group for as long as it lives, so that messages of one group can be shown as a thread
 * @param groupLabels the labels the alerts are grouped by
 * @param commonLabels the labels these alerts share
 * @param commonAnnotations the annotations these alerts share
 * @param alerts at least one, in Alertmanager's order; in a digest of several groups the firing ones first
 * @param truncatedAlerts how many more there are that are left out because of a limit
 * @param externalUrl where the console is reached, without a slash at its end
 * @param texts expands template texts with this notification as their data
 */
public record Notification(
        String key,
        String receiver,
        String groupKey,
        Labels groupLabels,
        Labels commonLabels,
        Map<String, String> commonAnnotations,
        List<NotifiedAlert> alerts,
        int truncatedAlerts,
        String externalUrl,
        Texts texts) {

    public Notification {
        commonAnnotations = Map.copyOf(commonAnnotations);
        alerts = List.copyOf(alerts);
    }

    /** Whether any of its alerts fires. */
    public boolean isFiring() {
        return alerts.stream().anyMatch(alert -> !alert.resolved());
    }
}
