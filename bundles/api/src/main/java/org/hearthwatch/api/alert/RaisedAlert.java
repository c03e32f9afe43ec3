package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert on its way to people.
 *
 * @param labels what identifies it, external labels included
 * @param annotations text for people, by name
 * @param startsAt since when it fires
 * @param endsAt when it was resolved; for a firing alert a moment in the future after which, not heard of again, it is to
 *     be taken as resolved
 * @param generatorUrl where its expression can be looked at
 */
public record RaisedAlert(
        Labels labels, Map<String, String> annotations, Instant startsAt, Instant endsAt, String generatorUrl) {

    public RaisedAlert {
        annotations = Map.copyOf(annotations);
    }

    /** Whether it no longer fires at a moment. */
    public boolean isResolved(Instant at) {
        return !endsAt.isAfter(at);
    }
}
