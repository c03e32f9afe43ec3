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
import org.hearthwatch.notifier.webhook.SecretText;

/** Signal, through a signal-cli-rest-api. */
final class SignalSection implements Channel {

    private static final int LONGEST = 2_000;
    private static final int MOST_BUTTONS = 4;

    private final SecretText url;
    private final Optional<SecretText> token;
    private final String sender;
    private final List<String> recipients;
    private final String title;
    private final String message;
    private final boolean buttons;

    SignalSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = entry.secret("token");
        sender = entry.needed("sender");
        recipients = entry.texts("recipients");
        title = entry.text("title", Templates.TITLE);
        message = entry.text("message", Templates.TEXT);
        buttons = entry.truth("buttons", true);
        if (!sender.matches("\\+\\d{5,20}")) {
            throw new InvalidReceiverException(
                    "sender", "sender takes the number signal-cli is registered with, such as +491234567");
        }
        if (recipients.isEmpty()) {
            throw new InvalidReceiverException("recipients", "recipients takes numbers such as +491234567 or group.…");
        }
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        String links = buttons ? Links.plain(draft.buttons(MOST_BUTTONS)) : "";
        String text = Cut.toCodePoints(
                        draft.text(title) + "\n\n" + draft.text(message).strip(), LONGEST)
                + links;
        Call call = Json.post(
                Draft.address(draft.address(url).toString().replaceAll("/+$", "") + "/v2/send"),
                new Json.Fields()
                        .put("message", text)
                        .put("number", sender)
                        .put("recipients", recipients)
                        .map());
        return List.of(token.isPresent() ? call.with("Authorization", "Bearer " + draft.header(token.get())) : call);
    }
}
