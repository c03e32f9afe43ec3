package org.hearthwatch.notifier.webhook.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Microsoft Teams' workflows: an adaptive card. */
final class TeamsSection implements Channel {

    /** All of a message may have 28 KB. */
    private static final int LONGEST_TEXT = 20_000;

    private static final int LONGEST_TITLE = 1_000;
    private static final int MOST_BUTTONS = 6;

    private final SecretText url;
    private final String title;
    private final String text;
    private final boolean buttons;

    TeamsSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("webhook_url", entry.secret("webhook_url"));
        title = entry.text("title", "{{ template \"msteamsv2.default.title\" . }}");
        text = entry.text("text", "{{ template \"msteamsv2.default.text\" . }}");
        buttons = entry.truth("buttons", false);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var heading = new Json.Fields()
                .put("type", "TextBlock")
                .put("text", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                .put("weight", "Bolder")
                .put("size", "Medium")
                .put("wrap", true)
                .put("style", "heading")
                .put("color", draft.isFiring() ? "Attention" : "Good")
                .map();
        var body = new Json.Fields()
                .put("type", "TextBlock")
                .put("text", Cut.toBytes(draft.text(text), LONGEST_TEXT))
                .put("wrap", true)
                .map();
        var card = new Json.Fields()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.2")
                .put("body", List.of(heading, body))
                .put("msteams", Map.of("width", "full"));
        var actions = new ArrayList<Map<String, Object>>();
        for (Draft.Button button : buttons ? draft.buttons(MOST_BUTTONS) : List.<Draft.Button>of()) {
            actions.add(new Json.Fields()
                    .put("type", "Action.OpenUrl")
                    .put("title", button.label())
                    .put("url", button.address().toString())
                    .map());
        }
        if (!actions.isEmpty()) {
            card.put("actions", actions);
        }
        var attachment = new Json.Fields()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .put("content", card.map())
                .map();
        return List.of(Json.post(
                draft.address(url),
                new Json.Fields()
                        .put("type", "message")
                        .put("attachments", List.of(attachment))
                        .map()));
    }
}
