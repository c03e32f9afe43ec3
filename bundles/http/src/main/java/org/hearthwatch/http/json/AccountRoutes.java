package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.json.SessionRoutes.SessionLine;
import org.jspecify.annotations.Nullable;

/** What people do about their own account; programs have none. */
public final class AccountRoutes implements Routes {

    private final Needed<Users> users;
    private final Needed<SecondFactors> factors;
    private final Needed<Sessions> sessions;

    public AccountRoutes(Needed<Users> users, Needed<SecondFactors> factors, Needed<Sessions> sessions) {
        this.users = users;
        this.factors = factors;
        this.sessions = sessions;
    }

    @Override
    public List<Route> routes() {
        var own = Guard.needs(Permission.admin("manage:account"));
        var end = Guard.needs(Permission.admin("end:session"));
        return List.of(
                Route.get("/api/hw/account", own, this::show),
                Route.post("/api/hw/account/password", own, this::changePassword),
                Route.post("/api/hw/account/factor", own, this::beginFactor),
                Route.post("/api/hw/account/factor/confirm", own, this::confirmFactor),
                Route.delete("/api/hw/account/factor", own, this::removeFactor),
                Route.post("/api/hw/account/recovery", own, this::renewRecovery),
                Route.delete("/api/hw/account/sessions/{handle}", end, this::endSession));
    }

    private void show(Exchange exchange) throws IOException, HttpProblem {
        Principal who = person(exchange);
        try {
            SecondFactors.Status factor = factors.get().status(who.name());
            Json.write(
                    exchange,
                    new AccountView(
                            who.name(),
                            RoleWords.of(who.roles()),
                            factor.enrolled(),
                            factor.recoveryLeft(),
                            own(who).stream().map(SessionLine::of).toList()));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void changePassword(Exchange exchange) throws IOException, HttpProblem {
        Principal who = person(exchange);
        var body = Json.read(exchange, PasswordBody.class);
        try (Secret old = Json.required("old", body.old());
                Secret password = Json.required("password", body.password())) {
            users.get().changeOwnPassword(who.name(), old, password, exchange.remoteAddress());
            exchange.respond(204);
        } catch (Refusal e) {
            throw refused(exchange, e);
        }
    }

    private void beginFactor(Exchange exchange) throws IOException, HttpProblem {
        Principal who = person(exchange);
        try {
            SecondFactors.Enrolment enrolment = factors.get().begin(who.name());
            Json.write(exchange, new EnrolmentView(enrolment.key(), enrolment.uri()));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void confirmFactor(Exchange exchange) throws IOException, HttpProblem {
        Principal who = person(exchange);
        var body = Json.read(exchange, CodeBody.class);
        try (Secret code = Json.required("code", body.code())) {
            recovery(exchange, factors.get().confirm(who.name(), code));
        } catch (Refusal e) {
            throw refused(exchange, e);
        }
    }

    private void renewRecovery(Exchange exchange) throws IOException, HttpProblem {
        try {
            recovery(exchange, factors.get().renewRecovery(person(exchange).name()));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void removeFactor(Exchange exchange) throws IOException, HttpProblem {
        try {
            factors.get().remove(person(exchange).name());
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void endSession(Exchange exchange) throws IOException, HttpProblem {
        String handle = exchange.pathParameter("handle");
        boolean mine = own(person(exchange)).stream()
                .anyMatch(session -> session.handle().equals(handle));
        if (!mine) {
            throw new HttpProblem(404, "You have no session of that handle.");
        }
        try {
            sessions.get().revoke(handle);
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private List<Sessions.Open> own(Principal who) throws HttpProblem {
        return sessions.get().open().stream()
                .filter(session -> session.user().equals(who.name()))
                .toList();
    }

    /** A wrong password or code is not the end of the session, which a 401 would mean. */
    private static HttpProblem refused(Exchange exchange, Refusal why) {
        return why.kind() == Refusal.Kind.WRONG_CREDENTIALS
                ? new HttpProblem(403, String.valueOf(why.getMessage()))
                : Refusals.problem(exchange, why);
    }

    static Principal person(Exchange exchange) throws HttpProblem {
        return exchange.principal()
                .filter(who -> who.kind() == Principal.Kind.USER)
                .orElseThrow(() -> new HttpProblem(403, "A token has no account; sign in."));
    }

    private static void recovery(Exchange exchange, List<Secret> codes) throws IOException {
        Json.write(exchange, new RecoveryView(codes));
        codes.forEach(Secret::close);
    }

    private record AccountView(
            String name, List<String> roles, boolean secondFactor, int recoveryLeft, List<SessionLine> sessions) {}

    private record EnrolmentView(Secret key, Secret uri) {}

    private record RecoveryView(List<Secret> recovery) {}

    private record PasswordBody(
            @Nullable Secret old, @Nullable Secret password) {}

    private record CodeBody(@Nullable Secret code) {}
}
