package org.hearthwatch.alert.nflog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.hearthwatch.alert.held.AlertJson;
import org.hearthwatch.alert.journal.Json;

/** The outbox's records. Which one it is stands in {@code kind}. */
final class OutboxJson {

    static final String QUEUED = "queued";
    static final String DONE = "done";
    static final String TOLD = "told";
    static final String PAST = "past";

    private OutboxJson() {}

    static String kind(JsonNode node) {
        return node.path("kind").asText();
    }

    private static ObjectNode record(String kind, Slot slot) {
        return Json.object().put("kind", kind).put("channel", slot.channel()).put("group", slot.group());
    }

    private static Slot slot(JsonNode node) {
        return new Slot(node.path("channel").asText(), node.path("group").asText());
    }

    static String queued(Message message) {
        ObjectNode node = record(QUEUED, message.slot());
        node.put("key", message.key());
        node.put("receiver", message.receiver());
        node.put("groupKey", message.groupKey());
        node.set("groupLabels", Json.labels(message.groupLabels()));
        node.set("routeLabels", Json.texts(message.routeLabels()));
        node.put("reason", message.reason().name());
        node.put("at", message.at().toString());
        node.put("expires", message.expires().toString());
        node.set("alerts", AlertJson.write(message.alerts()));
        return Json.text(node);
    }

    static Message message(JsonNode node) {
        return new Message(
                node.path("key").asText(),
                slot(node),
                node.path("receiver").asText(),
                node.path("groupKey").asText(),
                Json.labels(node.path("groupLabels")),
                Json.texts(node.path("routeLabels")),
                Reason.of(node.path("reason").asText()),
                Json.instant(node.path("at")),
                Json.instant(node.path("expires")),
                AlertJson.read(node.path("alerts")));
    }

    /** That a message is no longer queued, and how it ended. */
    static String done(Attempt attempt) {
        return Json.text(past(DONE, attempt));
    }

    /** How a message ended that was forgotten otherwise. */
    static String past(Attempt attempt) {
        return Json.text(past(PAST, attempt));
    }

    private static ObjectNode past(String kind, Attempt attempt) {
        return record(kind, attempt.slot())
                .put("key", attempt.key())
                .put("receiver", attempt.receiver())
                .put("reason", attempt.reason().name())
                .put("at", attempt.at().toString())
                .put("delivered", attempt.delivered())
                .put("tries", attempt.tries())
                .put("answer", attempt.answer())
                .put("firing", attempt.firing())
                .put("resolved", attempt.resolved());
    }

    static Attempt attempt(JsonNode node) {
        return new Attempt(
                node.path("key").asText(),
                slot(node),
                node.path("receiver").asText(),
                Reason.of(node.path("reason").asText()),
                Json.instant(node.path("at")),
                node.path("delivered").asBoolean(),
                node.path("tries").asInt(),
                node.path("answer").asText(),
                node.path("firing").asInt(),
                node.path("resolved").asInt());
    }

    static String told(Slot slot, Told told) {
        ObjectNode node = record(TOLD, slot);
        node.put("at", told.at().toString());
        node.put("expires", told.expires().toString());
        node.set("firing", AlertJson.write(told.firing()));
        ArrayNode resolved = node.putArray("resolved");
        told.resolved().forEach(resolved::add);
        return Json.text(node);
    }

    static Slot toldSlot(JsonNode node) {
        return slot(node);
    }

    static Told told(JsonNode node) {
        Set<Long> resolved = new HashSet<>();
        node.path("resolved").forEach(fingerprint -> resolved.add(fingerprint.asLong()));
        return new Told(
                Json.instant(node.path("at")),
                Json.instant(node.path("expires")),
                AlertJson.read(node.path("firing")),
                resolved);
    }
}
