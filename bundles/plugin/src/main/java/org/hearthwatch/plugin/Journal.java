package org.hearthwatch.plugin;

import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine does of itself, on record. Thread-safe. */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Supplier<Optional<AuditLog>> audit;

    public Journal(Supplier<Optional<AuditLog>> audit) {
        this.audit = audit;
    }

    /**
     * Records something that is about to be done.
     *
     * @return whether it is on record, and may be done
     */
    boolean mayDo(String action, String object, String reason) {
        Optional<AuditLog> log = audit.get();
        if (log.isEmpty()) {
            return false;
        }
        try {
            log.get().record(AuditEvent.own(action, object, Outcome.ALLOWED, reason));
            return true;
        } catch (AuditUnavailableException e) {
            LOG.error("{} of {} waits, as the audit log takes nothing: {}", action, object, e.getMessage());
            return false;
        }
    }

    /** Records something that was refused or went wrong, which happens whether it is on record or not. */
    void tell(String action, String object, Outcome outcome, String reason) {
        audit.get().ifPresent(log -> {
            try {
                log.record(AuditEvent.own(action, object, outcome, reason));
            } catch (AuditUnavailableException e) {
                LOG.warn("{} of {} is not in the audit log: {}", action, object, e.getMessage());
            }
        });
    }
}
