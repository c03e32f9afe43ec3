package org.hearthwatch.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.TypedName;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who comes in over SSH, who does not, and what administrators do with Karaf's own commands. Failed attempts are
 * recorded within a limit and counted beyond it, so that nobody fills the log from outside. Thread-safe.
 */
public final class DoorRecord {

    static final int MOST_A_MINUTE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(DoorRecord.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Services services;
    private final InstantSource clock;
    private Instant window = Instant.EPOCH;
    private int inWindow;
    private long untold;

    public DoorRecord(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Somebody whose keys were not the user's. */
    public void refused(String user, String address, int keys) {
        String reason;
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(window) || !now.isBefore(window.plus(MINUTE))) {
                window = now;
                inWindow = 0;
            }
            if (inWindow == MOST_A_MINUTE) {
                untold++;
                return;
            }
            inWindow++;
            reason = keys + " keys were shown, none of them is this user's"
                    + (untold == 0 ? "" : "; " + untold + " more attempts were not recorded before this");
            untold = 0;
        }
        String name = TypedName.inLog(user, services.find(Users.class));
        record(new AuditEvent(name, "-", address, "shell:begin", "-", Outcome.REFUSED, reason));
    }

    /** Somebody came in. The operator on this machine does so with every command, and what changes is recorded itself. */
    public void admitted(Principal who, String address) {
        if (who.kind() == Principal.Kind.USER) {
            record(new AuditEvent(who.actor(), who.role(), address, "shell:begin", "-", Outcome.ALLOWED, ""));
        }
    }

    /**
     * Somebody is about to run commands of Karaf's.
     *
     * @return whether that is on record; without it, it is not to be done
     */
    public boolean runs(Principal who, List<String> commands) {
        boolean all = true;
        for (String command : commands) {
            all &= record(new AuditEvent(
                    who.actor(),
                    who.role(),
                    "shell",
                    "shell:command",
                    command,
                    Outcome.ALLOWED,
                    "Karaf's own command"));
        }
        return all;
    }

    private boolean record(AuditEvent event) {
        try {
            AuditLog log = services.find(AuditLog.class)
                    .orElseThrow(() -> new AuditUnavailableException("The audit log is not running"));
            log.record(event);
            return true;
        } catch (AuditUnavailableException e) {
            LOG.error(
                    "Not recorded: {} of {} from {}: {}",
                    event.action(),
                    event.actor(),
                    event.source(),
                    e.getMessage());
            return false;
        }
    }
}
