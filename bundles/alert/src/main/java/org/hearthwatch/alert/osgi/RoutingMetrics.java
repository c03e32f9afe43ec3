package org.hearthwatch.alert.osgi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.delivery.Courier;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** The figures of routing and delivery. */
final class RoutingMetrics {

    private static final Gauge ALERTS =
            Gauge.of("hearthwatch_alert_held", "Firing alerts people are told of, by state", "state");
    private static final Gauge GROUPS = Gauge.of("hearthwatch_alert_groups", "Groups of alerts");
    private static final Gauge SILENCES = Gauge.of("hearthwatch_alert_silences", "Silences, by state", "state");
    private static final Gauge CHANNELS =
            Gauge.of("hearthwatch_alert_channels", "Channels messages can go to; with none nobody is told");
    private static final Gauge QUEUED = Gauge.of("hearthwatch_alert_queued_messages", "Messages that wait", "channel");
    private static final Gauge FAILING =
            Gauge.of("hearthwatch_alert_channel_failing", "1 while a channel fails", "channel");
    private static final Gauge OUTBOX = Gauge.of("hearthwatch_alert_outbox_bytes", "Length of the outbox's file");
    private static final Gauge REFUSED_ROUTING =
            Gauge.of("hearthwatch_alert_routing_refused", "1 while alertmanager.yml is not in force as it stands");
    private static final Counter RECEIVED =
            Counter.of("hearthwatch_alert_received_total", "Alerts taken in, by state", "state");
    private static final Counter MESSAGES =
            Counter.of("hearthwatch_alert_messages_total", "Messages delivered", "kind");
    private static final Counter FAILURES =
            Counter.of("hearthwatch_alert_message_failures_total", "Tries to deliver that failed", "kind");
    private static final Counter SUPPRESSED = Counter.of(
            "hearthwatch_alert_suppressed_total", "Alerts nobody was told of at a look at their group", "reason");
    private static final Counter DROPPED =
            Counter.of("hearthwatch_alert_dropped_total", "What found no room: alerts, groups, messages", "what");
    private static final Counter FORWARDED =
            Counter.of("hearthwatch_alert_forwarded_total", "Batches handed to other Alertmanagers", "result");

    private RoutingMetrics() {}

    static void report(Switchboard switchboard, int problems, long lost, Outside outside, SampleSink sink) {
        List<DeskAlert> alerts = switchboard.alerts();
        long suppressed = alerts.stream().filter(DeskAlert::isSuppressed).count();
        sink.set(ALERTS, (double) suppressed, "suppressed");
        sink.set(ALERTS, (double) (alerts.size() - suppressed), "active");
        sink.set(GROUPS, switchboard.groups().size());
        Instant now = Instant.now();
        for (Silence.State state : Silence.State.values()) {
            sink.set(
                    SILENCES,
                    (double) switchboard.silences().list().stream()
                            .filter(silence -> silence.state(now) == state)
                            .count(),
                    state.word());
        }
        sink.set(CHANNELS, switchboard.couriers().all().size());
        for (Courier courier : switchboard.couriers().all()) {
            String id = courier.channel().id();
            sink.set(QUEUED, switchboard.outbox().queued(id).size(), id);
            sink.set(FAILING, courier.failure().isPresent() ? 1 : 0, id);
        }
        sink.set(OUTBOX, (double) switchboard.outbox().size());
        sink.set(REFUSED_ROUTING, problems > 0 ? 1 : 0);
        switchboard.counts().forEach((what, count) -> report(what, count, sink));
        sink.set(DROPPED, (double) switchboard.outbox().overflowed(), "messages");
        sink.set(DROPPED, (double) lost, "inbox");
        Map<String, Long> forwarded = outside.counts();
        sink.set(FORWARDED, (double) forwarded.getOrDefault("forwarded", 0L), "success");
        sink.set(FORWARDED, (double) forwarded.getOrDefault("failed", 0L), "failure");
        sink.set(DROPPED, (double) forwarded.getOrDefault("dropped", 0L), "forwarding");
    }

    private static void report(String what, long count, SampleSink sink) {
        int space = what.indexOf(' ');
        String rest = what.substring(space + 1);
        switch (space < 0 ? what : what.substring(0, space)) {
            case "firing", "resolved" -> sink.set(RECEIVED, (double) count, what);
            case "delivered" -> sink.set(MESSAGES, (double) count, rest);
            case "failed" -> sink.set(FAILURES, (double) count, rest);
            case "suppressed" -> sink.set(SUPPRESSED, (double) count, rest);
            case "groups", "alerts" -> sink.set(DROPPED, (double) count, what.substring(0, space));
            default -> sink.set(DROPPED, (double) count, what);
        }
    }
}
