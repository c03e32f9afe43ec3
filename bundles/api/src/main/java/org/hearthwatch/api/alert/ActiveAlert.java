package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert that is pending or firing.
 *
 * @param labels what identifies it, {@code alertname} among them
 * @param annotations text for people, by name
 * @param activeAt since when the condition holds
 * @param keepFiringSince since when it fires only because the rule keeps it firing
 * @param value of the expression at the last evaluation that had one
 */
public record ActiveAlert(
        Labels labels,
        Map<String, String> annotations,
        AlertState state,
        Instant activeAt,
        Optional<Instant> keepFiringSince,
        double value) {

    public ActiveAlert {
        annotations = Map.copyOf(annotations);
    }
}
