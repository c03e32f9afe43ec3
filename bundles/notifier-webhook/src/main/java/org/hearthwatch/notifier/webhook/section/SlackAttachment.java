package org.hearthwatch.notifier.webhook.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;

/** The card of a Slack message, its texts being templates. Thread-safe. */
final class SlackAttachment {

    private static final List<String> MARKDOWN_IN = List.of("fallback", "pretext", "text");

    private final String title;
    private final String text;
    private final Map<String, String> texts = new TreeMap<>();
    private final List<String> markdownIn;
    private final List<Field> fields = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();

    private record Field(String title, String value, boolean isShort) {}

    private record Action(Map<String, String> texts, Map<String, String> confirm) {}

    SlackAttachment(Entry entry) throws InvalidReceiverException {
        title = entry.text("title", "{{ template \"slack.default.title\" . }}");
        text = entry.text("text", "{{ template \"slack.default.text\" . }}");
        texts.put("title_link", entry.text("title_link", "{{ template \"slack.default.titlelink\" . }}"));
        texts.put("pretext", entry.text("pretext", ""));
        texts.put("fallback", entry.text("fallback", "{{ template \"slack.default.fallback\" . }}"));
        texts.put("callback_id", entry.text("callback_id", ""));
        texts.put("footer", entry.text("footer", ""));
        texts.put("color", entry.text("color", "{{ template \"slack.default.color\" . }}"));
        texts.put("image_url", entry.text("image_url", ""));
        texts.put("thumb_url", entry.text("thumb_url", ""));
        List<String> given = entry.texts("mrkdwn_in");
        markdownIn = given.isEmpty() ? MARKDOWN_IN : given;
        boolean shortFields = entry.truth("short_fields", false);
        for (Entry field : entry.parts("fields")) {
            fields.add(new Field(field.needed("title"), field.needed("value"), field.truth("short", shortFields)));
            field.complete();
        }
        for (Entry action : entry.parts("actions")) {
            actions.add(action(action));
        }
    }

    private static Action action(Entry entry) throws InvalidReceiverException {
        var texts = new TreeMap<String, String>();
        texts.put("type", entry.needed("type"));
        texts.put("text", entry.needed("text"));
        texts.put("style", entry.text("style", ""));
        String url = entry.text("url", "");
        String name = entry.text("name", "");
        String value = entry.text("value", "");
        var confirm = new TreeMap<String, String>();
        Optional<Entry> asks = entry.part("confirm");
        if (asks.isPresent()) {
            confirm.put("text", asks.get().needed("text"));
            for (String key : List.of("title", "ok_text", "dismiss_text")) {
                confirm.put(key, asks.get().text(key, ""));
            }
            asks.get().complete();
        }
        entry.complete();
        if (!url.isEmpty()) {
            texts.put("url", url);
            return new Action(texts, Map.of());
        }
        if (name.isEmpty()) {
            throw new InvalidReceiverException("actions", "an action needs a url or a name");
        }
        texts.put("name", name);
        texts.put("value", value);
        return new Action(texts, confirm);
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    /** All but title, text and actions. */
    Json.Fields fields(Draft draft, UnaryOperator<String> safe) throws DeliveryException {
        var card = new Json.Fields();
        for (Map.Entry<String, String> template : texts.entrySet()) {
            String value = draft.text(template.getValue());
            switch (template.getKey()) {
                case "fallback", "callback_id", "footer" -> card.put(template.getKey(), safe.apply(value));
                case "pretext" -> card.some("pretext", safe.apply(value));
                default -> card.some(template.getKey(), value);
            }
        }
        if (!fields.isEmpty()) {
            var shown = new ArrayList<Map<String, Object>>();
            for (Field field : fields) {
                shown.add(new Json.Fields()
                        .put("title", safe.apply(draft.text(field.title())))
                        .put("value", safe.apply(draft.text(field.value())))
                        .put("short", field.isShort())
                        .map());
            }
            card.put("fields", shown);
        }
        return card.put("mrkdwn_in", markdownIn);
    }

    List<Map<String, Object>> actions(Draft draft) throws DeliveryException {
        var shown = new ArrayList<Map<String, Object>>();
        for (Action action : actions) {
            var fields = texts(draft, action.texts());
            if (!action.confirm().isEmpty()) {
                fields.put("confirm", texts(draft, action.confirm()).map());
            }
            shown.add(fields.map());
        }
        return shown;
    }

    private static Json.Fields texts(Draft draft, Map<String, String> templates) throws DeliveryException {
        var fields = new Json.Fields();
        for (Map.Entry<String, String> template : templates.entrySet()) {
            fields.some(template.getKey(), draft.text(template.getValue()));
        }
        return fields;
    }
}
