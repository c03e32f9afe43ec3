package org.hearthwatch.notifier.webhook.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Cut;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Opsgenie's alert API. */
final class OpsgenieSection implements Channel {

    private static final int LONGEST_MESSAGE = 130;
    private static final int LONGEST_DESCRIPTION = 15_000;
    private static final Set<String> TYPES = Set.of("team", "teams", "user", "escalation", "schedule");

    private final String api;
    private final SecretText key;
    private final String message;
    private final String description;
    private final String source;
    private final Map<String, String> details;
    private final String entity;
    private final List<Map<String, String>> responders = new ArrayList<>();
    private final String actions;
    private final String tags;
    private final String note;
    private final String priority;
    private final boolean updates;

    OpsgenieSection(Entry entry) throws InvalidReceiverException {
        String url = entry.textOrGlobal("api_url", "opsgenie_api_url").orElse("https://api.opsgenie.com/");
        api = url.endsWith("/") ? url : url + "/";
        key = Entry.needed("api_key", entry.secretOrGlobal("api_key", "opsgenie_api_key"));
        message = entry.text("message", "{{ template \"__subject\" . }}");
        description = entry.text("description", "{{ template \"opsgenie.default.description\" . }}");
        source = entry.text("source", "{{ template \"__alertmanagerURL\" . }}");
        details = entry.pairs("details");
        entity = entry.text("entity", "");
        actions = entry.text("actions", "");
        tags = entry.text("tags", "");
        note = entry.text("note", "");
        priority = entry.text("priority", "");
        updates = entry.truth("update_alerts", false);
        for (Entry responder : entry.parts("responders")) {
            responders.add(responder(responder));
        }
    }

    private static Map<String, String> responder(Entry entry) throws InvalidReceiverException {
        var responder = new TreeMap<String, String>();
        for (String name : List.of("id", "name", "username")) {
            responder.put(name, entry.text(name, ""));
        }
        if (responder.values().stream().allMatch(String::isEmpty)) {
            throw new InvalidReceiverException("responders", "a responder needs an id, a name or a username");
        }
        String type = entry.text("type", "");
        if (!type.contains("{{")) {
            type = type.toLowerCase(Locale.ROOT);
            if (!TYPES.contains(type)) {
                throw new InvalidReceiverException(
                        "responders", "type takes team, teams, user, escalation or schedule");
            }
        }
        responder.put("type", type);
        entry.complete();
        return responder;
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String authorization = "GenieKey " + draft.header(key);
        var calls = new ArrayList<Call>();
        String alert = api + "v2/alerts/" + draft.groupHash();
        String by = "?identifierType=alias";
        if (!draft.isFiring()) {
            calls.add(Json.post(
                    Draft.address(alert + "/close" + by),
                    new Json.Fields().put("source", draft.text(source)).map()));
        } else {
            Map<String, Object> fields = alert(draft);
            calls.add(Json.post(Draft.address(api + "v2/alerts"), fields));
            if (updates) {
                calls.add(put(alert + "/message" + by, Map.of("message", fields.get("message"))));
                calls.add(put(
                        alert + "/description" + by,
                        new Json.Fields()
                                .some("description", String.valueOf(fields.getOrDefault("description", "")))
                                .map()));
            }
        }
        return calls.stream()
                .map(call -> call.with("Authorization", authorization))
                .toList();
    }

    private static Call put(String address, Map<String, Object> fields) throws DeliveryException {
        return new Call("PUT", Draft.address(address), Map.of("Content-Type", "application/json"), Json.bytes(fields));
    }

    private Map<String, Object> alert(Draft draft) throws DeliveryException {
        var told =
                new TreeMap<String, String>(draft.notification().commonLabels().asMap());
        for (Map.Entry<String, String> detail : details.entrySet()) {
            told.put(detail.getKey(), draft.text(detail.getValue()));
        }
        var fields = new Json.Fields()
                .put("alias", draft.groupHash())
                .put("message", Cut.toCodePoints(draft.text(message), LONGEST_MESSAGE))
                .some("description", Cut.toCodePoints(draft.text(description), LONGEST_DESCRIPTION))
                .put("details", told)
                .put("source", draft.text(source));
        List<Map<String, Object>> who = responders(draft);
        if (!who.isEmpty()) {
            fields.put("responders", who);
        }
        List<String> marks = split(draft.text(tags));
        if (!marks.isEmpty()) {
            fields.put("tags", marks);
        }
        fields.some("note", draft.text(note))
                .some("priority", draft.text(priority))
                .some("entity", draft.text(entity));
        List<String> offered = split(draft.text(actions));
        if (!offered.isEmpty()) {
            fields.put("actions", offered);
        }
        return fields.map();
    }

    /** Those whose templates yield nothing are left out; {@code teams} names several. */
    private List<Map<String, Object>> responders(Draft draft) throws DeliveryException {
        var who = new ArrayList<Map<String, Object>>();
        for (Map<String, String> responder : responders) {
            var one = new Json.Fields();
            for (Map.Entry<String, String> part : responder.entrySet()) {
                one.some(part.getKey(), draft.text(part.getValue()));
            }
            if ("teams".equals(one.map().get("type"))) {
                split(String.valueOf(one.map().getOrDefault("name", "")))
                        .forEach(team -> who.add(new Json.Fields()
                                .put("name", team)
                                .put("type", "team")
                                .map()));
            } else if (one.map().keySet().stream().anyMatch(part -> !part.equals("type"))) {
                who.add(one.map());
            }
        }
        return who;
    }

    private static List<String> split(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
