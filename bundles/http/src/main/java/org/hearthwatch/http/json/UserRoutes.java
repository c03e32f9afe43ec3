package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.SecondFactors;
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

    private static final String NAME = "name";

    private final Needed<Users> users;
    private final Needed<SecondFactors> factors;

    public UserRoutes(Needed<Users> users, Needed<SecondFactors> factors) {
        this.users = users;
        this.factors = factors;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:users"));
        return List.of(
                Route.get("/api/hw/users", manage, this::list),
                Route.post("/api/hw/users", manage, this::add),
                Route.put("/api/hw/users/{name}", manage, this::change),
                Route.delete("/api/hw/users/{name}", manage, this::remove),
                Route.post("/api/hw/users/{name}/unlock", manage, this::unlock),
                Route.delete("/api/hw/users/{name}/factor", manage, this::removeFactor));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, users.get().list().stream().map(UserView::of).toList());
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, NewUser.class);
        if (body.roles() == null) {
            throw new HttpProblem(400, "The field roles is missing.");
        }
        var roles = RoleWords.roles(body.roles());
        try (Secret password = Json.required("password", body.password())) {
            users.get().add(Json.required(NAME, body.name()), roles, password);
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void change(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, UserChange.class);
        String name = exchange.pathParameter(NAME);
        if (body.roles() == null && body.password() == null && body.enabled() == null) {
            throw new HttpProblem(400, "There is nothing to change: give roles, password or enabled.");
        }
        try (Secret password = body.password()) {
            Optional<Set<Role>> roles =
                    body.roles() == null ? Optional.empty() : Optional.of(RoleWords.roles(body.roles()));
            users.get()
                    .change(
                            name,
                            new Users.Change(
                                    roles, Optional.ofNullable(password), Optional.ofNullable(body.enabled())));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void remove(Exchange exchange) throws IOException, HttpProblem {
        try {
            users.get().remove(exchange.pathParameter(NAME));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void unlock(Exchange exchange) throws IOException, HttpProblem {
        try {
            users.get().unlock(exchange.pathParameter(NAME));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void removeFactor(Exchange exchange) throws IOException, HttpProblem {
        try {
            factors.get().remove(exchange.pathParameter(NAME));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private record NewUser(
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable Secret password) {}

    private record UserChange(
            @Nullable List<String> roles,
            @Nullable Secret password,
            @Nullable Boolean enabled) {}

    private record UserView(
            String name,
            List<String> roles,
            List<String> groups,
            List<String> effectiveRoles,
            boolean enabled,
            boolean secondFactor,
            String provider,
            double created,
            @Nullable Double lastSignIn) {
        static UserView of(User user) {
            return new UserView(
                    user.name(),
                    RoleWords.of(user.roles()),
                    user.groups().stream().sorted().toList(),
                    RoleWords.of(user.effectiveRoles()),
                    user.enabled(),
                    user.secondFactor(),
                    user.provider(),
                    Json.seconds(user.created()),
                    Json.secondsOrNull(user.lastSignIn()));
        }
    }
}
