package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;

/** Rocket.Chat's {@code chat.postMessage}. */
final class RocketChatSection implements Channel {

    private static final int LONGEST_TITLE = 1_024;
    private static final int MOST_BUTTONS = 5;

    private record Field(String title, String value, boolean isShort) {}

    private record Action(String text, String url, String message) {}

    private final String api;
    private final SecretText token;
    private final SecretText tokenId;
    private final String channel;
    private final String color;
    private final String title;
    private final String titleLink;
    private final String text;
    private final String emoji;
    private final String iconUrl;
    private final String imageUrl;
    private final String thumbUrl;
    private final List<Field> fields = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final boolean buttons;

    RocketChatSection(Entry entry) throws InvalidReceiverException {
        api = entry.textOrGlobal("api_url", "rocketchat_api_url").orElse("https://open.rocket.chat/");
        token = Entry.needed("token", entry.secretOrGlobal("token", "rocketchat_token"));
        tokenId = Entry.needed("token_id", entry.secretOrGlobal("token_id", "rocketchat_token_id"));
        channel = entry.text("channel", "");
        color = entry.text("color", "{{ if eq .Status \"firing\" }}red{{ else }}green{{ end }}");
        title = entry.text("title", "{{ template \"__subject\" . }}");
        titleLink = entry.text("title_link", "{{ template \"__alertmanagerURL\" . }}");
        text = entry.text("text", "");
        emoji = entry.text("emoji", "");
        iconUrl = entry.text("icon_url", "");
        imageUrl = entry.text("image_url", "");
        thumbUrl = entry.text("thumb_url", "");
        // Asked for, and of no consequence for messages with cards: Alertmanager does not send it either.
        entry.truth("link_names", false);
        boolean shortFields = entry.truth("short_fields", false);
        for (Entry field : entry.parts("fields")) {
            fields.add(new Field(field.needed("title"), field.needed("value"), field.truth("short", shortFields)));
            field.complete();
        }
        for (Entry action : entry.parts("actions")) {
            action.text("type");
            actions.add(new Action(action.text("text", ""), action.text("url", ""), action.text("msg", "")));
            action.complete();
        }
        buttons = entry.truth("buttons", false);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var card = new Json.Fields()
                .some("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                .some("title_link", draft.text(titleLink))
                .some("text", draft.text(text))
                .some("image_url", draft.text(imageUrl))
                .some("thumb_url", draft.text(thumbUrl))
                .some("color", draft.text(color));
        var shown = new ArrayList<Map<String, Object>>();
        for (Field field : fields) {
            shown.add(new Json.Fields()
                    .put("short", field.isShort())
                    .some("title", draft.text(field.title()))
                    .some("value", draft.text(field.value()))
                    .map());
        }
        if (!shown.isEmpty()) {
            card.put("fields", shown);
        }
        List<Map<String, Object>> offered = actions(draft);
        if (!offered.isEmpty()) {
            card.put("actions", offered);
        }
        var message = new Json.Fields()
                .some("channel", draft.text(channel))
                .some("emoji", draft.text(emoji))
                .some("avatar", draft.text(iconUrl))
                .put("attachments", List.of(card.map()));
        return List.of(Json.post(Draft.address(api.replaceAll("/+$", "") + "/api/v1/chat.postMessage"), message.map())
                .with("X-Auth-Token", draft.header(token))
                .with("X-User-Id", draft.header(tokenId)));
    }

    private List<Map<String, Object>> actions(Draft draft) throws DeliveryException {
        var offered = new ArrayList<Map<String, Object>>();
        for (Action action : actions) {
            offered.add(new Json.Fields()
                    .put("type", "button")
                    .some("text", draft.text(action.text()))
                    .some("url", draft.text(action.url()))
                    .some("msg", draft.text(action.message()))
                    .map());
        }
        for (Draft.Button button : buttons ? draft.buttons(MOST_BUTTONS) : List.<Draft.Button>of()) {
            offered.add(new Json.Fields()
                    .put("type", "button")
                    .put("text", button.label())
                    .put("url", button.address().toString())
                    .map());
        }
        return offered;
    }

    /** It may say in the body that it failed while the status says it did not. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        String line = Verdict.of(answer);
        JsonNode json = Json.read(answer.body());
        if (!json.path("success").asBoolean(false)) {
            throw DeliveryException.lasting(line);
        }
        return "HTTP " + answer.status();
    }
}
