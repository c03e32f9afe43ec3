package org.hearthwatch.notifier.webhook.section;

import java.net.URI;
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

/** Discord's webhooks. Nobody is called by a text that comes from an alert, only by a {@code content} one wrote oneself. */
final class DiscordSection implements Channel {

    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_DESCRIPTION = 4_096;
    private static final int LONGEST_CONTENT = 2_000;
    private static final int MOST_BUTTONS = 6;
    private static final int RED = 0x992D22;
    private static final int GREEN = 0x2ECC71;

    private final SecretText url;
    private final String content;
    private final String title;
    private final String message;
    private final String username;
    private final String avatar;
    private final boolean buttons;

    DiscordSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("webhook_url", entry.secret("webhook_url"));
        content = entry.text("content", "");
        title = entry.text("title", "{{ template \"discord.default.title\" . }}");
        message = entry.text("message", "{{ template \"discord.default.message\" . }}");
        username = entry.text("username", "");
        avatar = entry.text("avatar_url", "");
        buttons = entry.truth("buttons", false);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String links = buttons ? Links.markdown(draft.buttons(MOST_BUTTONS)) : "";
        int left = LONGEST_DESCRIPTION - links.codePointCount(0, links.length());
        var embed = new Json.Fields()
                .put("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                .put("description", Cut.toCodePoints(draft.text(message), left) + links)
                .put("color", draft.isFiring() ? RED : GREEN)
                .map();
        var fields = new Json.Fields()
                .put("content", Cut.toCodePoints(draft.text(content), LONGEST_CONTENT))
                .put("embeds", List.of(embed))
                .some("username", username)
                .some("avatar_url", avatar);
        if (content.isEmpty()) {
            fields.put("allowed_mentions", Map.of("parse", List.of()));
        }
        return List.of(Json.post(waiting(draft.address(url)), fields.map()));
    }

    /** Without it Discord answers before it has looked at the message. */
    private static URI waiting(URI address) throws DeliveryException {
        String query = address.getRawQuery();
        if (query != null) {
            return address;
        }
        return Draft.address(address + "?wait=true");
    }

    @Override
    public String read(Answer answer) throws DeliveryException {
        if (answer.isGood()) {
            String id = Json.read(answer.body()).path("id").asText("");
            return "HTTP " + answer.status() + (id.matches("\\d{1,30}") ? ": message " + id : "");
        }
        return Verdict.of(answer);
    }
}
