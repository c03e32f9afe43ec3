package org.hearthwatch.alert.nflog;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.journal.Journal;
import org.hearthwatch.alert.journal.Json;

/**
 * What every channel still has to be told and what it was told last, in one file, so that a message leaves the queue and
 * becomes known as told in one step. A message that was handed over just before a crash is handed over once more, under the
 * same key. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    /** How many ended messages people can look back at. */
    private static final int MOST_PAST = 1_000;

    /** The file is written anew once it has grown to this and to twice what it began with. */
    private static final long COMPACT_FROM = 4L << 20;

    private static final Duration FIRING_RETENTION = Duration.ofDays(30);

    private final InstantSource clock;
    private final int mostQueued;
    private final Journal journal;
    private final Map<Slot, Message> queued = new LinkedHashMap<>();
    private final Map<Slot, Told> told = new LinkedHashMap<>();
    private final Deque<Attempt> past = new ArrayDeque<>();
    private long sizeAfterCompaction;
    private long overflowed;

    private Outbox(Journal journal, InstantSource clock, int mostQueued) {
        this.journal = journal;
        this.clock = clock;
        this.mostQueued = mostQueued;
    }

    /** @param mostQueued messages; the oldest is given up for one more */
    public static Outbox open(Path file, InstantSource clock, int mostQueued) throws IOException {
        var outbox = new Outbox(Journal.open(file), clock, mostQueued);
        outbox.journal.found().forEach(outbox::replay);
        outbox.compact();
        return outbox;
    }

    private void replay(String record) {
        JsonNode node = Json.parse(record);
        switch (OutboxJson.kind(node)) {
            case OutboxJson.QUEUED -> {
                Message message = OutboxJson.message(node);
                queued.remove(message.slot());
                queued.put(message.slot(), message);
            }
            case OutboxJson.DONE -> {
                Attempt attempt = OutboxJson.attempt(node);
                ended(attempt);
            }
            case OutboxJson.TOLD -> told.put(OutboxJson.toldSlot(node), OutboxJson.told(node));
            case OutboxJson.PAST -> remember(OutboxJson.attempt(node));
            default -> {
                // A record of a later version: it is of no use to this one.
            }
        }
    }

    private void ended(Attempt attempt) {
        Message message = queued.get(attempt.slot());
        if (message != null && message.key().equals(attempt.key())) {
            queued.remove(attempt.slot());
            if (attempt.delivered()) {
                told.put(message.slot(), message.told(attempt.at()));
            }
        }
        remember(attempt);
    }

    private void remember(Attempt attempt) {
        past.addLast(attempt);
        while (past.size() > MOST_PAST) {
            past.removeFirst();
        }
    }

    /** How many lines of the file could not be read when it was opened. */
    public int damaged() {
        return journal.damaged();
    }

    /** How many messages were given up because too many were queued. */
    public synchronized long overflowed() {
        return overflowed;
    }

    /** The file's length in bytes. */
    public synchronized long size() {
        return journal.size();
    }

    /** What a channel was told of a group last. */
    public synchronized Optional<Told> told(Slot slot) {
        return Optional.ofNullable(told.get(slot));
    }

    /** The message that waits for a slot. */
    public synchronized Optional<Message> queued(Slot slot) {
        return Optional.ofNullable(queued.get(slot));
    }

    /** All messages that wait, the oldest first. */
    public synchronized List<Message> queued() {
        return List.copyOf(queued.values());
    }

    /** The messages that wait for a channel, the oldest first. */
    public synchronized List<Message> queued(String channel) {
        return queued.values().stream()
                .filter(message -> message.slot().channel().equals(channel))
                .toList();
    }

    /** Ended messages, the newest first. */
    public synchronized List<Attempt> past(int most) {
        var newest = new ArrayList<Attempt>();
        past.descendingIterator().forEachRemaining(attempt -> {
            if (newest.size() < most) {
                newest.add(attempt);
            }
        });
        return newest;
    }

    /** The alerts whose end is still owed, with the keys of the groups they were told in. */
    public synchronized Map<String, List<HeldAlert>> owed() {
        var alerts = new LinkedHashMap<String, List<HeldAlert>>();
        told.forEach((slot, each) -> {
            // What waits says more than what was told before; it may be the end.
            if (!queued.containsKey(slot)) {
                alerts.computeIfAbsent(slot.group(), group -> new ArrayList<>()).addAll(each.firing());
            }
        });
        queued.forEach((slot, each) ->
                alerts.computeIfAbsent(slot.group(), group -> new ArrayList<>()).addAll(each.firing()));
        return alerts;
    }

    /** Queues messages, each in place of one that waits for the same slot. They are on disk when this returns. */
    public synchronized void queue(List<Message> messages) throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        var records = new ArrayList<String>();
        for (Message message : messages) {
            if (!queued.containsKey(message.slot()) && queued.size() >= mostQueued) {
                Message oldest = queued.values().iterator().next();
                records.add(OutboxJson.done(
                        given(oldest, 0, "given up: more than " + mostQueued + " messages were waiting")));
                overflowed++;
            }
            records.add(OutboxJson.queued(message));
            queued.remove(message.slot());
            queued.put(message.slot(), message);
        }
        write(records);
    }

    private Attempt given(Message message, int tries, String why) {
        Attempt attempt = Attempt.of(message, clock.instant(), false, tries, why);
        ended(attempt);
        return attempt;
    }

    /** Notes that messages were taken by the other side. */
    public synchronized void delivered(List<Message> messages, int tries, String answer) throws IOException {
        var records = new ArrayList<String>();
        for (Message message : messages) {
            Attempt attempt = Attempt.of(message, clock.instant(), true, tries, answer);
            boolean current = Optional.ofNullable(queued.get(message.slot()))
                    .filter(waiting -> waiting.key().equals(message.key()))
                    .isPresent();
            if (current) {
                ended(attempt);
                records.add(OutboxJson.done(attempt));
            } else {
                // A newer one took its place while it was on its way: what was told counts all the same.
                Told now = message.told(attempt.at());
                told.put(message.slot(), now);
                remember(attempt);
                records.add(OutboxJson.told(message.slot(), now));
                records.add(OutboxJson.past(attempt));
            }
        }
        write(records);
    }

    /** Notes that a message is given up; nothing counts as told. */
    public synchronized void givenUp(Message message, int tries, String why) throws IOException {
        write(List.of(OutboxJson.done(given(message, tries, why))));
    }

    /** Notes a message that never was queued, such as a test. */
    public synchronized void note(Message message, boolean delivered, String answer) throws IOException {
        Attempt attempt = Attempt.of(message, clock.instant(), delivered, 1, answer);
        remember(attempt);
        write(List.of(OutboxJson.past(attempt)));
    }

    /** Notes as told what nobody wants to hear of. */
    public synchronized void settle(Message message) throws IOException {
        Told now = message.told(message.at());
        told.put(message.slot(), now);
        write(List.of(OutboxJson.told(message.slot(), now)));
    }

    private void write(List<String> records) throws IOException {
        journal.append(records);
        if (journal.size() > Math.max(COMPACT_FROM, 2 * sizeAfterCompaction)) {
            compact();
        }
    }

    /** Forgets what has expired, and writes the file anew. */
    public synchronized void compact() throws IOException {
        Instant now = clock.instant();
        // What fires on without being repeated, as somebody looks after it, must not become news again.
        told.values()
                .removeIf(each -> !each.expires()
                        .plus(each.firing().isEmpty() ? Duration.ZERO : FIRING_RETENTION)
                        .isAfter(now));
        var records = new ArrayList<String>();
        past.forEach(attempt -> records.add(OutboxJson.past(attempt)));
        told.forEach((slot, each) -> records.add(OutboxJson.told(slot, each)));
        queued.values().forEach(message -> records.add(OutboxJson.queued(message)));
        journal.rewrite(records);
        sizeAfterCompaction = journal.size();
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
