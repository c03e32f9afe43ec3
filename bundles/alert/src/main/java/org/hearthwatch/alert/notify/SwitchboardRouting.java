package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.delivery.Courier;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.alert.nflog.Reason;
import org.hearthwatch.alert.nflog.Slot;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notifier;

/** Shows people what the switchboard would do and has done. Thread-safe. */
public final class SwitchboardRouting implements Routing {

    private static final int MOST_NOTICES = 1_000;

    private final Switchboard switchboard;
    private final Sealer sealer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Reloading reloading;

    /** Where the configuration comes from. */
    public interface Reloading {

        /** Reads it anew. */
        void reload() throws AlertingRefusal;

        /** What is wrong with the file, if something else is in force. */
        List<String> problems();
    }

    public SwitchboardRouting(
            Switchboard switchboard, Sealer sealer, InstantSource clock, LongSupplier nanoTime, Reloading reloading) {
        this.switchboard = switchboard;
        this.sealer = sealer;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.reloading = reloading;
    }

    @Override
    public Trace trace(Labels labels) {
        Plan plan = switchboard.plan();
        Instant now = clock.instant();
        var steps = new ArrayList<Step>();
        List<Route> routes = plan.root().match(labels, (route, matches) -> {
            steps.add(new Step(
                    route.depth(),
                    route.matchers().toString(),
                    route.options().receiver(),
                    matches,
                    route.continues()));
        });
        return new Trace(
                steps,
                routes.stream()
                        .map(route -> destination(plan, route, labels, now))
                        .toList(),
                switchboard.silences().silencing(labels),
                switchboard.inhibiting(labels));
    }

    @Override
    public List<Node> routes() {
        var nodes = new ArrayList<Node>();
        switchboard.plan().root().walk(route -> nodes.add(node(route)));
        return nodes;
    }

    private static Node node(Route route) {
        var options = route.options();
        return new Node(
                route.depth(),
                route.matchers().toString(),
                options.receiver(),
                route.continues(),
                options.groupByAll()
                        ? List.of("...")
                        : options.groupBy().stream().sorted().toList(),
                options.groupWait(),
                options.groupInterval(),
                options.repeatInterval(),
                options.muteTimeIntervals(),
                options.activeTimeIntervals());
    }

    private static Destination destination(Plan plan, Route route, Labels labels, Instant now) {
        var options = route.options();
        return new Destination(
                options.receiver(),
                route.key(),
                route.groupLabels(labels),
                options.groupWait(),
                options.groupInterval(),
                options.repeatInterval(),
                plan.channels(options.receiver()).stream()
                        .map(org.hearthwatch.alert.delivery.Channel::id)
                        .toList(),
                plan.mutedBy(route, now));
    }

    @Override
    public List<Receiver> receivers() {
        Plan plan = switchboard.plan();
        var receivers = new ArrayList<Receiver>();
        for (ReceiverConfig receiver : plan.config().receivers()) {
            receivers.add(new Receiver(
                    receiver.name(),
                    receiver.labels(),
                    plan.channels(receiver.name()).stream().map(this::shown).toList()));
        }
        return receivers;
    }

    private Channel shown(org.hearthwatch.alert.delivery.Channel channel) {
        Optional<Courier> courier = switchboard.couriers().find(channel.id());
        Optional<String> absent = channel.notifier().get().isPresent()
                ? Optional.empty()
                : Optional.of("no channel of the kind " + channel.kind() + " is running");
        return new Channel(
                channel.id(),
                channel.kind(),
                switchboard.outbox().queued(channel.id()).size(),
                courier.flatMap(Courier::lastDelivered),
                absent.or(() -> courier.flatMap(Courier::failure)));
    }

    @Override
    public List<TestResult> test(String receiver) throws AlertingRefusal, InterruptedException {
        List<org.hearthwatch.alert.delivery.Channel> channels = switchboard.plan().channels().values().stream()
                .flatMap(List::stream)
                .filter(channel ->
                        channel.receiver().equals(receiver) || channel.id().equals(receiver))
                .toList();
        if (channels.isEmpty()) {
            throw new AlertingRefusal(
                    AlertingRefusal.Kind.NOT_FOUND,
                    "There is no receiver, and no channel, " + receiver + "; hw:receiver-list shows them");
        }
        var results = new ArrayList<TestResult>();
        for (org.hearthwatch.alert.delivery.Channel channel : channels) {
            results.add(test(channel));
        }
        return results;
    }

    private TestResult test(org.hearthwatch.alert.delivery.Channel channel) throws InterruptedException {
        Instant now = clock.instant();
        var slot = new Slot(channel.id(), "test");
        HeldAlert firing = example("firing", now.plus(Duration.ofMinutes(5)), now);
        HeldAlert resolved = example("resolved", now, now);
        var message = new Message(
                new MessageKeys().next(slot, now),
                slot,
                channel.receiver(),
                "test",
                Labels.of("alertname", "HearthwatchTest"),
                Map.of(),
                Reason.TEST,
                now,
                now,
                List.of(firing, resolved));
        long began = nanoTime.getAsLong();
        boolean delivered = false;
        String answer;
        try {
            Optional<Notifier> notifier = channel.notifier().get();
            if (notifier.isPresent()) {
                answer = notifier.get().deliver(sealer.seal(channel, List.of(message)));
                delivered = true;
            } else {
                answer = "no channel of the kind " + channel.kind() + " is running";
            }
        } catch (DeliveryException e) {
            answer = String.valueOf(e.getMessage());
        }
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - began);
        try {
            switchboard.outbox().note(message, delivered, answer);
        } catch (IOException e) {
            answer += " (and this could not be noted: " + e.getMessage() + ")";
        }
        return new TestResult(channel.id(), delivered, took, answer);
    }

    private static HeldAlert example(String state, Instant end, Instant now) {
        return new HeldAlert(
                Labels.of("alertname", "HearthwatchTest", "severity", "info", "state", state),
                Map.of(
                        "summary",
                        "This is a test: nothing is wrong",
                        "description",
                        "An example of a " + state + " alert"),
                now.minus(Duration.ofMinutes(1)),
                end,
                "",
                now,
                false);
    }

    @Override
    public List<Notice> notices(int most) {
        return switchboard.outbox().past(Math.min(Math.max(0, most), MOST_NOTICES)).stream()
                .map(attempt -> new Notice(
                        attempt.at(),
                        attempt.key(),
                        attempt.receiver(),
                        attempt.slot().channel(),
                        attempt.slot().group(),
                        attempt.reason().words(),
                        attempt.delivered(),
                        attempt.tries(),
                        attempt.firing(),
                        attempt.resolved(),
                        attempt.answer()))
                .toList();
    }

    @Override
    public Status status() {
        Plan plan = switchboard.plan();
        return new Status(plan.source(), plan.config().original(), plan.since(), reloading.problems());
    }

    @Override
    public void reload() throws AlertingRefusal {
        reloading.reload();
    }
}
