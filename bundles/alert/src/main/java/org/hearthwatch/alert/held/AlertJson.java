package org.hearthwatch.alert.held;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hearthwatch.alert.journal.Json;

/** Alerts in records. */
public final class AlertJson {

    private AlertJson() {}

    public static ArrayNode write(Collection<HeldAlert> alerts) {
        ArrayNode array = Json.array();
        alerts.forEach(alert -> array.add(write(alert)));
        return array;
    }

    private static ObjectNode write(HeldAlert alert) {
        ObjectNode node = Json.object();
        node.set("labels", Json.labels(alert.labels()));
        node.set("annotations", Json.texts(alert.annotations()));
        node.put("startsAt", alert.startsAt().toString());
        node.put("endsAt", alert.endsAt().toString());
        node.put("generatorURL", alert.generatorUrl());
        node.put("updatedAt", alert.updatedAt().toString());
        node.put("timeout", alert.timeout());
        return node;
    }

    /** @throws IllegalArgumentException if they were not written here */
    public static List<HeldAlert> read(JsonNode array) {
        var alerts = new ArrayList<HeldAlert>();
        for (JsonNode node : array) {
            alerts.add(new HeldAlert(
                    Json.labels(node.path("labels")),
                    Json.texts(node.path("annotations")),
                    Json.instant(node.path("startsAt")),
                    Json.instant(node.path("endsAt")),
                    node.path("generatorURL").asText(),
                    Json.instant(node.path("updatedAt")),
                    node.path("timeout").asBoolean()));
        }
        return alerts;
    }
}
