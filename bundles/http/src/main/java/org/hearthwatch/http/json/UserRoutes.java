package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The people who may sign in. */
public final class UserRoutes implements Routes {

    private final Needed<Users> users;

    public UserRoutes(Needed<Users> users) {
        this.users = users;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("users:manage"));
        return List.of(
                Route.get("/api/hw/users", manage, this::list),
                Route.post("/api/hw/users", manage, this::add),
                Route.put("/api/hw/users/{name}", manage, this::change),
                Route.delete("/api/hw/users/{name}", manage, this::remove));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, users.get().list().stream().map(UserView::of).toList());
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, NewUser.class);
        Scope scope = TokenRoutes.scope(Json.required("scope", body.scope()));
        try (Secret password = Secret.of(Json.required("password", body.password()))) {
            users.get().add(Json.required("name", body.name()), scope, password);
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void change(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, UserChange.class);
        String name = exchange.pathParameter("name");
        Optional<Scope> scope = body.scope() == null ? Optional.empty() : Optional.of(TokenRoutes.scope(body.scope()));
        if (scope.isEmpty() && body.password() == null) {
            throw new HttpProblem(400, "There is nothing to change: give scope, password or both.");
        }
        Users known = users.get();
        try {
            if (scope.isPresent()) {
                known.changeScope(name, scope.get());
            }
            if (body.password() != null) {
                try (Secret password = Secret.of(body.password())) {
                    known.changePassword(name, password);
                }
            }
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void remove(Exchange exchange) throws IOException, HttpProblem {
        try {
            users.get().remove(exchange.pathParameter("name"));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private record NewUser(
            @Nullable String name,
            @Nullable String scope,
            @Nullable String password) {}

    private record UserChange(
            @Nullable String scope, @Nullable String password) {}

    private record UserView(
            String name,
            String scope,
            double created,
            @Nullable Double lastSignIn) {
        static UserView of(User user) {
            return new UserView(
                    user.name(),
                    user.scope().word(),
                    Json.seconds(user.created()),
                    Json.secondsOrNull(user.lastSignIn()));
        }
    }
}
