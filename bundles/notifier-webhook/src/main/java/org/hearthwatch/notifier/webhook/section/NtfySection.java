package org.hearthwatch.notifier.webhook.section;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** ntfy: a message in JSON to the server, its topic being the last part of the address. */
final class NtfySection implements Channel {

    private static final int LONGEST_MESSAGE = 4_096;
    private static final int LONGEST_TITLE = 250;
    private static final int MOST_BUTTONS = 3;
    private static final Map<String, String> MARKS = Map.of(
            "5", "rotating_light",
            "4", "warning",
            "3", "bell",
            "2", "information_source",
            "1", "information_source");

    private final SecretText url;
    private final Optional<SecretText> token;
    private final String title;
    private final String message;
    private final Priorities priorities;
    private final List<String> tags;
    private final boolean buttons;

    NtfySection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = entry.secret("token");
        title = entry.text("title", Templates.TITLE);
        message = entry.text("message", Templates.TEXT);
        priorities = PriorityKey.of(entry, "critical=5, warning=4, info=2, other=3, resolved=2");
        tags = entry.texts("tags");
        buttons = entry.truth("buttons", true);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        URI address = draft.address(url);
        String path = address.getRawPath().replaceAll("/+$", "");
        String topic = path.substring(path.lastIndexOf('/') + 1);
        if (!topic.matches("[A-Za-z0-9_-]{1,64}")) {
            throw DeliveryException.lasting(
                    "The address names no topic; it takes one such as https://ntfy.home/alerts");
        }
        String priority = priorities.of(draft.notification());
        var marks = new ArrayList<>(tags);
        marks.add(draft.isFiring() ? MARKS.getOrDefault(priority, "bell") : "white_check_mark");
        var fields = new Json.Fields()
                .put("topic", topic)
                .put("title", Cut.toCodePoints(draft.text(title), LONGEST_TITLE))
                .put("message", Cut.toBytes(draft.text(message).strip(), LONGEST_MESSAGE))
                .put("tags", marks)
                .put("priority", Levels.number(priority, 1, 5));
        if (!draft.notification().externalUrl().isEmpty()) {
            fields.put("click", draft.notification().externalUrl());
        }
        var actions = new ArrayList<Map<String, Object>>();
        for (Draft.Button button : buttons ? draft.buttons(MOST_BUTTONS) : List.<Draft.Button>of()) {
            actions.add(new Json.Fields()
                    .put("action", "view")
                    .put("label", button.label())
                    .put("url", button.address().toString())
                    .put("clear", true)
                    .map());
        }
        if (!actions.isEmpty()) {
            fields.put("actions", actions);
        }
        String server = address.getScheme() + "://" + address.getRawAuthority()
                + path.substring(0, path.length() - topic.length());
        Call call = Json.post(Draft.address(server), fields.map());
        return List.of(token.isPresent() ? call.with("Authorization", "Bearer " + draft.header(token.get())) : call);
    }
}
