package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert that fires, and what becomes of it.
 *
 * @param fingerprint 16 hexadecimal digits, its short name
 * @param endsAt when it is taken as resolved, not heard of again
 * @param updatedAt when it was last heard of
 * @param receivers who is told of it
 * @param silencedBy the ids of silences
 * @param inhibitedBy the fingerprints of alerts that keep it quiet
 * @param mutedBy the names of time intervals, or {@code flapping}
 * @param acknowledgement by somebody who looks after it
 */
public record DeskAlert(
        String fingerprint,
        Labels labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        Instant updatedAt,
        String generatorUrl,
        List<String> receivers,
        List<String> silencedBy,
        List<String> inhibitedBy,
        List<String> mutedBy,
        Optional<Acknowledgement> acknowledgement) {

    public DeskAlert {
        annotations = Map.copyOf(annotations);
        receivers = List.copyOf(receivers);
        silencedBy = List.copyOf(silencedBy);
        inhibitedBy = List.copyOf(inhibitedBy);
        mutedBy = List.copyOf(mutedBy);
    }

    /** Whether nobody is told of it now. */
    public boolean isSuppressed() {
        return !silencedBy.isEmpty() || !inhibitedBy.isEmpty() || !mutedBy.isEmpty();
    }
}
