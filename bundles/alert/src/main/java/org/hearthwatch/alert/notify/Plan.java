package org.hearthwatch.alert.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.delivery.Channel;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.timeinterval.TimeInterval;

/**
 * A configuration, ready to be followed.
 *
 * @param channels of each receiver
 * @param source where it comes from, for people
 * @param since when it came into force
 */
public record Plan(
        AlertmanagerConfig config,
        Route root,
        Map<String, List<Channel>> channels,
        TemplateFiles templates,
        String source,
        Instant since) {

    public Plan {
        channels = Map.copyOf(channels);
    }

    List<Channel> channels(String receiver) {
        return channels.getOrDefault(receiver, List.of());
    }

    /** The names of those intervals that a moment lies in. */
    List<String> within(List<String> intervals, Instant moment) {
        return intervals.stream()
                .filter(name -> config.timeIntervals().getOrDefault(name, List.of()).stream()
                        .anyMatch((TimeInterval interval) -> interval.contains(moment)))
                .toList();
    }

    /** The time intervals that keep a route quiet at a moment. */
    List<String> mutedBy(Route route, Instant moment) {
        List<String> active = route.options().activeTimeIntervals();
        if (!active.isEmpty() && within(active, moment).isEmpty()) {
            return active;
        }
        return within(route.options().muteTimeIntervals(), moment);
    }
}
