package org.hearthwatch.api.notify;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert within a notification.
 *
 * @param resolved whether it no longer fires
 * @param labels what identifies it
 * @param annotations text for people, by name; hostile: it may come from a scraped machine
 * @param startsAt since when it fires
 * @param endsAt when it was resolved; for a firing one {@link Instant#EPOCH}
 * @param generatorUrl where its expression can be looked at; may be empty
 * @param fingerprint 16 hexadecimal digits made of its labels, as Alertmanager makes them
 * @param acknowledge a signed link that acknowledges it, if links are configured
 * @param silence a signed link to silence it, if links are configured
 */
public record NotifiedAlert(
        boolean resolved,
        Labels labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        String generatorUrl,
        String fingerprint,
        Optional<URI> acknowledge,
        Optional<URI> silence) {

    public NotifiedAlert {
        annotations = Map.copyOf(annotations);
    }
}
