package org.hearthwatch.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.SessionCookie;
import org.hearthwatch.http.json.PasskeyWire.PasskeyView;
import org.jspecify.annotations.Nullable;

/** The passkeys that people have, their own and, for those who look after users, everybody's. */
public final class PasskeyRoutes implements Routes {

    private final Needed<Passkeys> passkeys;
    private final IntSupplier port;

    /** @param port the port we listen on, part of the session cookie's name */
    public PasskeyRoutes(Needed<Passkeys> passkeys, IntSupplier port) {
        this.passkeys = passkeys;
        this.port = port;
    }

    @Override
    public List<Route> routes() {
        var own = Guard.needs(Permission.admin("manage:account"));
        var users = Guard.needs(Permission.admin("manage:users"));
        return List.of(
                Route.get("/api/hw/account/passkeys", own, this::list),
                Route.post("/api/hw/account/passkeys/begin", own, this::begin),
                Route.post("/api/hw/account/passkeys", own, this::add),
                Route.delete("/api/hw/account/passkeys/{passkey}", own, this::remove),
                Route.get("/api/hw/users/{name}/passkeys", users, this::listOf),
                Route.delete("/api/hw/users/{name}/passkeys/{passkey}", users, this::removeOf));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        list(exchange, person(exchange));
    }

    private void listOf(Exchange exchange) throws IOException, HttpProblem {
        list(exchange, exchange.pathParameter("name"));
    }

    private void list(Exchange exchange, String user) throws IOException, HttpProblem {
        Json.write(
                exchange,
                passkeys.get().list().stream()
                        .filter(one -> one.user().equals(user))
                        .map(PasskeyView::of)
                        .toList());
    }

    private void begin(Exchange exchange) throws IOException, HttpProblem {
        String user = person(exchange);
        try {
            Json.write(
                    exchange,
                    PasskeyWire.creation(
                            user,
                            passkeys.get().beginRegistration(user, session(exchange), PasskeyWire.site(exchange))));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void add(Exchange exchange) throws IOException, HttpProblem {
        String user = person(exchange);
        var body = Json.read(exchange, NewPasskey.class);
        try {
            Json.write(
                    exchange,
                    PasskeyView.of(passkeys.get()
                            .register(
                                    user,
                                    session(exchange),
                                    Json.required("name", body.name()),
                                    PasskeyWire.answer(body.credential()),
                                    PasskeyWire.site(exchange))));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void remove(Exchange exchange) throws IOException, HttpProblem {
        remove(exchange, person(exchange));
    }

    private void removeOf(Exchange exchange) throws IOException, HttpProblem {
        remove(exchange, exchange.pathParameter("name"));
    }

    private void remove(Exchange exchange, String user) throws IOException, HttpProblem {
        try {
            passkeys.get().remove(user, exchange.pathParameter("passkey"));
            exchange.respond(204);
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private static String person(Exchange exchange) throws HttpProblem {
        return AccountRoutes.person(exchange).name();
    }

    private Secret session(Exchange exchange) throws HttpProblem {
        return SessionCookie.read(exchange.header("Cookie"), port.getAsInt())
                .orElseThrow(() -> new HttpProblem(403, "A token has no passkeys; sign in."));
    }

    private record NewPasskey(
            @Nullable String name, @Nullable JsonNode credential) {}
}
