package org.hearthwatch.notifier.webhook.section;

import java.util.List;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Cut;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;

/** Webex's messages. */
final class WebexSection implements Channel {

    private static final int LONGEST_MESSAGE = 7_439;

    private final String api;
    private final String message;
    private final String room;

    WebexSection(Entry entry) throws InvalidReceiverException {
        api = entry.textOrGlobal("api_url", "webex_api_url").orElse("https://webexapis.com/v1/messages");
        message = entry.text("message", "{{ template \"webex.default.message\" . }}");
        room = entry.needed("room_id");
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        return List.of(Json.post(
                Draft.address(api),
                new Json.Fields()
                        .put("markdown", Cut.toBytes(draft.text(message), LONGEST_MESSAGE))
                        .some("roomId", draft.text(room))
                        .map()));
    }
}
