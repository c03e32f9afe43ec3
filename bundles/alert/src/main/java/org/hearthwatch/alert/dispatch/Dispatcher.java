package org.hearthwatch.alert.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.api.metric.Labels;

/**
 * Sorts alerts into groups and looks at each group at its times: first after its route's group wait, then at every group
 * interval. Not thread-safe: its owner calls it, and runs the timers, under one lock.
 */
public final class Dispatcher {

    private final Route root;
    private final Timers timers;
    private final InstantSource clock;
    private final Flush flush;
    private final int mostGroups;
    private final Map<Place, AggregationGroup> groups = new LinkedHashMap<>();
    private long refused;
    private boolean stopped;

    /** Looks at a group: decides who is told, and queues the messages. */
    @FunctionalInterface
    public interface Flush {

        /**
         * Looks at a group.
         *
         * @param alerts of the group as they are now, in the order of messages
         * @return the keys of the messages that have to be delivered before resolved alerts may be forgotten
         */
        Collection<String> flush(AggregationGroup group, List<HeldAlert> alerts, Instant now);
    }

    private record Place(String route, Labels labels) {}

    /** @param mostGroups more are refused and counted */
    public Dispatcher(Route root, Timers timers, InstantSource clock, Flush flush, int mostGroups) {
        this.root = root;
        this.timers = timers;
        this.clock = clock;
        this.flush = flush;
        this.mostGroups = mostGroups;
    }

    public Route root() {
        return root;
    }

    /** All groups. */
    public List<AggregationGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** How many groups found no room. */
    public long refused() {
        return refused;
    }

    /** Takes news of an alert. */
    public void insert(HeldAlert alert) {
        for (Route route : root.match(alert.labels())) {
            Labels labels = route.groupLabels(alert.labels());
            var place = new Place(route.id(), labels);
            AggregationGroup group = groups.get(place);
            if (group != null) {
                insert(place, group, alert);
            } else if (groups.size() >= mostGroups) {
                refused++;
            } else {
                begin(place, new AggregationGroup(route, labels), alert);
            }
        }
    }

    private void begin(Place place, AggregationGroup group, HeldAlert alert) {
        groups.put(place, group);
        plan(place, group, group.route().options().groupWait());
        insert(place, group, alert);
    }

    private void insert(Place place, AggregationGroup group, HeldAlert alert) {
        group.insert(alert);
        Duration wait = group.route().options().groupWait();
        // An old alert, such as after a restart, has waited long enough, and whatever came with it goes along.
        if (!group.wasLookedAt() && alert.startsAt().plus(wait).isBefore(clock.instant())) {
            plan(place, group, Duration.ZERO);
        }
    }

    private void plan(Place place, AggregationGroup group, Duration delay) {
        Instant due = clock.instant().plus(delay);
        group.timer(timers.after(delay, () -> look(place, group, due)));
    }

    /**
     * Timers that fire a little late must not add up: where the repeat interval is a multiple of the group interval, that
     * would decide whether a message is repeated at that moment or, as Alertmanager does, at the next.
     */
    private static Duration untilNext(AggregationGroup group, Instant due, Instant now) {
        Duration interval = group.route().options().groupInterval();
        Duration late = Duration.between(due, now);
        // A clock that was set must neither hurry nor silence the group.
        return late.isNegative() || late.compareTo(interval) >= 0 ? interval : interval.minus(late);
    }

    private void look(Place place, AggregationGroup group, Instant due) {
        if (stopped || groups.get(place) != group) {
            return;
        }
        Instant now = clock.instant();
        plan(place, group, untilNext(group, due, now));
        List<HeldAlert> alerts = group.alerts();
        List<HeldAlert> resolved =
                alerts.stream().filter(alert -> alert.isResolved(now)).toList();
        group.look();
        Collection<String> awaited = flush.flush(group, alerts, now);
        group.again()
                .filter(sooner -> sooner.compareTo(group.route().options().groupInterval()) < 0)
                .ifPresent(sooner -> plan(place, group, sooner));
        group.flushed(resolved, awaited);
        dropIfEmpty(place, group);
    }

    private void dropIfEmpty(Place place, AggregationGroup group) {
        if (group.isEmpty()) {
            group.timer(Timers.Timer.NONE);
            groups.remove(place);
        }
    }

    /** Notes a message as delivered. */
    public void delivered(String message) {
        for (Map.Entry<Place, AggregationGroup> entry : new ArrayList<>(groups.entrySet())) {
            AggregationGroup group = entry.getValue();
            if (group.delivered(message)) {
                plan(entry.getKey(), group, Duration.ZERO);
            }
            dropIfEmpty(entry.getKey(), group);
        }
    }

    /** Shows every group. */
    public void each(Consumer<AggregationGroup> visitor) {
        groups.values().forEach(visitor);
    }

    /** Looks at nothing any more. */
    public void stop() {
        stopped = true;
        groups.values().forEach(group -> group.timer(Timers.Timer.NONE));
        groups.clear();
    }
}
