package org.hearthwatch.alert.route;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.alert.config.RouteConfig;

/**
 * What holds for the alerts of a route, with what it has from its parents.
 *
 * @param groupByAll whether every alert is a group of its own
 * @param groupWait from a group's first alert to its first message
 * @param groupInterval between looks at a group for news
 * @param repeatInterval after which the same is told again
 * @param labels texts for messages, by name; may be templates
 */
public record RouteOptions(
        String receiver,
        Set<String> groupBy,
        boolean groupByAll,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        Map<String, String> labels) {

    /** Alertmanager's defaults. */
    public static final RouteOptions DEFAULT = new RouteOptions(
            "",
            Set.of(),
            false,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            List.of(),
            List.of(),
            Map.of());

    public RouteOptions {
        groupBy = Set.copyOf(groupBy);
        muteTimeIntervals = List.copyOf(muteTimeIntervals);
        activeTimeIntervals = List.copyOf(activeTimeIntervals);
        labels = Map.copyOf(labels);
    }

    /** These with what a child sets over them; time intervals are not inherited. */
    RouteOptions under(RouteConfig child) {
        var merged = new HashMap<>(labels);
        merged.putAll(child.labels());
        return new RouteOptions(
                child.receiver().orElse(receiver),
                child.groupBy().<Set<String>>map(Set::copyOf).orElse(groupBy),
                child.groupBy().isEmpty() && (groupByAll || child.groupByAll()),
                child.groupWait().orElse(groupWait),
                child.groupInterval().orElse(groupInterval),
                child.repeatInterval().orElse(repeatInterval),
                child.muteTimeIntervals(),
                child.activeTimeIntervals(),
                merged);
    }
}
