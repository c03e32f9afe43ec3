package org.hearthwatch.notifier.webhook.section;

import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.Priorities;
import org.hearthwatch.notifier.webhook.SecretText;

/** Gotify's messages. */
final class GotifySection implements Channel {

    private static final int LONGEST_MESSAGE = 16_384;
    private static final int LONGEST_TITLE = 250;
    private static final int MOST_BUTTONS = 6;

    private final SecretText url;
    private final SecretText token;
    private final String title;
    private final String message;
    private final Priorities priorities;
    private final boolean buttons;

    GotifySection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = Entry.needed("token", entry.secret("token"));
        title = entry.text("title", Templates.TITLE);
        message = entry.text("message", Templates.TEXT);
        priorities = PriorityKey.of(entry, "critical=8, warning=5, info=2, other=5, resolved=3");
        buttons = entry.truth("buttons", true);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String links = buttons ? Links.plain(draft.buttons(MOST_BUTTONS)) : "";
        var fields = new Json.Fields()
                .put("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                .put("message", Cut.toCodePoints(draft.text(message).strip(), LONGEST_MESSAGE) + links)
                .put("priority", Levels.number(priorities.of(draft.notification()), 0, 10));
        if (!draft.notification().externalUrl().isEmpty()) {
            fields.put(
                    "extras",
                    Map.of(
                            "client::notification",
                            Map.of("click", Map.of("url", draft.notification().externalUrl()))));
        }
        String server = draft.address(url).toString().replaceAll("/+$", "");
        return List.of(
                Json.post(Draft.address(server + "/message"), fields.map()).with("X-Gotify-Key", draft.header(token)));
    }
}
