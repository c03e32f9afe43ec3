package org.hearthwatch.notifier.webhook.section;

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

/** incident.io's alert source: what a webhook is told, within the service's limit and with its token. */
final class IncidentIoSection implements Channel {

    private static final int LONGEST_BODY = 512 * 1024;

    private final SecretText url;
    private final Optional<SecretText> token;
    private final long maxAlerts;

    IncidentIoSection(Entry entry) throws InvalidReceiverException {
        url = Entry.needed("url", entry.secret("url"));
        token = entry.secret("alert_source_token");
        maxAlerts = entry.number("max_alerts", 0, 0, Integer.MAX_VALUE);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        Map<String, Object> told = AlertmanagerData.of(draft.notification(), maxAlerts);
        if (Json.bytes(told).length > LONGEST_BODY) {
            told = AlertmanagerData.of(draft.notification(), 1);
        }
        Call call = Json.post(draft.address(url), told);
        return List.of(token.isPresent() ? call.with("Authorization", "Bearer " + draft.header(token.get())) : call);
    }
}
