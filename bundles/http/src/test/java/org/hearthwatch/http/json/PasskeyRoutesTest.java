package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.http.EdgeServer;
import org.hearthwatch.http.FakeAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasskeyRoutesTest {

    private static final String GOOD = "{\"credential\":{\"id\":\"good\"}}";

    private EdgeServer server;
    private final OnePasskey passkeys = new OnePasskey();

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
        server.edge.add(new PasskeySignInRoutes(() -> passkeys, () -> server.access, () -> server.audit, server::port));
        server.edge.add(new PasskeyRoutes(() -> passkeys, server::port));
        server.edge.add(new SignInRoutes(
                () -> server.access,
                Needed.of("access service", () -> null),
                () -> server.audit,
                Optional::empty,
                new PasskeyDoor(),
                server::port));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_browser_signs_in_with_what_it_was_asked_for() throws Exception {
        var begun = post("/api/hw/sign-in/passkey/begin", "", "Origin", origin());

        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(begun.body())
                .isEqualTo("{\"challenge\":\"Y2hhbGxlbmdl\",\"timeout\":300000,\"rpId\":\"127.0.0.1\","
                        + "\"allowCredentials\":[],\"userVerification\":\"required\"}");
        String cookie = begun.headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Strict").contains("; Path=/api/hw/sign-in");

        var done = post(
                "/api/hw/sign-in/passkey",
                GOOD,
                "Origin",
                origin(),
                "Cookie",
                cookie.substring(0, cookie.indexOf(';')));

        assertThat(done.statusCode()).isEqualTo(204);
        assertThat(done.headers().firstValue("Set-Cookie").orElse("")).startsWith("hearthwatch-session-");
    }

    @Test
    void another_browser_and_a_wrong_answer_do_not() throws Exception {
        String cookie = "hearthwatch-passkey-" + server.port() + "=binding";

        assertThat(post("/api/hw/sign-in/passkey", GOOD, "Origin", origin()).statusCode())
                .isEqualTo(409);
        assertThat(post(
                                "/api/hw/sign-in/passkey",
                                "{\"credential\":{\"id\":\"bad\"}}",
                                "Origin",
                                origin(),
                                "Cookie",
                                cookie)
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/api/hw/sign-in/passkey", "{}", "Origin", origin(), "Cookie", cookie)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void programs_without_an_origin_and_other_sites_are_refused() throws Exception {
        assertThat(post("/api/hw/sign-in/passkey/begin", "").statusCode()).isEqualTo(400);
        assertThat(post("/api/hw/sign-in/passkey/begin", "", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/hw/sign-in/passkey/begin", "", "Origin", "null").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_right_password_leads_to_the_code_or_the_passkey() throws Exception {
        var next = post(
                "/api/hw/sign-in",
                "{\"user\":\"careful\",\"password\":\"" + FakeAccess.PASSWORD + "\"}",
                "Origin",
                origin());

        assertThat(next.body()).startsWith("{\"next\":\"code\",\"passkey\":{\"challenge\":");
        assertThat(next.headers().firstValue("Set-Cookie").orElse("")).startsWith("hearthwatch-passkey-");
    }

    @Test
    void somebody_signed_in_makes_and_removes_passkeys_and_shows_again_who_they_are() throws Exception {
        String session = server.access.session("ada", Scope.ADMIN);
        String[] mine = signedIn(session);

        var options = post("/api/hw/account/passkeys/begin", "", mine);
        assertThat(options.body())
                .contains("\"rp\":{\"id\":\"127.0.0.1\"")
                .contains("\"name\":\"ada\"")
                .contains("\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\"b2xk\"}]");
        assertThat(post("/api/hw/account/passkeys", "{\"name\":\"Desk\",\"credential\":{\"id\":\"x\"}}", mine)
                        .body())
                .contains("\"name\":\"Desk\"");
        assertThat(passkeys.answers).containsExactly("{\"id\":\"x\"}");
        assertThat(server.send("DELETE", "/api/hw/account/passkeys/Desk", "", mine)
                        .statusCode())
                .isEqualTo(204);
        assertThat(post("/api/hw/session/confirm/passkey/begin", "", mine).statusCode())
                .isEqualTo(200);
        assertThat(post("/api/hw/session/confirm/passkey", "{\"credential\":{\"id\":\"bad\"}}", mine)
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/hw/session/confirm/passkey", GOOD, mine).body()).contains("\"csrf\":");
    }

    @Test
    void a_token_has_no_passkeys() throws Exception {
        String token = "Bearer " + server.access.token("admin", Scope.ADMIN);

        assertThat(server.send("POST", "/api/hw/account/passkeys/begin", "", "Authorization", token, "Origin", origin())
                        .statusCode())
                .isEqualTo(403);
    }

    private String[] signedIn(String session) {
        return new String[] {
            "Cookie",
            "hearthwatch-session-" + server.port() + "=" + session,
            "X-CSRF-Token",
            "csrf-" + session,
            "Origin",
            origin()
        };
    }

    private String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return server.send("POST", path, body, all);
    }

    private final class PasskeyDoor implements SignInRoutes.Doors {
        @Override
        public Optional<FederatedSignIn> federated() {
            return Optional.empty();
        }

        @Override
        public Optional<ForwardedIdentity> forwarded() {
            return Optional.empty();
        }

        @Override
        public Optional<Passkeys> passkeys() {
            return Optional.of(passkeys);
        }
    }

    /** Takes any answer but a bad one. */
    private final class OnePasskey implements Passkeys {

        private final List<String> answers = new ArrayList<>();

        @Override
        public List<Passkey> list() {
            return List.of();
        }

        @Override
        public Ceremony beginRegistration(String user, Secret session, Site site) {
            return ceremony(site, "b3duZXI", List.of("b2xk"), false);
        }

        @Override
        public Passkey register(String user, Secret session, String name, String answer, Site site) {
            answers.add(answer);
            return new Passkey(user, name, site.host(), false, Instant.EPOCH, Optional.empty());
        }

        @Override
        public void remove(String user, String name) {
            answers.remove(name);
        }

        @Override
        public Departure beginSignIn(String origin, Site site) {
            return new Departure(Secret.of("binding"), ceremony(site, "", List.of(), true));
        }

        @Override
        public Optional<Departure> beginSecondStep(String user, String origin, Site site) {
            return Optional.of(new Departure(Secret.of("binding"), ceremony(site, "b3duZXI", List.of("b2xk"), false)));
        }

        @Override
        public Sessions.Session signIn(Secret binding, String answer, String origin, Site site) throws Refusal {
            check(answer);
            return known(server.access.session("ada", Scope.ADMIN));
        }

        @Override
        public Ceremony beginConfirmation(Secret session, Site site) {
            return ceremony(site, "b3duZXI", List.of("b2xk"), false);
        }

        @Override
        public Sessions.Session confirm(Secret session, String answer, Site site) throws Refusal {
            check(answer);
            return known(server.access.session("ada", Scope.ADMIN));
        }

        private Sessions.Session known(String id) {
            return server.access.find(Secret.of(id), true).orElseThrow();
        }

        private static void check(String answer) throws Refusal {
            if (answer.contains("bad")) {
                throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "This passkey does not sign in here.");
            }
        }

        private static Ceremony ceremony(Site site, String owner, List<String> credentials, boolean verify) {
            return new Ceremony("Y2hhbGxlbmdl", site.host(), owner, credentials, verify);
        }
    }
}
