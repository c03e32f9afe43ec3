package org.hearthwatch.alert.nflog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/**
 * What a channel is to be told of a group. An alert whose end lies after the message's moment fires.
 *
 * @param key the same for every try, and for no other message
 * @param groupKey the group as the receiver knows it, for threads of messages
 * @param at when it was decided
 * @param expires until when what it told is remembered
 */
public record Message(
        String key,
        Slot slot,
        String receiver,
        String groupKey,
        Labels groupLabels,
        Map<String, String> routeLabels,
        Reason reason,
        Instant at,
        Instant expires,
        List<HeldAlert> alerts) {

    public Message {
        routeLabels = Map.copyOf(routeLabels);
        alerts = List.copyOf(alerts);
    }

    public List<HeldAlert> firing() {
        return alerts.stream().filter(alert -> !alert.isResolved(at)).toList();
    }

    public List<HeldAlert> resolved() {
        return alerts.stream().filter(alert -> alert.isResolved(at)).toList();
    }

    /** What the channel knows once it has this. */
    Told told(Instant when) {
        Set<Long> ended = resolved().stream().map(HeldAlert::fingerprint).collect(Collectors.toSet());
        return new Told(when, expires, firing(), ended);
    }

    /** Whether another tells of the same alerts in the same state. */
    public boolean saysTheSame(Message other) {
        return beginnings(firing()).equals(beginnings(other.firing()))
                && beginnings(resolved()).equals(beginnings(other.resolved()));
    }

    private static Map<Labels, Instant> beginnings(List<HeldAlert> alerts) {
        return alerts.stream().collect(Collectors.toMap(HeldAlert::labels, HeldAlert::startsAt, (one, other) -> one));
    }
}
