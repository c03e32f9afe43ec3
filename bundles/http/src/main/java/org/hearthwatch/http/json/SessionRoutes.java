package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.api.web.ServedRoutes;

/** Who is signed in, the end of it, and what the roles may do here. */
public final class SessionRoutes implements Routes {

    private final Needed<Sessions> sessions;
    private final Needed<ServedRoutes> served;

    public SessionRoutes(Needed<Sessions> sessions, Needed<ServedRoutes> served) {
        this.sessions = sessions;
        this.served = served;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:sessions"));
        return List.of(
                Route.get("/api/hw/sessions", manage, this::list),
                Route.delete("/api/hw/sessions/{handle}", manage, this::revoke),
                Route.delete("/api/hw/users/{name}/sessions", manage, this::revokeAll),
                Route.get("/api/hw/roles", Guard.needs(Permission.admin("read:roles")), this::roles));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, sessions.get().open().stream().map(SessionLine::of).toList());
    }

    private void revoke(Exchange exchange) throws IOException, HttpProblem {
        try {
            sessions.get().revoke(exchange.pathParameter("handle"));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void revokeAll(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, Map.of("ended", sessions.get().revokeAll(exchange.pathParameter("name"))));
    }

    private void roles(Exchange exchange) throws IOException, HttpProblem {
        List<Permission> permissions = served.get().routes().stream()
                .flatMap(route -> route.guard().needed().stream())
                .distinct()
                .toList();
        Json.write(
                exchange,
                List.of(Role.values()).stream()
                        .map(role -> new RoleLine(
                                role.word(),
                                permissions.stream()
                                        .filter(permission -> Policy.permits(role, permission))
                                        .map(Permission::name)
                                        .distinct()
                                        .sorted()
                                        .toList()))
                        .toList());
    }

    private record RoleLine(String role, List<String> may) {}

    /** A session as JSON has it. */
    record SessionLine(String handle, String user, String origin, String means, double began, double used) {
        static SessionLine of(Sessions.Open session) {
            return new SessionLine(
                    session.handle(),
                    session.user(),
                    session.origin(),
                    session.means(),
                    Json.seconds(session.began()),
                    Json.seconds(session.used()));
        }
    }
}
