package org.hearthwatch.notifier.webhook.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.Priorities;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;
import org.jspecify.annotations.Nullable;

/** PagerDuty's Events API, version 2 with a routing key and version 1 with a service key. */
final class PagerDutySection implements Channel {

    private static final int LONGEST_SUMMARY = 1_024;
    private static final int LONGEST_EVENT = 512_000;
    private static final int MOST_BUTTONS = 4;
    private static final String V1 = "https://events.pagerduty.com/generic/2010-04-15/create_event.json";
    private static final String V2 = "https://events.pagerduty.com/v2/enqueue";

    private static final Map<String, Object> DETAILS = Map.of(
            "firing", "{{ .Alerts.Firing | toJson }}",
            "resolved", "{{ .Alerts.Resolved | toJson }}",
            "num_firing", "{{ .Alerts.Firing | len }}",
            "num_resolved", "{{ .Alerts.Resolved | len }}");

    private final Optional<SecretText> serviceKey;
    private final Optional<SecretText> routingKey;
    private final String url;
    private final String client;
    private final String clientUrl;
    private final String description;
    private final String source;
    private final String severity;
    private final Optional<Priorities> priorities;
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<Map<String, String>> images;
    private final List<Map<String, String>> links;
    private final boolean buttons;

    PagerDutySection(Entry entry) throws InvalidReceiverException {
        serviceKey = entry.secret("service_key");
        routingKey = entry.secret("routing_key");
        if (serviceKey.isEmpty() && routingKey.isEmpty()) {
            throw new InvalidReceiverException("routing_key", "one of routing_key and service_key is needed");
        }
        url = entry.textOrGlobal("url", "pagerduty_url").orElse(V2);
        client = entry.text("client", "{{ template \"pagerduty.default.client\" . }}");
        clientUrl = entry.text("client_url", "{{ template \"pagerduty.default.clientURL\" . }}");
        description = entry.text("description", "{{ template \"pagerduty.default.description\" . }}");
        source = entry.text("source", client);
        severity = entry.text("severity", "error");
        priorities = PriorityKey.of(entry);
        for (String key : List.of("class", "component", "group")) {
            parts.put(key, entry.text(key, ""));
        }
        details.putAll(DETAILS);
        details.putAll(entry.any("details"));
        images = maps(entry.parts("images"), List.of("src", "alt", "href"));
        links = maps(entry.parts("links"), List.of("href", "text"));
        buttons = entry.truth("buttons", false);
    }

    private static List<Map<String, String>> maps(List<Entry> entries, List<String> keys)
            throws InvalidReceiverException {
        var maps = new ArrayList<Map<String, String>>();
        for (Entry entry : entries) {
            var map = new LinkedHashMap<String, String>();
            for (String key : keys) {
                map.put(key, entry.text(key, ""));
            }
            entry.complete();
            maps.add(map);
        }
        return maps;
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var rendered = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<String, Object> detail : details.entrySet()) {
            rendered.put(detail.getKey(), Rendered.of(draft, detail.getValue()));
        }
        Call call = event(draft, rendered);
        if (call.body().length > LONGEST_EVENT) {
            call = event(draft, Map.of("error", "The details were left out: the event was longer than 512 kB"));
        }
        return List.of(call);
    }

    private Call event(Draft draft, Map<String, @Nullable Object> rendered) throws DeliveryException {
        return serviceKey.isPresent() && routingKey.isEmpty()
                ? first(draft, serviceKey.get(), rendered)
                : second(draft, routingKey.orElseThrow(), rendered);
    }

    private Call first(Draft draft, SecretText key, Map<String, @Nullable Object> rendered) throws DeliveryException {
        var event = new Json.Fields()
                .put("service_key", key(draft, key))
                .put("incident_key", draft.groupHash())
                .put("event_type", draft.isFiring() ? "trigger" : "resolve")
                .put("description", Cut.toCodePoints(draft.text(description), LONGEST_SUMMARY))
                .put("details", rendered);
        if (draft.isFiring()) {
            event.some("client", draft.text(client)).some("client_url", draft.text(clientUrl));
        }
        return Json.post(Draft.address(V1), event.map());
    }

    private Call second(Draft draft, SecretText key, Map<String, @Nullable Object> rendered) throws DeliveryException {
        var payload = new Json.Fields()
                .put("summary", Cut.toCodePoints(draft.text(description), LONGEST_SUMMARY))
                .put("source", draft.text(source))
                .put(
                        "severity",
                        priorities.isPresent() ? priorities.get().of(draft.notification()) : draft.text(severity));
        for (Map.Entry<String, String> part : parts.entrySet()) {
            payload.some(part.getKey(), draft.text(part.getValue()));
        }
        payload.put("custom_details", rendered);
        var event = new Json.Fields()
                .put("routing_key", key(draft, key))
                .put("dedup_key", draft.groupHash())
                .put("event_action", draft.isFiring() ? "trigger" : "resolve")
                .put("payload", payload.map())
                .some("client", draft.text(client))
                .some("client_url", draft.text(clientUrl));
        List<Map<String, Object>> shown = expanded(draft, images, "src");
        if (!shown.isEmpty()) {
            event.put("images", shown);
        }
        var linked = new ArrayList<>(expanded(draft, links, "href"));
        for (Draft.Button button : buttons ? draft.buttons(MOST_BUTTONS) : List.<Draft.Button>of()) {
            linked.add(new Json.Fields()
                    .put("href", button.address().toString())
                    .put("text", button.label())
                    .map());
        }
        if (!linked.isEmpty()) {
            event.put("links", linked);
        }
        return Json.post(Draft.address(url), event.map());
    }

    private static String key(Draft draft, SecretText key) throws DeliveryException {
        String value = draft.text(draft.open(key));
        if (value.isBlank()) {
            throw DeliveryException.lasting("The key is empty");
        }
        return value;
    }

    private static List<Map<String, Object>> expanded(Draft draft, List<Map<String, String>> templates, String needed)
            throws DeliveryException {
        var all = new ArrayList<Map<String, Object>>();
        for (Map<String, String> template : templates) {
            var one = new Json.Fields();
            for (Map.Entry<String, String> part : template.entrySet()) {
                one.put(part.getKey(), draft.text(part.getValue()));
            }
            if (!String.valueOf(one.map().get(needed)).isEmpty()) {
                all.add(one.map());
            }
        }
        return all;
    }

    /** Version 1 says with 403 that there were too many. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        if (answer.status() == 403 && routingKey.isEmpty()) {
            throw Verdict.passing(answer, Verdict.line(answer));
        }
        return Verdict.of(answer);
    }
}
