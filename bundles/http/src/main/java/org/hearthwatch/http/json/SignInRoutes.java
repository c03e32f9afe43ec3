package org.hearthwatch.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.TypedName;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.PasskeyCookie;
import org.hearthwatch.http.ProviderCookie;
import org.hearthwatch.http.SessionCookie;
import org.jspecify.annotations.Nullable;

/** Set-up, signing in and out, and who is signed in. */
public final class SignInRoutes implements Routes {

    private static final int SEE_OTHER = 303;
    private static final Permission CONFIRM = Permission.read("renew:session");
    private static final List<String> FROM_PROVIDER = List.of("code", "state", "iss", "error");

    private final Needed<Sessions> sessions;
    private final Needed<Setup> setup;
    private final Reception reception;
    private final Supplier<Optional<Users>> users;
    private final Doors doors;
    private final IntSupplier port;

    /**
     * @param users whose names may be recorded as they were typed
     * @param port the port we listen on, part of the cookie's name
     */
    public SignInRoutes(
            Needed<Sessions> sessions,
            Needed<Setup> setup,
            Needed<AuditLog> audit,
            Supplier<Optional<Users>> users,
            Doors doors,
            IntSupplier port) {
        this.users = users;
        this.doors = doors;
        this.sessions = sessions;
        this.setup = setup;
        this.reception = new Reception(sessions, audit, port);
        this.port = port;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/hw/session", Guard.open(), this::session),
                Route.post("/api/hw/session/confirm", Guard.needs(CONFIRM), this::confirm),
                Route.post("/api/hw/setup", Guard.open(), this::setUp),
                Route.post("/api/hw/sign-in", Guard.open(), this::signIn),
                Route.post("/api/hw/sign-in/forwarded", Guard.open(), this::signInForwarded),
                Route.get("/api/hw/sign-in/provider", Guard.open(), this::depart),
                Route.get("/api/hw/sign-in/return", Guard.open(), this::comeBack),
                Route.post("/api/hw/sign-out", Guard.needs(Permission.read("session:end")), this::signOut));
    }

    private void session(Exchange exchange) throws IOException, HttpProblem {
        Optional<Sessions.Session> current = Optional.empty();
        Optional<Secret> id = reception.cookie(exchange);
        if (id.isPresent()) {
            current = sessions.get().find(id.get(), false);
        }
        Json.write(
                exchange,
                new SessionView(
                        setup.get().needed(),
                        current.map(session -> UserView.of(session.principal())).orElse(null),
                        current.map(Sessions.Session::csrf).orElse(null),
                        doors.forwarded().isPresent(),
                        doors.federated().map(FederatedSignIn::title).orElse(null)));
    }

    private void setUp(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SetupBody.class);
        String user = Json.required("user", body.user());
        try (Secret password = Json.required("password", body.password());
                Secret code = Json.required("code", body.code())) {
            reception.record(exchange, inLog(user), "setup:complete", Outcome.ALLOWED, "");
            setup.get().complete(code, user, password);
            reception.begin(exchange, sessions.get().signIn(user, password, exchange.remoteAddress()));
            exchange.respond(204);
        } catch (Refusal e) {
            throw reception.refused(exchange, inLog(user), "setup:complete", e);
        }
    }

    private void signIn(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SignInBody.class);
        String user = Json.required("user", body.user());
        try (Secret password = Json.required("password", body.password());
                Secret code = body.code()) {
            reception.begin(
                    exchange,
                    sessions.get().signIn(user, password, Optional.ofNullable(code), exchange.remoteAddress()));
            exchange.respond(204);
        } catch (Refusal e) {
            if (e.kind() == Refusal.Kind.CODE_NEEDED || e.kind() == Refusal.Kind.PASSKEY_NEEDED) {
                lead(exchange, user, e);
            } else {
                throw reception.refused(exchange, inLog(user), Reception.BEGIN, e);
            }
        }
    }

    private String inLog(String user) {
        return TypedName.inLog(user, users.get());
    }

    /** What comes after a right password: the code, a passkey, or either. */
    private void lead(Exchange exchange, String user, Refusal next) throws IOException, HttpProblem {
        Optional<Passkeys.Departure> passkey = Optional.empty();
        if (doors.passkeys().isPresent() && exchange.header("Origin").isPresent()) {
            try {
                passkey = doors.passkeys()
                        .get()
                        .beginSecondStep(user, exchange.remoteAddress(), PasskeyWire.site(exchange));
            } catch (Refusal e) {
                throw reception.refused(exchange, inLog(user), Reception.BEGIN, e);
            }
        }
        if (next.kind() == Refusal.Kind.PASSKEY_NEEDED && passkey.isEmpty()) {
            throw reception.refused(exchange, inLog(user), Reception.BEGIN, next);
        }
        passkey.ifPresent(
                departure -> exchange.header("Set-Cookie", PasskeyCookie.give(departure.binding(), port.getAsInt())));
        Json.write(
                exchange,
                new NextStep(
                        next.kind() == Refusal.Kind.CODE_NEEDED ? "code" : "passkey",
                        passkey.map(Passkeys.Departure::ceremony)
                                .map(PasskeyWire::request)
                                .orElse(null)));
    }

    private void signInForwarded(Exchange exchange) throws IOException, HttpProblem {
        ForwardedIdentity door = doors.forwarded()
                .orElseThrow(() -> new HttpProblem(404, "No proxy is trusted to sign people in here."));
        try {
            reception.begin(exchange, door.admit(exchange.remoteAddress(), exchange::header));
            exchange.respond(204);
        } catch (Refusal e) {
            throw reception.refused(exchange, "-", Reception.BEGIN, e);
        }
    }

    private void depart(Exchange exchange) throws IOException, HttpProblem {
        try {
            FederatedSignIn.Departure departure = federated().begin();
            exchange.header("Set-Cookie", ProviderCookie.give(departure.binding(), port.getAsInt()));
            exchange.header("Location", departure.destination().toString());
            exchange.respond(SEE_OTHER);
        } catch (Refusal e) {
            throw reception.refused(exchange, "-", Reception.BEGIN, e);
        }
    }

    /** A person stands here with a browser: what went wrong is for the sign-in page to show. */
    private void comeBack(Exchange exchange) throws IOException, HttpProblem {
        FederatedSignIn door = federated();
        Map<String, String> parameters = new HashMap<>();
        for (String name : FROM_PROVIDER) {
            exchange.parameter(name).ifPresent(value -> parameters.put(name, value));
        }
        String page = "/";
        try {
            Secret binding = ProviderCookie.read(exchange.header("Cookie"), port.getAsInt())
                    .orElseThrow(() -> new Refusal(
                            Refusal.Kind.WRONG_CREDENTIALS, "This browser did not begin to sign in; try again."));
            reception.begin(exchange, door.complete(binding, parameters, exchange.remoteAddress()));
        } catch (Refusal e) {
            String why = String.valueOf(e.getMessage());
            reception.record(exchange, "-", Reception.BEGIN, Outcome.REFUSED, why);
            page = "/#problem=" + URLEncoder.encode(why, StandardCharsets.UTF_8).replace("+", "%20");
        }
        exchange.header("Location", page);
        exchange.respond(SEE_OTHER);
    }

    private FederatedSignIn federated() throws HttpProblem {
        return doors.federated()
                .orElseThrow(() -> new HttpProblem(404, "No provider is set up to sign people in here."));
    }

    private void confirm(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, ProofBody.class);
        String user = exchange.principal().map(Principal::name).orElse("-");
        Secret id = reception.session(exchange);
        try (Secret proof = Json.required("proof", body.proof())) {
            Sessions.Session session = sessions.get().confirm(id, proof, exchange.remoteAddress());
            reception.renew(exchange, session);
            Json.write(exchange, new Confirmed(session.csrf()));
        } catch (Refusal e) {
            throw reception.doubted(exchange, user, e);
        }
    }

    private void signOut(Exchange exchange) throws IOException, HttpProblem {
        Optional<Secret> id = reception.cookie(exchange);
        if (id.isPresent()) {
            sessions.get().signOut(id.get());
            reception.record(
                    exchange,
                    exchange.principal().map(Principal::name).orElse("-"),
                    "session:end",
                    Outcome.ALLOWED,
                    "");
        }
        exchange.header("Set-Cookie", SessionCookie.take(port.getAsInt()));
        exchange.respond(204);
    }

    private record SessionView(
            boolean setupNeeded,
            @Nullable UserView user,
            @Nullable String csrf,
            boolean forwarded,
            @Nullable String provider) {}

    private record UserView(String name, String scope, List<String> roles) {
        static UserView of(Principal who) {
            return new UserView(who.name(), who.scope().word(), RoleWords.of(who.roles()));
        }
    }

    private record NextStep(
            String next,
            @JsonInclude(JsonInclude.Include.NON_NULL) PasskeyWire.@Nullable RequestOptions passkey) {}

    private record ProofBody(@Nullable Secret proof) {}

    record Confirmed(String csrf) {}

    /** The other ways in, as far as they are set up. */
    public interface Doors {

        Optional<FederatedSignIn> federated();

        Optional<ForwardedIdentity> forwarded();

        Optional<Passkeys> passkeys();
    }

    private record SetupBody(
            @Nullable Secret code,
            @Nullable String user,
            @Nullable Secret password) {}

    private record SignInBody(
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Secret code) {}
}
