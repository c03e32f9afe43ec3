package org.hearthwatch.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;

/** The greatest number that stands in the log under each name. Not thread-safe. */
final class Anchors {

    private static final String ACTION = "anchor:raise";
    private static final int MOST = 64;

    private final Map<String, Long> highest = new HashMap<>();

    static AuditEvent event(String name, long value) {
        return AuditEvent.own(ACTION, name, Outcome.ALLOWED, Long.toString(value));
    }

    /** Takes an entry of the log in its order; one that is no anchor, or not the appliance's own, is passed over. */
    void see(AuditEvent event) {
        if (event.action().equals(ACTION) && event.source().equals("appliance")) {
            try {
                long value = Long.parseLong(event.reason());
                if (highest.containsKey(event.object()) || highest.size() < MOST) {
                    highest.merge(event.object(), value, Math::max);
                }
            } catch (NumberFormatException e) {
                // No number was noted, so none is remembered.
            }
        }
    }

    /** Takes what an earlier part of the log had noted. */
    void raise(Map<String, Long> known) {
        known.forEach((name, value) -> highest.merge(name, value, Math::max));
    }

    Map<String, Long> all() {
        return Map.copyOf(highest);
    }

    OptionalLong highest(String name) {
        Long value = highest.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
