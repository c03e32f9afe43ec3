package org.hearthwatch.alert.silence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.journal.Journal;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.alert.Acknowledgement;
import org.hearthwatch.api.metric.Labels;

/**
 * Who looks after which alert, in a file. An acknowledgement ends with the alert: when it fires anew, later, people are
 * told anew. Thread-safe.
 */
public final class Acknowledgements implements AutoCloseable {

    private static final int MOST = 100_000;
    private static final long COMPACT_FROM = 1L << 20;
    /** How long one is kept whose alert is not heard of, such as during a restart. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final InstantSource clock;
    private final Journal journal;
    private final Map<Labels, Kept> kept = new LinkedHashMap<>();

    private record Kept(Acknowledgement acknowledgement, Instant lastFiring) {}

    private Acknowledgements(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    public static Acknowledgements open(Path file, InstantSource clock) throws IOException {
        var acknowledgements = new Acknowledgements(Journal.open(file), clock);
        acknowledgements.journal.found().forEach(acknowledgements::replay);
        acknowledgements.compact();
        return acknowledgements;
    }

    private void replay(String record) {
        JsonNode node = Json.parse(record);
        Labels labels = Json.labels(node.path("labels"));
        if (node.path("over").asBoolean()) {
            kept.remove(labels);
            return;
        }
        Optional<Instant> until = node.has("until") ? Optional.of(Json.instant(node.path("until"))) : Optional.empty();
        kept.put(
                labels,
                new Kept(
                        new Acknowledgement(
                                node.path("by").asText(),
                                node.path("comment").asText(),
                                Json.instant(node.path("at")),
                                until),
                        clock.instant()));
    }

    private static String record(Labels labels, Acknowledgement acknowledgement) {
        ObjectNode node = Json.object();
        node.set("labels", Json.labels(labels));
        node.put("by", acknowledgement.by());
        node.put("comment", acknowledgement.comment());
        node.put("at", acknowledgement.at().toString());
        acknowledgement.until().ifPresent(until -> node.put("until", until.toString()));
        return Json.text(node);
    }

    /** Who looks after an alert, if anybody does. */
    public synchronized Optional<Acknowledgement> find(Labels labels) {
        Instant now = clock.instant();
        return Optional.ofNullable(kept.get(labels))
                .map(Kept::acknowledgement)
                .filter(each -> each.until().map(now::isBefore).orElse(true));
    }

    /** Notes that somebody looks after some alerts. */
    public synchronized void add(Collection<Labels> alerts, Acknowledgement acknowledgement) throws IOException {
        journal.append(
                alerts.stream().map(labels -> record(labels, acknowledgement)).toList());
        Instant now = clock.instant();
        alerts.forEach(labels -> kept.put(labels, new Kept(acknowledgement, now)));
    }

    /** Ends what is over: of alerts that are resolved, or were not heard of for long. */
    public synchronized void collectGarbage(Collection<HeldAlert> resolved, Collection<HeldAlert> all)
            throws IOException {
        Instant now = clock.instant();
        all.stream()
                .filter(alert -> !alert.isResolved(now))
                .forEach(alert ->
                        kept.computeIfPresent(alert.labels(), (labels, each) -> new Kept(each.acknowledgement(), now)));
        List<Labels> over = kept.entrySet().stream()
                .filter(entry -> entry.getValue().lastFiring().isBefore(now.minus(PATIENCE))
                        || find(entry.getKey()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        end(over);
        end(resolved.stream().map(HeldAlert::labels).filter(kept::containsKey).toList());
        if (journal.size() > COMPACT_FROM) {
            compact();
        }
    }

    private void end(List<Labels> over) throws IOException {
        if (over.isEmpty()) {
            return;
        }
        journal.append(over.stream()
                .map(labels -> {
                    ObjectNode node = Json.object();
                    node.set("labels", Json.labels(labels));
                    return Json.text(node.put("over", true));
                })
                .toList());
        over.forEach(kept::remove);
    }

    private void compact() throws IOException {
        while (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        journal.rewrite(kept.entrySet().stream()
                .map(entry -> record(entry.getKey(), entry.getValue().acknowledgement()))
                .toList());
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
