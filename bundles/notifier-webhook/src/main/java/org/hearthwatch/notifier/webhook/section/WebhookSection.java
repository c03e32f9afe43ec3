package org.hearthwatch.notifier.webhook.section;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.SecretText;

/** Alertmanager's generic webhook, version 4 of its payload, or a payload of one's own. */
final class WebhookSection implements Channel {

    private final SecretText url;
    private final long maxAlerts;
    private final Optional<Object> payload;

    WebhookSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        maxAlerts = entry.number("max_alerts", 0, 0, Integer.MAX_VALUE);
        payload = entry.value("payload");
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        URI address = Draft.address(draft.text(draft.open(url)));
        Object body = AlertmanagerData.of(draft.notification(), maxAlerts);
        if (payload.isPresent()) {
            body = Optional.ofNullable(Rendered.of(draft, payload.get()))
                    .orElseThrow(() -> DeliveryException.lasting("The payload's template yields nothing"));
        }
        return List.of(new Call("POST", address, Map.of("Content-Type", "application/json"), Json.bytes(body)));
    }
}
