package org.hearthwatch.notifier.webhook.section;

import java.util.List;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Microsoft Teams' former connectors: a MessageCard. */
final class TeamsCardSection implements Channel {

    private static final int LONGEST_TEXT = 20_000;
    private static final String RED = "8C1A1A";
    private static final String GREEN = "2DC72D";

    private final SecretText url;
    private final String title;
    private final String summary;
    private final String text;

    TeamsCardSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("webhook_url", entry.secret("webhook_url"));
        title = entry.text("title", "{{ template \"msteams.default.title\" . }}");
        summary = entry.text("summary", "{{ template \"msteams.default.summary\" . }}");
        text = entry.text("text", "{{ template \"msteams.default.text\" . }}");
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        return List.of(Json.post(
                draft.address(url),
                new Json.Fields()
                        .put("@context", "http://schema.org/extensions")
                        .put("@type", "MessageCard")
                        .put("type", "MessageCard")
                        .put("title", draft.text(title))
                        .put("summary", draft.text(summary))
                        .put("text", Cut.toBytes(draft.text(text), LONGEST_TEXT))
                        .put("themeColor", draft.isFiring() ? RED : GREEN)
                        .map()));
    }
}
