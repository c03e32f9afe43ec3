package org.hearthwatch.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.metric.Labels;

/** Alerts as the API has them. */
final class AlertJsonV2 {

    private static final int MOST_LABELS = 100;
    private static final int LONGEST = 64 * 1024;

    private AlertJsonV2() {}

    static ObjectNode write(DeskAlert alert) {
        ObjectNode node = Json.object();
        node.set("annotations", Json.texts(alert.annotations()));
        node.put("endsAt", Json.moment(alert.endsAt()));
        node.put("fingerprint", alert.fingerprint());
        ArrayNode receivers = node.putArray("receivers");
        alert.receivers().forEach(receiver -> receivers.addObject().put("name", receiver));
        node.put("startsAt", Json.moment(alert.startsAt()));
        ObjectNode status = node.putObject("status");
        texts(status, "inhibitedBy", alert.inhibitedBy());
        texts(status, "mutedBy", alert.mutedBy());
        texts(status, "silencedBy", alert.silencedBy());
        status.put("state", alert.isSuppressed() ? "suppressed" : "active");
        node.put("updatedAt", Json.moment(alert.updatedAt()));
        node.put("generatorURL", alert.generatorUrl());
        node.set("labels", Json.labels(alert.labels()));
        alert.acknowledgement()
                .ifPresent(each -> node.putObject("acknowledgement")
                        .put("by", each.by())
                        .put("comment", each.comment())
                        .put("at", Json.moment(each.at())));
        return node;
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    /**
     * An alert somebody sends.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static HeldAlert read(JsonNode node, Instant now, Duration resolveTimeout) {
        Labels labels = Json.labels(node.path("labels"));
        Map<String, String> annotations = Json.texts(node.path("annotations"));
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("at least one label pair required");
        }
        if (labels.size() > MOST_LABELS || length(labels.asMap()) + length(annotations) > LONGEST) {
            throw new IllegalArgumentException(
                    "more than " + MOST_LABELS + " labels, or " + LONGEST + " characters of labels and annotations");
        }
        Optional<Instant> starts = moment(node, "startsAt");
        Optional<Instant> ends = moment(node, "endsAt");
        Instant from = starts.or(() -> ends).orElse(now);
        Instant until = ends.orElse(now.plus(resolveTimeout));
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("start time must be before end time");
        }
        return new HeldAlert(
                labels, annotations, from, until, node.path("generatorURL").asText(), now, ends.isEmpty());
    }

    private static int length(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    /** A moment; none where it is missing, or Go's zero time. */
    private static Optional<Instant> moment(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() <= 1 ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + " is not a time in RFC 3339: " + text, e);
        }
    }
}
