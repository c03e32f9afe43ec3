package org.hearthwatch.notifier.webhook.section;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.Priorities;
import org.hearthwatch.notifier.webhook.SecretText;

/** The Apprise API, with a stored configuration: {@code https://apprise.home/notify/KEY}. */
final class AppriseSection implements Channel {

    private static final int LONGEST_TITLE = 250;
    private static final int LONGEST_BODY = 32_768;
    private static final int MOST_BUTTONS = 6;

    private final SecretText url;
    private final Optional<SecretText> token;
    private final String tag;
    private final String title;
    private final String message;
    private final Priorities types;
    private final boolean buttons;

    AppriseSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = entry.secret("token");
        tag = entry.text("tag", "");
        title = entry.text("title", Templates.TITLE);
        message = entry.text("message", Templates.TEXT);
        types = PriorityKey.of(entry, "critical=failure, warning=warning, info=info, other=warning, resolved=success");
        buttons = entry.truth("buttons", true);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String links = buttons ? Links.plain(draft.buttons(MOST_BUTTONS)) : "";
        Call call = Json.post(
                draft.address(url),
                new Json.Fields()
                        .put("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                        .put("body", Cut.toCodePoints(draft.text(message).strip(), LONGEST_BODY) + links)
                        .put("type", types.of(draft.notification()))
                        .put("format", "text")
                        .some("tag", tag)
                        .map());
        return List.of(token.isPresent() ? call.with("Authorization", "Bearer " + draft.header(token.get())) : call);
    }
}
