package org.hearthwatch.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.PasskeyCookie;
import org.jspecify.annotations.Nullable;

/** Signing in, and showing again who one is, with a passkey. */
public final class PasskeySignInRoutes implements Routes {

    private final Needed<Passkeys> passkeys;
    private final Reception reception;
    private final IntSupplier port;

    /** @param port the port we listen on, part of the cookies' names */
    public PasskeySignInRoutes(
            Needed<Passkeys> passkeys, Needed<Sessions> sessions, Needed<AuditLog> audit, IntSupplier port) {
        this.passkeys = passkeys;
        this.reception = new Reception(sessions, audit, port);
        this.port = port;
    }

    @Override
    public List<Route> routes() {
        var confirm = Guard.needs(Permission.read("renew:session"));
        return List.of(
                Route.post("/api/hw/sign-in/passkey/begin", Guard.open(), this::begin),
                Route.post("/api/hw/sign-in/passkey", Guard.open(), this::signIn),
                Route.post("/api/hw/session/confirm/passkey/begin", confirm, this::beginConfirmation),
                Route.post("/api/hw/session/confirm/passkey", confirm, this::confirm));
    }

    private void begin(Exchange exchange) throws IOException, HttpProblem {
        try {
            Passkeys.Departure departure =
                    passkeys.get().beginSignIn(exchange.remoteAddress(), PasskeyWire.site(exchange));
            exchange.header("Set-Cookie", PasskeyCookie.give(departure.binding(), port.getAsInt()));
            Json.write(exchange, PasskeyWire.request(departure.ceremony()));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void signIn(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, Answer.class);
        Secret binding = PasskeyCookie.read(exchange.header("Cookie"), port.getAsInt())
                .orElseThrow(() -> new HttpProblem(409, "This browser did not begin to sign in; try again."));
        try {
            reception.begin(
                    exchange,
                    passkeys.get()
                            .signIn(
                                    binding,
                                    PasskeyWire.answer(body.credential()),
                                    exchange.remoteAddress(),
                                    PasskeyWire.site(exchange)));
            exchange.respond(204);
        } catch (Refusal e) {
            throw reception.refused(exchange, "-", Reception.BEGIN, e);
        }
    }

    private void beginConfirmation(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(
                    exchange,
                    PasskeyWire.request(
                            passkeys.get().beginConfirmation(reception.session(exchange), PasskeyWire.site(exchange))));
        } catch (Refusal e) {
            throw Refusals.problem(exchange, e);
        }
    }

    private void confirm(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, Answer.class);
        String user = exchange.principal().map(Principal::name).orElse("-");
        try {
            Sessions.Session session = passkeys.get()
                    .confirm(
                            reception.session(exchange),
                            PasskeyWire.answer(body.credential()),
                            PasskeyWire.site(exchange));
            reception.renew(exchange, session);
            Json.write(exchange, new SignInRoutes.Confirmed(session.csrf()));
        } catch (Refusal e) {
            throw reception.doubted(exchange, user, e);
        }
    }

    private record Answer(@Nullable JsonNode credential) {}
}
