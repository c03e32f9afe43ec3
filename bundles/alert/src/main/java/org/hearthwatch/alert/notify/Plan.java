package org.hearthwatch.alert.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.delivery.Channel;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.timeinterval.TimeInterval;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

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

    private static final String DEAD_MANS_SWITCH = "DeadMansSwitch";

    public Plan {
        channels = Map.copyOf(channels);
    }

    List<Channel> channels(String receiver) {
        return channels.getOrDefault(receiver, List.of());
    }

    /**
     * Whether an alert says only that alerting works, and no route asks for it: the rule pack's own, which would otherwise go
     * to whoever is told of everything that no route is for.
     */
    boolean isForNobody(Labels labels) {
        if (!labels.get("alertname").equals(DEAD_MANS_SWITCH)
                || !labels.get("severity").equals("none")) {
            return false;
        }
        var asks = new AtomicBoolean();
        root.match(labels, (route, matches) -> {
            if (matches && route.matchers().all().stream().anyMatch(Plan::names)) {
                asks.set(true);
            }
        });
        return !asks.get();
    }

    private static boolean names(LabelMatcher matcher) {
        Matcher condition = matcher.matcher();
        boolean says = condition.kind() == Matcher.Kind.EQUAL || condition.kind() == Matcher.Kind.MATCHES;
        return says
                && (condition.label().equals("alertname") || condition.label().equals("severity"));
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
