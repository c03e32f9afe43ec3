package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.store.Matcher;

/**
 * What nobody is to be told of for a time.
 *
 * @param id given by {@link Silences}; empty for a new one
 * @param matchers of the alerts' labels, all of which must hold; at least one, and not all may hold for empty values
 * @param startsAt from when
 * @param endsAt until when; the moment itself is not silent
 * @param createdBy whoever wants it
 * @param comment why
 * @param annotations anything else, by name
 * @param updatedAt when it was last changed
 * @param window if it holds only at times that come again, between its start and its end
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        Map<String, String> annotations,
        Instant updatedAt,
        Optional<SilenceWindow> window) {

    /**
     * The name of an annotation and of a matcher: a silence that has both holds for alerts about that entity of the
     * inventory, and for everything that stands on it. Its other matchers hold for the alerts' labels as ever.
     */
    public static final String ENTITY = "entity";

    public Silence {
        matchers = List.copyOf(matchers);
        annotations = Map.copyOf(annotations);
    }

    /** A new one for a plain span of time. */
    public static Silence of(List<Matcher> matchers, Instant startsAt, Instant endsAt, String by, String comment) {
        return new Silence("", matchers, startsAt, endsAt, by, comment, Map.of(), startsAt, Optional.empty());
    }

    /** How it stands at a moment; between two windows it is pending. */
    public State state(Instant now) {
        if (!now.isBefore(endsAt)) {
            return State.EXPIRED;
        }
        boolean silent = !now.isBefore(startsAt)
                && window.map(times -> times.contains(now)).orElse(true);
        return silent ? State.ACTIVE : State.PENDING;
    }

    /** How a silence stands. */
    public enum State {
        ACTIVE("active"),
        PENDING("pending"),
        EXPIRED("expired");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word of Alertmanager's API. */
        public String word() {
            return word;
        }
    }
}
