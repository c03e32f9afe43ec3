package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what is asked for over HTTP and changes something: who may write or administer did it, or tried to. Requests
 * that only read are not recorded, nor is the stream of samples that a permission to push lets in; signing in and
 * setting up are recorded by those who know how it ended.
 */
final class ChangeRecord {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeRecord.class);

    private static final int REFUSALS_A_MINUTE = 60;
    private static final long MINUTE = 60_000_000_000L;

    private final Supplier<Optional<AuditLog>> audit;
    private long minuteBegan = System.nanoTime();
    private int refusals;
    private int untold;

    ChangeRecord(Supplier<Optional<AuditLog>> audit) {
        this.audit = audit;
    }

    /** @throws HttpProblem 503 if it cannot be recorded, and so must not be done */
    void allowed(Route route, Admission admission, HttpServletRequest request) throws HttpProblem {
        Optional<Permission> permission = recorded(route);
        if (permission.isEmpty()) {
            return;
        }
        AuditLog log = audit.get()
                .orElseThrow(() -> new HttpProblem(
                        503, "This cannot be recorded now, so it was not done: the audit log is not running."));
        try {
            log.record(event(permission.get(), admission.principal(), request, Outcome.ALLOWED, ""));
        } catch (AuditUnavailableException e) {
            throw new HttpProblem(503, String.valueOf(e.getMessage()));
        }
    }

    /** Records a request that was let through and then did not work. */
    void failed(Route route, Admission admission, HttpServletRequest request, String reason) {
        recorded(route)
                .ifPresent(
                        permission -> tell(event(permission, admission.principal(), request, Outcome.FAILED, reason)));
    }

    /** Records a request that was not let through; who asked is not known for certain. */
    void refused(Route route, HttpServletRequest request, HttpProblem why) {
        Optional<Permission> permission = recorded(route);
        if (permission.isPresent() && (why.status() == 403 || why.status() == 401 || why.status() == 428)) {
            mayTell()
                    .ifPresent(before -> tell(event(
                            permission.get(),
                            Optional.empty(),
                            request,
                            Outcome.REFUSED,
                            why.status() + " " + why.getMessage() + before)));
        }
    }

    /** Anybody can be refused as often as they like: the log takes so many a minute, and then how many more there were. */
    private synchronized Optional<String> mayTell() {
        long now = System.nanoTime();
        if (now - minuteBegan >= MINUTE) {
            minuteBegan = now;
            refusals = 0;
        }
        if (++refusals > REFUSALS_A_MINUTE) {
            untold++;
            return Optional.empty();
        }
        String before = untold == 0 ? "" : " (" + untold + " refusals before this one are not in the log)";
        untold = 0;
        return Optional.of(before);
    }

    private void tell(AuditEvent event) {
        Optional<AuditLog> log = audit.get();
        try {
            if (log.isPresent()) {
                log.get().record(event);
            }
        } catch (AuditUnavailableException e) {
            LOG.error(
                    "Not in the audit log: {} {} {}: {}",
                    event.actor(),
                    event.action(),
                    event.object(),
                    e.getMessage());
        }
    }

    private static Optional<Permission> recorded(Route route) {
        if (!route.method().isUnsafe() || !(route.guard() instanceof Guard.Needs needs)) {
            return Optional.empty();
        }
        Permission permission = needs.permission();
        return permission.scope().covers(Scope.WRITE) && !permission.verb().equals("push")
                ? Optional.of(permission)
                : Optional.empty();
    }

    private static AuditEvent event(
            Permission permission,
            Optional<Principal> who,
            HttpServletRequest request,
            Outcome outcome,
            String reason) {
        return new AuditEvent(
                who.map(Principal::actor).orElse("-"),
                who.map(Principal::role).orElse("-"),
                request.getRemoteAddr(),
                permission.name(),
                request.getMethod() + " " + request.getRequestURI(),
                outcome,
                reason);
    }
}
