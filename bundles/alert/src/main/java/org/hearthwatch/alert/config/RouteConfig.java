package org.hearthwatch.alert.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.matching.LabelMatchers;

/**
 * A node of the routing tree as it is written; what is absent comes from its parent.
 *
 * @param groupBy labels; empty if the parent's count
 * @param groupByAll whether every alert is a group of its own
 * @param continues whether its siblings are asked too when it has matched
 * @param labels texts for messages, by name; may be templates
 */
public record RouteConfig(
        Optional<String> receiver,
        Optional<List<String>> groupBy,
        boolean groupByAll,
        Optional<Duration> groupWait,
        Optional<Duration> groupInterval,
        Optional<Duration> repeatInterval,
        LabelMatchers matchers,
        List<String> muteTimeIntervals,
        List<String> activeTimeIntervals,
        boolean continues,
        Map<String, String> labels,
        List<RouteConfig> routes) {

    public RouteConfig {
        groupBy = groupBy.map(List::copyOf);
        muteTimeIntervals = List.copyOf(muteTimeIntervals);
        activeTimeIntervals = List.copyOf(activeTimeIntervals);
        labels = Map.copyOf(labels);
        routes = List.copyOf(routes);
    }
}
