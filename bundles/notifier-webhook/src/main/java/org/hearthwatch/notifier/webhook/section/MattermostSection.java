package org.hearthwatch.notifier.webhook.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Mattermost's incoming webhooks. */
final class MattermostSection implements Channel {

    private static final int LONGEST_TEXT = 16_383;
    private static final int MOST_BUTTONS = 6;
    private static final Set<String> URGENCIES = Set.of("urgent", "important", "standard");

    /** Texts of a card, in the order they are sent. */
    private static final List<String> CARD = List.of(
            "fallback",
            "color",
            "pretext",
            "text",
            "author_name",
            "author_link",
            "author_icon",
            "title",
            "title_link",
            "thumb_url",
            "footer",
            "footer_icon",
            "image_url");

    private static final Map<String, String> DEFAULTS = Map.of(
            "fallback", "{{ template \"__subject\" . }}",
            "color", "{{ if eq .Status \"firing\" }}danger{{ else }}good{{ end }}",
            "text", "{{ template \"mattermost.default.text\" . }}",
            "title", "{{ template \"__subject\" . }}",
            "title_link", "{{ template \"__alertmanagerURL\" . }}");

    private record Card(Map<String, String> texts, List<Field> fields) {}

    private record Field(String title, String value, Optional<Boolean> isShort) {}

    private record Urgency(String priority, boolean asksForAck, boolean persists) {}

    private final SecretText url;
    private final String channel;
    private final String username;
    private final String iconUrl;
    private final String iconEmoji;
    private final String type;
    private final String card;
    private final Optional<Urgency> urgency;
    private final Card own;
    private final List<Card> attachments = new ArrayList<>();
    private final boolean buttons;

    MattermostSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("webhook_url", entry.secretOrGlobal("webhook_url", "mattermost_webhook_url"));
        channel = entry.text("channel", "");
        username = entry.text("username", "{{ template \"__alertmanager\" . }}");
        iconUrl = entry.text("icon_url", "");
        iconEmoji = entry.text("icon_emoji", "");
        type = entry.text("type", "");
        Optional<Entry> props = entry.part("props");
        card = props.isPresent() ? props.get().text("card", "") : "";
        if (props.isPresent()) {
            props.get().complete();
        }
        Optional<Entry> priority = entry.part("priority");
        urgency = priority.isPresent() ? urgency(priority.get()) : Optional.empty();
        own = card(entry, DEFAULTS);
        for (Entry attachment : entry.parts("attachments")) {
            attachments.add(card(attachment, Map.of()));
            attachment.complete();
        }
        buttons = entry.truth("buttons", false);
    }

    private static Optional<Urgency> urgency(Entry entry) throws InvalidReceiverException {
        String priority = entry.text("priority", "");
        var urgency = new Urgency(
                priority, entry.truth("requested_ack", false), entry.truth("persistent_notifications", false));
        entry.complete();
        return priority.isEmpty() ? Optional.empty() : Optional.of(urgency);
    }

    private static Card card(Entry entry, Map<String, String> defaults) throws InvalidReceiverException {
        var texts = new LinkedHashMap<String, String>();
        for (String key : CARD) {
            texts.put(key, entry.text(key, defaults.getOrDefault(key, "")));
        }
        var fields = new ArrayList<Field>();
        for (Entry field : entry.parts("fields")) {
            fields.add(new Field(
                    field.needed("title"),
                    field.needed("value"),
                    field.value("short").isPresent() ? Optional.of(field.truth("short", false)) : Optional.empty()));
            field.complete();
        }
        return new Card(texts, fields);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var cards = new ArrayList<Map<String, Object>>();
        var message = new Json.Fields();
        if (attachments.isEmpty()) {
            cards.add(fields(draft, own, buttons ? Links.markdown(draft.buttons(MOST_BUTTONS)) : ""));
        } else {
            message.some(
                    "text",
                    Cut.toCodePoints(draft.text(String.valueOf(own.texts().get("text"))), LONGEST_TEXT));
            for (Card attachment : attachments) {
                cards.add(fields(draft, attachment, ""));
            }
        }
        message.some("channel", draft.text(channel))
                .some("username", draft.text(username))
                .some("icon_url", draft.text(iconUrl))
                .some("icon_emoji", draft.text(iconEmoji))
                .put("attachments", cards)
                .some("type", draft.text(type));
        String aside = draft.text(card);
        if (!aside.isEmpty()) {
            message.put("props", Map.of("card", aside));
        }
        if (urgency.isPresent()) {
            message.put("priority", urgency(draft, urgency.get()));
        }
        return List.of(Json.post(draft.address(url), message.map()));
    }

    private static Map<String, Object> fields(Draft draft, Card card, String links) throws DeliveryException {
        var shown = new Json.Fields();
        for (Map.Entry<String, String> template : card.texts().entrySet()) {
            String text = draft.text(template.getValue());
            shown.some(
                    template.getKey(),
                    template.getKey().equals("text")
                            ? Cut.toCodePoints(text, LONGEST_TEXT - links.length()) + links
                            : text);
        }
        var fields = new ArrayList<Map<String, Object>>();
        for (Field field : card.fields()) {
            var one =
                    new Json.Fields().some("title", draft.text(field.title())).some("value", draft.text(field.value()));
            field.isShort().ifPresent(isShort -> one.put("short", isShort));
            fields.add(one.map());
        }
        if (!fields.isEmpty()) {
            shown.put("fields", fields);
        }
        return shown.map();
    }

    /** Only urgent messages persist, and none that is not at least important asks for an answer. */
    private static Map<String, Object> urgency(Draft draft, Urgency urgency) throws DeliveryException {
        String asked = draft.text(urgency.priority()).toLowerCase(Locale.ROOT);
        String priority = URGENCIES.contains(asked) ? asked : "standard";
        var fields = new Json.Fields().put("priority", priority);
        if (urgency.asksForAck() && !priority.equals("standard")) {
            fields.put("requested_ack", true);
        }
        if (urgency.persists() && priority.equals("urgent")) {
            fields.put("persistent_notifications", true);
        }
        return fields.map();
    }
}
