package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/** What is wrong with the appliance itself; told again and again while it is, as rules do. Thread-safe. */
final class OwnAlerts {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<Labels, HeldAlert> alerts = new LinkedHashMap<>();

    synchronized HeldAlert begin(Labels labels, String summary, Instant now) {
        HeldAlert before = alerts.get(labels);
        Instant since = before == null ? now : before.startsAt();
        var alert = new HeldAlert(labels, Map.of("summary", summary), since, now.plus(PATIENCE), "", now, false);
        alerts.put(labels, alert);
        return alert;
    }

    synchronized Optional<HeldAlert> end(Labels labels, Instant now) {
        return Optional.ofNullable(alerts.remove(labels))
                .map(alert -> new HeldAlert(
                        labels, alert.annotations(), alert.startsAt(), now, alert.generatorUrl(), now, false));
    }

    synchronized List<HeldAlert> refreshed(Instant now) {
        alerts.replaceAll((labels, alert) -> new HeldAlert(
                labels, alert.annotations(), alert.startsAt(), now.plus(PATIENCE), alert.generatorUrl(), now, false));
        return List.copyOf(alerts.values());
    }
}
