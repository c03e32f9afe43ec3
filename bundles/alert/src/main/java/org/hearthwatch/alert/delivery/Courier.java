package org.hearthwatch.alert.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.nflog.Slot;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notifier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages of one channel, one at a time and in their order, each again and again until it is taken, cannot be
 * taken or is too old. What waits because of the channel's limit goes out together as one digest. Thread-safe.
 */
public final class Courier {

    /** After this a message is of no use to anybody. */
    private static final Duration TOO_OLD = Duration.ofHours(24);

    private static final Duration NO_NOTIFIER_RETRY = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Executor lane;
    private final Timers timers;
    private final InstantSource clock;
    private final Envelopes envelopes;
    private final DeliveryEvents events;
    private final CourierSettings settings;
    private final RateLimit limit;
    private final Map<String, Try> tries = new HashMap<>();
    private volatile Channel channel;
    private List<Message> onTheWay = List.of();
    private @Nullable Thread carrier;
    private Timers.Timer alarm = Timers.Timer.NONE;
    private int failures;
    private @Nullable Instant failingSince;
    private String failure = "";
    private Optional<Instant> lastDelivered = Optional.empty();
    private boolean limited;
    private boolean closed;

    /** How often a message was tried, and when it may be tried again. */
    private record Try(int count, Instant next) {

        static final Try NONE = new Try(0, Instant.EPOCH);
    }

    Courier(
            Channel channel,
            Outbox outbox,
            Executor lane,
            Timers timers,
            InstantSource clock,
            Envelopes envelopes,
            DeliveryEvents events,
            CourierSettings settings) {
        this.channel = channel;
        this.outbox = outbox;
        this.lane = lane;
        this.timers = timers;
        this.clock = clock;
        this.envelopes = envelopes;
        this.events = events;
        this.settings = settings;
        this.limit = new RateLimit(settings.limit());
    }

    public Channel channel() {
        return channel;
    }

    /** From now on carries the same by other means. */
    void use(Channel changed) {
        channel = changed;
        wake();
    }

    /** Whether a message for a slot is on its way at this moment. */
    public synchronized boolean isOnTheWay(Slot slot) {
        return onTheWay.stream().anyMatch(message -> message.slot().equals(slot));
    }

    /** Why it fails at present. */
    public synchronized Optional<String> failure() {
        return failingSince == null ? Optional.empty() : Optional.of(failure);
    }

    /** When it last delivered something. */
    public synchronized Optional<Instant> lastDelivered() {
        return lastDelivered;
    }

    /** Tries a message that waits for its next try at once. */
    public void hurry(Message message) {
        synchronized (this) {
            tries.remove(message.key());
        }
        wake();
    }

    /** Looks for something to carry. */
    public synchronized void wake() {
        if (closed || !onTheWay.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Message> waiting = outbox.queued(channel.id());
        tries.keySet().retainAll(waiting.stream().map(Message::key).toList());
        List<Message> due =
                waiting.stream().filter(message -> !next(message).isAfter(now)).toList();
        Duration wait = limit.wait(now);
        if (due.isEmpty()) {
            waiting.stream()
                    .map(this::next)
                    .min(Instant::compareTo)
                    .ifPresent(first -> alarm(Duration.between(now, first)));
        } else if (!wait.isZero()) {
            limited = true;
            alarm(wait);
        } else {
            carry(limited ? due : due.subList(0, 1));
            limited = false;
        }
    }

    private Instant next(Message message) {
        return tries.getOrDefault(message.key(), Try.NONE).next();
    }

    private void alarm(Duration delay) {
        alarm.cancel();
        alarm = timers.after(delay.isNegative() ? Duration.ZERO : delay, this::wake);
    }

    private void carry(List<Message> messages) {
        onTheWay = List.copyOf(messages);
        try {
            lane.execute(() -> deliver(messages));
        } catch (RejectedExecutionException e) {
            // The courier is being closed; what is queued stays so.
            onTheWay = List.of();
        }
    }

    private void deliver(List<Message> messages) {
        Optional<Notifier> notifier = channel.notifier().get();
        if (notifier.isEmpty()) {
            failed(
                    messages,
                    "no channel of the kind " + channel.kind() + " is running",
                    Optional.of(NO_NOTIFIER_RETRY));
            return;
        }
        Timers.Timer deadline = begin();
        try {
            String answer = notifier.get().deliver(envelopes.seal(channel, messages));
            end(deadline);
            delivered(messages, answer);
        } catch (DeliveryException e) {
            end(deadline);
            if (e.retryable()) {
                failed(messages, String.valueOf(e.getMessage()), e.retryAfter());
            } else {
                gaveUp(messages, String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            end(deadline);
            failed(messages, "no answer within " + settings.deadline().toSeconds() + " s", Optional.empty());
        } catch (RuntimeException e) {
            end(deadline);
            failed(messages, "the channel broke down: " + e, Optional.empty());
        }
    }

    private synchronized Timers.Timer begin() {
        Thread current = Thread.currentThread();
        carrier = current;
        return timers.after(settings.deadline(), () -> interrupt(current));
    }

    private synchronized void interrupt(Thread late) {
        if (carrier == late) {
            late.interrupt();
        }
    }

    private synchronized void end(Timers.Timer deadline) {
        carrier = null;
        deadline.cancel();
        // An interrupt that came after the answer is nobody's any more.
        boolean unused = Thread.interrupted();
    }

    private void delivered(List<Message> messages, String answer) {
        boolean recovered;
        try {
            outbox.delivered(messages, count(messages) + 1, answer);
        } catch (IOException e) {
            failed(messages, "delivered, but this could not be noted: " + e.getMessage(), Optional.empty());
            return;
        }
        synchronized (this) {
            Instant now = clock.instant();
            limit.sent(now);
            lastDelivered = Optional.of(now);
            recovered = failingSince != null;
            failingSince = null;
            failures = 0;
            onTheWay = List.of();
        }
        if (recovered) {
            events.recovered(channel);
        }
        events.delivered(channel, messages);
        wake();
    }

    private synchronized int count(List<Message> messages) {
        return tries.getOrDefault(messages.get(0).key(), Try.NONE).count();
    }

    private void failed(List<Message> messages, String why, Optional<Duration> asked) {
        Instant now = clock.instant();
        Instant since = note(why);
        for (Message message : messages) {
            int count;
            synchronized (this) {
                count = tries.getOrDefault(message.key(), Try.NONE).count() + 1;
                tries.put(message.key(), new Try(count, now.plus(Backoff.after(count, asked))));
            }
            if (message.at().plus(TOO_OLD).isBefore(now)) {
                giveUp(message, count, why);
            }
            events.failed(channel, message, false, since, failures(), why);
        }
        free();
    }

    private void gaveUp(List<Message> messages, String why) {
        Instant since = note(why);
        for (Message message : messages) {
            giveUp(message, count(List.of(message)) + 1, why);
            events.failed(channel, message, true, since, failures(), why);
        }
        free();
    }

    private void giveUp(Message message, int count, String why) {
        try {
            outbox.givenUp(message, count, why);
        } catch (IOException e) {
            synchronized (this) {
                failure = "given up, but this could not be noted: " + e.getMessage();
            }
        }
    }

    private synchronized Instant note(String why) {
        failure = why;
        failures++;
        Instant since = failingSince == null ? clock.instant() : failingSince;
        failingSince = since;
        return since;
    }

    private synchronized int failures() {
        return failures;
    }

    private void free() {
        synchronized (this) {
            onTheWay = List.of();
        }
        wake();
    }

    /** Carries nothing any more; what is queued stays so. */
    synchronized void close() {
        closed = true;
        alarm.cancel();
        Thread current = carrier;
        if (current != null) {
            current.interrupt();
        }
    }
}
