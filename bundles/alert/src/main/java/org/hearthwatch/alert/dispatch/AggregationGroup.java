package org.hearthwatch.alert.dispatch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.api.metric.Labels;

/** Alerts that people are told of together. Not thread-safe. */
public final class AggregationGroup {

    private final Route route;
    private final Labels labels;
    private final String key;
    private final Map<Labels, HeldAlert> alerts = new LinkedHashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private List<HeldAlert> resolvedAtFlush = List.of();
    private List<String> mutedBy = List.of();
    private Timers.Timer timer = Timers.Timer.NONE;
    private boolean lookedAt;
    private boolean stale;
    private Optional<Duration> again = Optional.empty();

    AggregationGroup(Route route, Labels labels) {
        this.route = route;
        this.labels = labels;
        this.key = key(route, labels);
    }

    /** A group's key as Alertmanager writes it, {@code {}/{a="b"}:{alertname="c"}}. */
    public static String key(Route route, Labels labels) {
        var text = new StringBuilder(route.key()).append(":{");
        String[] separator = {""};
        labels.forEach((name, value) -> {
            text.append(separator[0]).append(name).append('=').append(GoText.quote(value));
            separator[0] = ", ";
        });
        return text.append('}').toString();
    }

    public Route route() {
        return route;
    }

    /** The labels its alerts are grouped by. */
    public Labels labels() {
        return labels;
    }

    public String key() {
        return key;
    }

    /** Its alerts in the order of messages. */
    public List<HeldAlert> alerts() {
        return alerts.values().stream().sorted(HeldAlert.ORDER).toList();
    }

    /** The time intervals that kept it quiet when it was looked at last. */
    public List<String> mutedBy() {
        return mutedBy;
    }

    public void mutedBy(List<String> intervals) {
        mutedBy = List.copyOf(intervals);
    }

    boolean isEmpty() {
        return alerts.isEmpty();
    }

    void insert(HeldAlert alert) {
        alerts.put(alert.labels(), alert);
    }

    void timer(Timers.Timer next) {
        timer.cancel();
        timer = next;
    }

    /** It is being looked at now. */
    void look() {
        lookedAt = true;
        stale = false;
        again = Optional.empty();
    }

    boolean wasLookedAt() {
        return lookedAt;
    }

    /** It is to be looked at again after a time, sooner than it would be anyway; the soonest counts. */
    public void lookAgain(Duration delay) {
        again = again.filter(sooner -> sooner.compareTo(delay) <= 0).or(() -> Optional.of(delay));
    }

    Optional<Duration> again() {
        return again;
    }

    /** From now on what was resolved at this look may be forgotten once some messages are delivered. */
    void flushed(List<HeldAlert> resolved, Collection<String> messages) {
        resolvedAtFlush = List.copyOf(resolved);
        awaited.clear();
        awaited.addAll(messages);
        forgetResolved();
    }

    /** It is to be looked at again as soon as a message that is on its way has arrived. */
    public void setStale() {
        stale = true;
    }

    /** Notes a message as delivered; says whether the group is to be looked at again at once. */
    boolean delivered(String message) {
        if (!awaited.remove(message)) {
            return false;
        }
        forgetResolved();
        return stale;
    }

    private void forgetResolved() {
        if (awaited.isEmpty() && !stale) {
            // One that has fired again in the meantime is another object.
            resolvedAtFlush.forEach(alert -> alerts.remove(alert.labels(), alert));
            resolvedAtFlush = List.of();
        }
    }
}
