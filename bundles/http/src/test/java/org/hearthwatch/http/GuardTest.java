package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every guard against every kind of asker, over the wire. */
class GuardTest {

    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start()
                .serving(
                        Route.get("/open", Guard.open(), GuardTest::hello),
                        Route.post("/open", Guard.open(), GuardTest::hello),
                        Route.get("/local", Guard.openOnLoopback(Permission.read("x:read")), GuardTest::hello),
                        Route.get("/read", Guard.needs(Permission.read("x:read")), GuardTest::hello),
                        Route.post("/read", Guard.needs(Permission.read("x:read")), GuardTest::hello),
                        Route.get("/write", Guard.needs(Permission.write("x:write")), GuardTest::hello),
                        Route.post("/write", Guard.needs(Permission.write("x:write")), GuardTest::hello),
                        Route.get("/admin", Guard.needs(Permission.admin("x:admin")), GuardTest::hello),
                        Route.delete("/admin", Guard.needs(Permission.admin("x:admin")), GuardTest::hello));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/open,   200, 200, 200, 200, 200",
        "/local,  200, 200, 200, 200, 403",
        "/read,   401, 200, 200, 200, 403",
        "/write,  401, 403, 200, 200, 403",
        "/admin,  401, 403, 403, 200, 403",
    })
    void each_scope_opens_what_it_covers_and_no_more(String path, int nobody, int read, int write, int admin, int push)
            throws Exception {
        assertThat(server.get(path).statusCode()).isEqualTo(nobody);
        var expected = Map.of(Scope.READ, read, Scope.WRITE, write, Scope.ADMIN, admin, Scope.PUSH, push);
        for (Scope scope : Scope.values()) {
            String token = server.access.token("t" + scope.word(), scope);
            assertThat(server.get(path, "Authorization", "Bearer " + token).statusCode())
                    .as("token with %s", scope)
                    .isEqualTo(expected.get(scope));
            if (scope == Scope.PUSH) {
                continue; // for tokens only
            }
            String session = server.access.session("u" + scope.word(), scope);
            assertThat(server.get(path, "Cookie", cookie(session)).statusCode())
                    .as("session with %s", scope)
                    .isEqualTo(expected.get(scope));
        }
    }

    @Test
    void a_refusal_is_a_sentence_and_says_how_to_authenticate() throws Exception {
        var refused = server.get("/read");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"Hearthwatch\"");
        assertThat(refused.body()).startsWith("{\"error\":\"Sign in").endsWith("\"status\":401}");
    }

    @Test
    void under_the_prometheus_api_a_refusal_has_its_envelope() throws Exception {
        server.serving(Route.get("/api/v1/x", Guard.needs(Permission.read("x:read")), GuardTest::hello));

        assertThat(server.get("/api/v1/x").body())
                .startsWith("{\"status\":\"error\",\"errorType\":\"unauthorized\",\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer hwt_nobody", "Bearer ", "Basic YWRtaW46YWRtaW4=", "hwt_x"})
    void wrong_credentials_are_refused_even_where_none_are_needed_on_loopback(String authorization) throws Exception {
        assertThat(server.get("/read", "Authorization", authorization).statusCode())
                .isEqualTo(401);
        assertThat(server.get("/local", "Authorization", authorization).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_token_is_not_taken_from_a_cookie_and_a_session_not_from_the_header() throws Exception {
        String token = server.access.token("t", Scope.ADMIN);
        String session = server.access.session("u", Scope.ADMIN);

        assertThat(server.get("/read", "Cookie", cookie(token)).statusCode()).isEqualTo(401);
        assertThat(server.get("/read", "Authorization", "Bearer " + session).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_token_in_the_address_is_refused_and_not_repeated() throws Exception {
        String token = server.access.token("t", Scope.ADMIN);

        var answer = server.get("/read?access_token=" + token);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("revoke").doesNotContain(token);
    }

    @Test
    void another_ports_cookie_is_not_ours() throws Exception {
        String session = server.access.session("u", Scope.ADMIN);

        assertThat(server.get("/read", "Cookie", "hearthwatch-session-1=" + session)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_ended_session_and_a_revoked_token_are_refused() throws Exception {
        String session = server.access.session("u", Scope.ADMIN);
        String token = server.access.token("t", Scope.ADMIN);
        server.access.signOut(org.hearthwatch.api.secret.Secret.of(session));
        server.access.revoke("t");

        assertThat(server.get("/read", "Cookie", cookie(session)).statusCode()).isEqualTo(401);
        assertThat(server.get("/read", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
    void what_a_proxy_passes_on_is_not_local(String header) throws Exception {
        assertThat(server.get("/local", header, "127.0.0.1").statusCode()).isEqualTo(401);
    }

    @Test
    void a_change_by_session_needs_our_page_and_its_csrf_token() throws Exception {
        String session = server.access.session("u", Scope.WRITE);
        String origin = "http://127.0.0.1:" + server.port();
        String csrf = "csrf-" + session;

        assertThat(change(session, "Origin", origin, "X-CSRF-Token", csrf)).isEqualTo(200);
        assertThat(change(session, "Sec-Fetch-Site", "same-origin", "X-CSRF-Token", csrf))
                .isEqualTo(200);
        assertThat(change(session, "Origin", origin)).as("no token").isEqualTo(403);
        assertThat(change(session, "Origin", origin, "X-CSRF-Token", "csrf-" + session + "x"))
                .as("wrong token")
                .isEqualTo(403);
        assertThat(change(session, "X-CSRF-Token", csrf))
                .as("nothing says where from")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://localhost.evil.example:8470",
                "https://sub.localhost"
            })
    void a_change_from_another_origin_is_refused(String origin) throws Exception {
        String session = server.access.session("u", Scope.ADMIN);
        String token = server.access.token("t", Scope.ADMIN);

        assertThat(change(session, "Origin", origin, "X-CSRF-Token", "csrf-" + session))
                .isEqualTo(403);
        assertThat(server.send("POST", "/open", "x", "Origin", origin).statusCode())
                .as("signing someone in unasked is an attack too")
                .isEqualTo(403);
        assertThat(server.send("POST", "/write", "x", "Origin", origin, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void another_site_does_not_even_read_with_a_session(String site) throws Exception {
        String session = server.access.session("u", Scope.READ);

        assertThat(server.get("/read", "Cookie", cookie(session), "Sec-Fetch-Site", site)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("POST", "/open", "x", "Sec-Fetch-Site", site).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_program_without_a_browser_may_use_open_routes_and_tokens_without_saying_where_from() throws Exception {
        String token = server.access.token("t", Scope.WRITE);

        assertThat(server.send("POST", "/open", "x").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", "/write", "x", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_guard_is_asked_before_the_handler_and_on_head_too() throws Exception {
        assertThat(server.send("HEAD", "/read", "").statusCode()).isEqualTo(401);
        assertThat(server.send("HEAD", "/open", "").body()).isEmpty();
    }

    private int change(String session, String... headers) throws Exception {
        var all = new String[headers.length + 2];
        all[0] = "Cookie";
        all[1] = cookie(session);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.send("POST", "/write", "x", all).statusCode();
    }

    private String cookie(String session) {
        return "other=1; hearthwatch-session-" + server.port() + "=" + session;
    }

    private static void hello(Exchange exchange) throws java.io.IOException {
        exchange.respond(200, "text/plain", "hello".getBytes(StandardCharsets.UTF_8));
    }
}
