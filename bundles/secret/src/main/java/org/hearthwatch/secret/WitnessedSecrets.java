package org.hearthwatch.secret;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets as one part of the appliance asks for them, with what it reads in the audit log: the first use of each reference, and
 * then one entry a day with how often it was read meanwhile. Monitoring goes on where the log does not take it. Thread-safe.
 */
public final class WitnessedSecrets {

    static final int MOST_USES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(WitnessedSecrets.class);
    private static final Duration AGAIN = Duration.ofDays(1);

    private final Secrets secrets;
    private final Supplier<Optional<AuditLog>> audit;
    private final InstantSource clock;
    private final Map<Use, Told> uses = new LinkedHashMap<>();

    private record Use(String reader, String reference, Outcome outcome) {}

    /** When it was told last, and how often it came about since. */
    private record Told(Instant when, long since) {}

    public WitnessedSecrets(Secrets secrets, Supplier<Optional<AuditLog>> audit, InstantSource clock) {
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param reader who asks, such as {@code notifier.mail} */
    public Secrets readBy(String reader) {
        return reference -> open(reader, reference);
    }

    private Secret open(String reader, SecretRef reference) throws SecretUnavailableException {
        Secret secret;
        try {
            secret = secrets.open(reference);
        } catch (SecretUnavailableException e) {
            witness(new Use(reader, reference.toString(), Outcome.FAILED), String.valueOf(e.getMessage()));
            throw e;
        }
        witness(new Use(reader, reference.toString(), Outcome.ALLOWED), "");
        return secret;
    }

    private void witness(Use use, String reason) {
        Instant now = clock.instant();
        long before;
        synchronized (uses) {
            Told told = uses.get(use);
            if (told != null
                    && !now.isBefore(told.when())
                    && now.isBefore(told.when().plus(AGAIN))) {
                uses.put(use, new Told(told.when(), told.since() + 1));
                return;
            }
            before = told == null ? 0 : told.since();
            uses.put(use, new Told(now, 0));
            if (uses.size() > MOST_USES) {
                uses.remove(uses.keySet().iterator().next());
            }
        }
        try {
            AuditLog log = audit.get().orElseThrow(() -> new AuditUnavailableException("it is not running yet"));
            String count = before == 0 ? "" : "read " + before + " times since it was last recorded";
            log.record(new AuditEvent(
                    "appliance",
                    "-",
                    use.reader(),
                    "secret:use",
                    use.reference(),
                    use.outcome(),
                    reason.isEmpty() ? count : reason));
        } catch (AuditUnavailableException e) {
            LOG.warn("That {} reads {} is not in the audit log: {}", use.reader(), use.reference(), e.getMessage());
            synchronized (uses) {
                // Told the next time.
                uses.remove(use);
            }
        }
    }
}
