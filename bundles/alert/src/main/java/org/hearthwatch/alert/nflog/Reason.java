package org.hearthwatch.alert.nflog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Why a channel is told of a group now; the words are Alertmanager's. */
public enum Reason {
    NONE("none"),
    FIRST("first notification"),
    NEW_ALERTS("new alerts added"),
    SOME_RESOLVED("some alerts resolved"),
    ALL_RESOLVED("all alerts resolved"),
    REPEAT("repeat interval elapsed"),
    TEST("test"),
    ESCALATION("not acknowledged in time"),
    FALLBACK("another channel fails");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The reason of a name, for records; {@link #NONE} for one that is not known. */
    static Reason of(String name) {
        for (Reason reason : values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return NONE;
    }

    /**
     * Why, if at all, a channel is to be told.
     *
     * @param told what it was told last
     * @param firing fingerprints of what fires now
     * @param resolved fingerprints of what was resolved since
     * @param sendResolved whether it wants to hear of single alerts' ends
     * @param repeat after which it is told the same again; {@link Optional#empty} for never
     */
    public static Reason of(
            Optional<Told> told,
            Set<Long> firing,
            Set<Long> resolved,
            boolean sendResolved,
            Optional<Duration> repeat,
            Instant now) {
        if (told.isEmpty()) {
            return firing.isEmpty() ? NONE : FIRST;
        }
        Set<Long> before = told.get().firingFingerprints();
        if (!before.containsAll(firing)) {
            return before.isEmpty() ? FIRST : NEW_ALERTS;
        }
        if (firing.isEmpty()) {
            // Also without sendResolved: what is told as firing must not stay so in the log.
            return before.isEmpty() ? NONE : ALL_RESOLVED;
        }
        if (sendResolved && !told.get().resolved().containsAll(resolved)) {
            return SOME_RESOLVED;
        }
        boolean due = repeat.isPresent() && told.get().at().isBefore(now.minus(repeat.get()));
        return due ? REPEAT : NONE;
    }
}
