package org.hearthwatch.notifier.webhook.section;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Cut;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Splunk On-Call's (VictorOps') REST endpoint. */
final class VictorOpsSection implements Channel {

    private static final int LONGEST_MESSAGE = 20_480;
    private static final Set<String> TYPES = Set.of("INFO", "WARNING", "CRITICAL");
    private static final Set<String> FIXED = Set.of(
            "routing_key",
            "message_type",
            "state_message",
            "entity_display_name",
            "monitoring_tool",
            "entity_id",
            "entity_state");

    private final String api;
    private final SecretText key;
    private final String routingKey;
    private final String type;
    private final String message;
    private final String name;
    private final String tool;
    private final Map<String, String> fields;

    VictorOpsSection(Entry entry) throws InvalidReceiverException {
        String url = entry.textOrGlobal("api_url", "victorops_api_url")
                .orElse("https://alert.victorops.com/integrations/generic/20131114/alert/");
        api = url.endsWith("/") ? url : url + "/";
        key = Entry.needed("api_key", entry.secretOrGlobal("api_key", "victorops_api_key"));
        routingKey = entry.needed("routing_key");
        type = entry.text("message_type", "CRITICAL");
        message = entry.text("state_message", "{{ template \"victorops.default.state_message\" . }}");
        name = entry.text("entity_display_name", "{{ template \"__subject\" . }}");
        tool = entry.text("monitoring_tool", "{{ template \"__alertmanager\" . }}");
        fields = entry.pairs("custom_fields");
        for (String field : fields.keySet()) {
            if (FIXED.contains(field)) {
                throw new InvalidReceiverException("custom_fields", field + " cannot be a field of one's own");
            }
        }
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String asked = draft.text(type);
        String told = draft.isFiring() ? (TYPES.contains(asked) ? asked : "CRITICAL") : "RECOVERY";
        var event = new Json.Fields()
                .put("message_type", told)
                .put("entity_id", draft.groupHash())
                .put("entity_display_name", draft.text(name))
                .put("state_message", Cut.toCodePoints(draft.text(message), LONGEST_MESSAGE))
                .put("monitoring_tool", draft.text(tool));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            event.put(field.getKey(), draft.text(field.getValue()));
        }
        String address = api + encoded(draft.open(key)) + "/" + encoded(draft.text(routingKey));
        return List.of(Json.post(Draft.address(address), event.map()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
