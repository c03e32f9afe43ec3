package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The keys with which people open the shell. A key is named by user and fingerprint, which may hold slashes. */
public final class SshKeyRoutes implements Routes {

    private static final String KEYS = "/api/hw/ssh-keys";

    private final Needed<SshKeys> keys;

    public SshKeyRoutes(Needed<SshKeys> keys) {
        this.keys = keys;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:users"));
        return List.of(
                Route.get(KEYS, manage, this::list),
                Route.post(KEYS, manage, this::add),
                Route.delete(KEYS, manage, this::remove));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, keys.get().list().stream().map(KeyView::of).toList());
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, KeyBody.class);
        try {
            String fingerprint = keys.get()
                    .add(
                            Json.required("user", body.user()),
                            Json.required("key", body.key()).strip());
            Json.write(exchange, Map.of("fingerprint", fingerprint));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void remove(Exchange exchange) throws IOException, HttpProblem {
        try {
            keys.get()
                    .remove(
                            Json.required("user", exchange.parameter("user").orElse(null)),
                            Json.required(
                                    "fingerprint",
                                    exchange.parameter("fingerprint").orElse(null)));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private record KeyBody(@Nullable String user, @Nullable String key) {}

    private record KeyView(String user, String type, String fingerprint, String comment, double added) {
        static KeyView of(SshKeys.Key key) {
            return new KeyView(key.user(), key.type(), key.fingerprint(), key.comment(), Json.seconds(key.added()));
        }
    }
}
