package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.access.Group;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The groups of users. */
public final class GroupRoutes implements Routes {

    private static final String NAME = "name";
    private static final String MEMBER = "/api/hw/groups/{name}/members/{user}";

    private final Needed<Groups> groups;

    public GroupRoutes(Needed<Groups> groups) {
        this.groups = groups;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:groups"));
        return List.of(
                Route.get("/api/hw/groups", manage, this::list),
                Route.post("/api/hw/groups", manage, this::add),
                Route.put("/api/hw/groups/{name}", manage, this::change),
                Route.delete(
                        "/api/hw/groups/{name}",
                        manage,
                        exchange -> done(exchange, () -> groups.get().remove(exchange.pathParameter(NAME)))),
                Route.put(
                        MEMBER,
                        manage,
                        exchange -> done(
                                exchange,
                                () -> groups.get().join(exchange.pathParameter(NAME), exchange.pathParameter("user")))),
                Route.delete(
                        MEMBER,
                        manage,
                        exchange -> done(
                                exchange,
                                () -> groups.get()
                                        .leave(exchange.pathParameter(NAME), exchange.pathParameter("user")))));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, groups.get().list().stream().map(GroupView::of).toList());
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, GroupBody.class);
        String name = Json.required(NAME, body.name());
        var roles = RoleWords.roles(required(body));
        done(exchange, () -> groups.get().add(name, roles));
    }

    private void change(Exchange exchange) throws IOException, HttpProblem {
        var roles = RoleWords.roles(required(Json.read(exchange, GroupBody.class)));
        done(exchange, () -> groups.get().changeRoles(exchange.pathParameter(NAME), roles));
    }

    private static List<String> required(GroupBody body) throws HttpProblem {
        if (body.roles() == null) {
            throw new HttpProblem(400, "The field roles is missing.");
        }
        return body.roles();
    }

    private static void done(Exchange exchange, Change change) throws IOException, HttpProblem {
        try {
            change.apply();
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply() throws Refusal, HttpProblem;
    }

    private record GroupBody(
            @Nullable String name, @Nullable List<String> roles) {}

    private record GroupView(String name, List<String> roles, List<String> members) {
        static GroupView of(Group group) {
            return new GroupView(group.name(), RoleWords.of(group.roles()), group.members());
        }
    }
}
