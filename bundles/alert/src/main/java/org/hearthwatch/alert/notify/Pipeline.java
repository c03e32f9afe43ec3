package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.cause.Verdict;
import org.hearthwatch.alert.delivery.Channel;
import org.hearthwatch.alert.delivery.Courier;
import org.hearthwatch.alert.delivery.Couriers;
import org.hearthwatch.alert.dispatch.AggregationGroup;
import org.hearthwatch.alert.dispatch.Dispatcher;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.inhibit.Inhibitor;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.nflog.Reason;
import org.hearthwatch.alert.nflog.Slot;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;

/**
 * Decides at each look at a group who is told what, in Alertmanager's order: inhibited alerts fall out, then the route's
 * time intervals count, then silences; what is left is held against what each channel was told last. Not thread-safe.
 */
final class Pipeline implements Dispatcher.Flush {

    /** Awaited by groups whose resolved alerts are not to be forgotten yet; no message has it. */
    private static final String FOR_EVER = "-";

    private final Plan plan;
    private final Inhibitor inhibitor;
    private final SilenceBook silences;
    private final Acknowledgements acknowledgements;
    private final FlapWatch flaps;
    private final Causes causes;
    private final Outbox outbox;
    private final Couriers couriers;
    private final DeskSettings settings;
    private final MessageKeys keys;
    private final Suppressed suppressed;
    private final Failures failures;

    /** Is told when a message could not be queued. */
    @FunctionalInterface
    interface Failures {
        void failed(String what, IOException why);
    }

    Pipeline(
            Plan plan,
            Inhibitor inhibitor,
            SilenceBook silences,
            Acknowledgements acknowledgements,
            FlapWatch flaps,
            Causes causes,
            Outbox outbox,
            Couriers couriers,
            DeskSettings settings,
            MessageKeys keys,
            Suppressed suppressed,
            Failures failures) {
        this.plan = plan;
        this.inhibitor = inhibitor;
        this.silences = silences;
        this.acknowledgements = acknowledgements;
        this.flaps = flaps;
        this.causes = causes;
        this.outbox = outbox;
        this.couriers = couriers;
        this.settings = settings;
        this.keys = keys;
        this.suppressed = suppressed;
        this.failures = failures;
    }

    @Override
    public Collection<String> flush(AggregationGroup group, List<HeldAlert> alerts, Instant now) {
        List<HeldAlert> rest = without(
                alerts, alert -> inhibitor.inhibitedBy(alert.labels(), now).isPresent(), "inhibition");
        List<String> mutedBy = plan.mutedBy(group.route(), now);
        group.mutedBy(mutedBy);
        if (!mutedBy.isEmpty()) {
            suppressed.count("time_interval", rest.size());
            return List.of();
        }
        rest = without(rest, alert -> !silences.silencing(alert.labels()).isEmpty(), "silence");
        rest = withoutConsequences(group, rest, now);
        boolean flapping =
                settings.folding().flapping() && rest.stream().anyMatch(alert -> flaps.isFlapping(alert.labels(), now));
        if (flapping) {
            rest = rest.stream().map(alert -> folded(alert, now)).toList();
        }
        if (rest.isEmpty()) {
            return List.of();
        }
        if (settings.folding().causes()) {
            rest = rest.stream().map(alert -> withConsequences(alert, now)).toList();
        }
        Set<String> awaited = tell(group, rest, now);
        if (flapping) {
            awaited.add(FOR_EVER);
        }
        return awaited;
    }

    private List<HeldAlert> without(List<HeldAlert> alerts, Predicate<HeldAlert> muted, String why) {
        List<HeldAlert> rest = alerts.stream().filter(muted.negate()).toList();
        suppressed.count(why, alerts.size() - rest.size());
        return rest;
    }

    /** Without what is told with its cause, what waits for one, and the ends of what was never told for that. */
    private List<HeldAlert> withoutConsequences(AggregationGroup group, List<HeldAlert> alerts, Instant now) {
        if (!settings.folding().causes()) {
            return alerts;
        }
        Set<Long> told = told(group);
        var rest = new ArrayList<HeldAlert>();
        for (HeldAlert alert : alerts) {
            if (alert.isResolved(now)) {
                if (told.contains(alert.fingerprint()) || !causes.isPlaced(alert)) {
                    rest.add(alert);
                }
                continue;
            }
            Verdict verdict = causes.judge(alert, now, settings.folding().causeWait());
            if (verdict instanceof Verdict.Tell) {
                rest.add(alert);
            } else {
                suppressed.count(verdict.word(), 1);
            }
            if (verdict instanceof Verdict.Held held) {
                group.lookAgain(Duration.between(now, held.until()));
            }
        }
        return rest;
    }

    private Set<Long> told(AggregationGroup group) {
        return plan.channels(group.route().options().receiver()).stream()
                .flatMap(channel -> outbox.told(new Slot(channel.id(), group.key())).stream())
                .flatMap(told -> told.firingFingerprints().stream())
                .collect(Collectors.toSet());
    }

    /** An alert that others are folded under says how many and which. */
    private HeldAlert withConsequences(HeldAlert alert, Instant now) {
        List<HeldAlert> folded = alert.isResolved(now) ? List.of() : causes.consequences(alert, now);
        return folded.isEmpty() ? alert : alert.with(Consequences.told(alert.annotations(), folded));
    }

    /** An alert that comes and goes is told of as one that fires, under a label that says so. */
    private HeldAlert folded(HeldAlert alert, Instant now) {
        if (!flaps.isFlapping(alert.labels(), now)) {
            return alert;
        }
        return new HeldAlert(
                alert.labels().with("flapping", "true"),
                alert.annotations(),
                alert.startsAt(),
                now.plus(Duration.ofDays(1)),
                alert.generatorUrl(),
                alert.updatedAt(),
                false);
    }

    private Set<String> tell(AggregationGroup group, List<HeldAlert> alerts, Instant now) {
        var awaited = new HashSet<String>();
        var messages = new ArrayList<Message>();
        String receiver = group.route().options().receiver();
        for (Channel channel : plan.channels(receiver)) {
            consider(group, group.key(), channel, alerts, repeat(group, alerts, now), Optional.empty(), now)
                    .ifPresent(message -> decide(group, message, channel, messages, awaited));
        }
        escalation(group, alerts, now, messages, awaited);
        queue(messages);
        return awaited;
    }

    private void escalation(
            AggregationGroup group, List<HeldAlert> alerts, Instant now, List<Message> messages, Set<String> awaited) {
        if (settings.escalateAfter().isEmpty()
                || group.route().options().receiver().equals(settings.escalateTo())) {
            return;
        }
        Instant latest = now.minus(settings.escalateAfter().get());
        List<HeldAlert> overdue = alerts.stream()
                .filter(alert -> alert.isResolved(now) || !alert.startsAt().isAfter(latest))
                .filter(alert -> alert.isResolved(now)
                        || acknowledgements.find(alert.labels()).isEmpty())
                .toList();
        for (Channel channel : plan.channels(settings.escalateTo())) {
            String key = "escalation:" + group.key();
            Optional<Duration> repeat = Optional.of(group.route().options().repeatInterval());
            consider(group, key, channel, overdue, repeat, Optional.of(Reason.ESCALATION), now)
                    .ifPresent(message -> decide(group, message, channel, messages, awaited));
        }
    }

    /** When the same is told again; never while somebody looks after all of it. */
    private Optional<Duration> repeat(AggregationGroup group, List<HeldAlert> alerts, Instant now) {
        boolean lookedAfter = alerts.stream()
                .filter(alert -> !alert.isResolved(now))
                .allMatch(alert -> acknowledgements.find(alert.labels()).isPresent());
        if (lookedAfter) {
            return Optional.empty();
        }
        Duration own = group.route().options().repeatInterval();
        return Optional.of(settings.repeatUntilAcknowledged()
                .filter(sooner -> sooner.compareTo(own) < 0)
                .orElse(own));
    }

    private Optional<Message> consider(
            AggregationGroup group,
            String slotKey,
            Channel channel,
            List<HeldAlert> alerts,
            Optional<Duration> repeat,
            Optional<Reason> special,
            Instant now) {
        var slot = new Slot(channel.id(), slotKey);
        Reason reason = Reason.of(
                outbox.told(slot),
                fingerprints(alerts, alert -> !alert.isResolved(now)),
                fingerprints(alerts, alert -> alert.isResolved(now)),
                channel.sendResolved(),
                repeat,
                now);
        if (reason == Reason.NONE && outbox.queued(slot).isEmpty()) {
            return Optional.empty();
        }
        Reason shown = reason == Reason.NONE || reason == Reason.ALL_RESOLVED ? reason : special.orElse(reason);
        return Optional.of(new Message(
                keys.next(slot, now),
                slot,
                channel.receiver(),
                group.key(),
                group.labels(),
                group.route().options().labels(),
                shown,
                now,
                now.plus(group.route().options().repeatInterval().multipliedBy(2)),
                alerts));
    }

    private void decide(
            AggregationGroup group, Message message, Channel channel, List<Message> messages, Set<String> awaited) {
        Optional<Message> waiting = outbox.queued(message.slot());
        boolean onTheWay = waiting.isPresent()
                && couriers.find(channel.id())
                        .filter(courier -> courier.isOnTheWay(message.slot()))
                        .isPresent();
        if (waiting.isPresent() && (onTheWay || message.reason() == Reason.NONE)) {
            // What changed since is told once it has arrived.
            awaited.add(waiting.get().key());
            group.setStale();
        } else if (waiting.isPresent() && waiting.get().saysTheSame(message)) {
            // It keeps its key: it may have arrived already, just before a crash.
            awaited.add(waiting.get().key());
            couriers.find(channel.id()).ifPresent(courier -> courier.hurry(waiting.get()));
        } else if (waiting.isPresent()
                && message.firing().isEmpty()
                && !waiting.get().firing().isEmpty()) {
            // It never heard that this began, so it hears of that first.
            awaited.add(waiting.get().key());
            group.setStale();
        } else if (!channel.sendResolved() && message.firing().isEmpty()) {
            settle(message);
        } else {
            messages.add(message);
            awaited.add(message.key());
        }
    }

    private void settle(Message message) {
        try {
            outbox.settle(message);
        } catch (IOException e) {
            failures.failed("A note that all alerts of a group are resolved", e);
        }
    }

    private void queue(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            outbox.queue(messages);
        } catch (IOException e) {
            failures.failed(messages.size() + " messages", e);
        }
        messages.stream()
                .map(message -> message.slot().channel())
                .distinct()
                .forEach(channel -> couriers.find(channel).ifPresent(Courier::wake));
    }

    /** Hands a message that a channel cannot deliver to those who stand in for it. */
    void fallBack(Channel failing, Message message, Instant now) {
        var copies = new ArrayList<Message>();
        for (Channel channel : plan.channels(settings.fallback())) {
            var slot = new Slot(
                    channel.id(),
                    "fallback:" + failing.id() + ":" + message.slot().group());
            boolean isItself =
                    channel.id().equals(failing.id()) || message.slot().group().startsWith("fallback:");
            Reason reason = Reason.of(
                    outbox.told(slot),
                    fingerprints(message.firing(), alert -> true),
                    fingerprints(message.resolved(), alert -> true),
                    channel.sendResolved(),
                    Optional.of(Duration.ofHours(4)),
                    now);
            if (!isItself && reason != Reason.NONE && outbox.queued(slot).isEmpty()) {
                copies.add(new Message(
                        keys.next(slot, now),
                        slot,
                        channel.receiver(),
                        message.groupKey(),
                        message.groupLabels(),
                        message.routeLabels(),
                        Reason.FALLBACK,
                        message.at(),
                        message.expires(),
                        message.alerts()));
            }
        }
        queue(copies);
    }

    private static Set<Long> fingerprints(List<HeldAlert> alerts, Predicate<HeldAlert> which) {
        return alerts.stream().filter(which).map(HeldAlert::fingerprint).collect(Collectors.toSet());
    }

    /** Counts alerts that nobody was told of, by reason. Thread-safe. */
    static final class Suppressed {

        private final Map<String, Long> counts = new HashMap<>();

        synchronized void count(String reason, int alerts) {
            counts.merge(reason, (long) alerts, Long::sum);
        }

        synchronized Map<String, Long> counts() {
            return Map.copyOf(counts);
        }
    }
}
