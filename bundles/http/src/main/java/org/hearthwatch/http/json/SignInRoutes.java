package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.SessionCookie;
import org.jspecify.annotations.Nullable;

/** Set-up, signing in and out, and who is signed in. */
public final class SignInRoutes implements Routes {

    private static final int TOO_MANY = 429;

    private final Needed<Sessions> sessions;
    private final Needed<Setup> setup;
    private final Needed<AuditLog> audit;
    private final IntSupplier port;

    /** @param port the port we listen on, part of the cookie's name */
    public SignInRoutes(Needed<Sessions> sessions, Needed<Setup> setup, Needed<AuditLog> audit, IntSupplier port) {
        this.sessions = sessions;
        this.setup = setup;
        this.audit = audit;
        this.port = port;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/hw/session", Guard.open(), this::session),
                Route.post("/api/hw/setup", Guard.open(), this::setUp),
                Route.post("/api/hw/sign-in", Guard.open(), this::signIn),
                Route.post("/api/hw/sign-out", Guard.needs(Permission.read("session:end")), this::signOut));
    }

    private void session(Exchange exchange) throws IOException, HttpProblem {
        Optional<Sessions.Session> current = Optional.empty();
        Optional<Secret> id = cookie(exchange);
        if (id.isPresent()) {
            current = sessions.get().find(id.get(), false);
        }
        Json.write(
                exchange,
                new SessionView(
                        setup.get().needed(),
                        current.map(session -> new UserView(
                                        session.principal().name(),
                                        session.principal().scope().word()))
                                .orElse(null),
                        current.map(Sessions.Session::csrf).orElse(null)));
    }

    private void setUp(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SetupBody.class);
        String user = Json.required("user", body.user());
        try (Secret password = Secret.of(Json.required("password", body.password()))) {
            record(exchange, user, "setup:complete", Outcome.ALLOWED, "");
            setup.get().complete(Secret.of(Json.required("code", body.code())), user, password);
            begin(exchange, user, password);
        } catch (Refusal e) {
            throw refused(exchange, user, "setup:complete", e);
        }
    }

    private void signIn(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SignInBody.class);
        String user = Json.required("user", body.user());
        try (Secret password = Secret.of(Json.required("password", body.password()))) {
            begin(exchange, user, password);
        } catch (Refusal e) {
            throw refused(exchange, user, "session:begin", e);
        }
    }

    /** Begins a session; one that the browser had before ends, whoever's it was. */
    private void begin(Exchange exchange, String user, Secret password) throws Refusal, IOException, HttpProblem {
        Sessions known = sessions.get();
        Sessions.Session session = known.signIn(user, password, exchange.remoteAddress());
        try {
            record(exchange, session.principal().name(), "session:begin", Outcome.ALLOWED, "");
        } catch (HttpProblem e) {
            known.signOut(session.id());
            throw e;
        }
        cookie(exchange).ifPresent(known::signOut);
        exchange.header("Set-Cookie", SessionCookie.give(session.id(), port.getAsInt()));
        exchange.respond(204);
    }

    private void signOut(Exchange exchange) throws IOException, HttpProblem {
        Optional<Secret> id = cookie(exchange);
        if (id.isPresent()) {
            sessions.get().signOut(id.get());
            record(exchange, exchange.principal().map(Principal::name).orElse("-"), "session:end", Outcome.ALLOWED, "");
        }
        exchange.header("Set-Cookie", SessionCookie.take(port.getAsInt()));
        exchange.respond(204);
    }

    /** Whoever tries too often is not recorded each time: that would let anyone fill the log. */
    private HttpProblem refused(Exchange exchange, String user, String action, Refusal why) throws HttpProblem {
        HttpProblem problem = Refusals.problem(exchange, why);
        if (problem.status() != TOO_MANY) {
            record(exchange, user, action, Outcome.REFUSED, String.valueOf(why.getMessage()));
        }
        return problem;
    }

    private void record(Exchange exchange, String user, String action, Outcome outcome, String reason)
            throws HttpProblem {
        try {
            audit.get().record(new AuditEvent(user, "-", exchange.remoteAddress(), action, "-", outcome, reason));
        } catch (AuditUnavailableException e) {
            throw new HttpProblem(503, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Secret> cookie(Exchange exchange) {
        return SessionCookie.read(exchange.header("Cookie"), port.getAsInt());
    }

    private record SessionView(
            boolean setupNeeded,
            @Nullable UserView user,
            @Nullable String csrf) {}

    private record UserView(String name, String scope) {}

    private record SetupBody(
            @Nullable String code,
            @Nullable String user,
            @Nullable String password) {}

    private record SignInBody(
            @Nullable String user, @Nullable String password) {}
}
