package org.hearthwatch.http.json;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.http.SessionCookie;

/** Lets people in, or not, and has it recorded: the same for every door. */
final class Reception {

    static final String BEGIN = "session:begin";
    static final String CONFIRM = "session:confirm";

    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Needed<Sessions> sessions;
    private final Needed<AuditLog> audit;
    private final IntSupplier port;

    Reception(Needed<Sessions> sessions, Needed<AuditLog> audit, IntSupplier port) {
        this.sessions = sessions;
        this.audit = audit;
        this.port = port;
    }

    /** Hands a session to the browser; one that it had before ends, whoever's it was. */
    void begin(Exchange exchange, Sessions.Session session) throws HttpProblem {
        Sessions known = sessions.get();
        try {
            record(exchange, session.principal().name(), BEGIN, Outcome.ALLOWED, "");
        } catch (HttpProblem e) {
            known.signOut(session.id());
            throw e;
        }
        cookie(exchange).ifPresent(known::signOut);
        exchange.header("Set-Cookie", SessionCookie.give(session.id(), port.getAsInt()));
    }

    /** Gives somebody who has shown again who they are the new id of their session. */
    void renew(Exchange exchange, Sessions.Session session) throws HttpProblem {
        record(exchange, session.principal().name(), CONFIRM, Outcome.ALLOWED, "");
        exchange.header("Set-Cookie", SessionCookie.give(session.id(), port.getAsInt()));
    }

    /** Whoever tries too often is not recorded each time: that would let anyone fill the log. */
    HttpProblem refused(Exchange exchange, String user, String action, Refusal why) throws HttpProblem {
        HttpProblem problem = Refusals.problem(exchange, why);
        if (problem.status() != TOO_MANY) {
            record(exchange, user, action, Outcome.REFUSED, String.valueOf(why.getMessage()));
        }
        return problem;
    }

    /** The same for somebody who is signed in: a wrong proof is not the end of the session, which a 401 would mean. */
    HttpProblem doubted(Exchange exchange, String user, Refusal why) throws HttpProblem {
        HttpProblem problem = refused(exchange, user, CONFIRM, why);
        return problem.status() == UNAUTHORIZED
                ? new HttpProblem(FORBIDDEN, String.valueOf(why.getMessage()))
                : problem;
    }

    void record(Exchange exchange, String user, String action, Outcome outcome, String reason) throws HttpProblem {
        try {
            audit.get().record(new AuditEvent(user, "-", exchange.remoteAddress(), action, "-", outcome, reason));
        } catch (AuditUnavailableException e) {
            throw new HttpProblem(503, String.valueOf(e.getMessage()));
        }
    }

    /** The id of the session that the browser has. */
    Optional<Secret> cookie(Exchange exchange) {
        return SessionCookie.read(exchange.header("Cookie"), port.getAsInt());
    }

    /** @throws HttpProblem for programs, which have no session */
    Secret session(Exchange exchange) throws HttpProblem {
        return cookie(exchange).orElseThrow(() -> new HttpProblem(FORBIDDEN, "A token cannot do that; sign in."));
    }
}
