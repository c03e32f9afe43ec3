package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.http.EdgeServer;
import org.hearthwatch.http.FakeAccess;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInRoutesTest {

    private static final String SIGN_IN = "{\"user\":\"admin\",\"password\":\"" + FakeAccess.PASSWORD + "\"}";

    private EdgeServer server;
    private volatile boolean setUp;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
        server.edge.add(new SignInRoutes(
                Needed.of("access service", () -> server.access),
                Needed.of("access service", OneCode::new),
                () -> server.audit,
                () -> Optional.of(knowing("admin", "flooded")),
                new NoDoors(),
                server::port));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_browser_learns_whether_set_up_is_needed_and_who_is_signed_in() throws Exception {
        assertThat(server.get("/api/hw/session").body())
                .isEqualTo("{\"setupNeeded\":true,\"user\":null,\"csrf\":null,\"forwarded\":false,\"provider\":null}");

        setUp = true;
        String cookie = cookie(post("/api/hw/sign-in", SIGN_IN));

        assertThat(server.get("/api/hw/session", "Cookie", cookie).body())
                .matches(
                        "\\{\"setupNeeded\":false,\"user\":\\{\"name\":\"admin\",\"scope\":\"admin\",\"roles\":\\[\"admin\"]},\"csrf\":\"csrf-[^\"]*\",.*");
    }

    @Test
    void a_password_alone_leads_to_the_code_where_one_is_needed() throws Exception {
        String body = "{\"user\":\"careful\",\"password\":\"" + FakeAccess.PASSWORD + "\"";
        var first = post("/api/hw/sign-in", body + "}");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"next\":\"code\"}");
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(post("/api/hw/sign-in", body + ",\"code\":\"123456\"}").statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_fresh_proof_changes_the_cookie_and_a_wrong_one_ends_nothing() throws Exception {
        String session = server.access.staleSession("ada", Scope.ADMIN);
        String[] headers = {
            "Cookie",
            "hearthwatch-session-" + server.port() + "=" + session,
            "X-CSRF-Token",
            "csrf-" + session,
            "Origin",
            "http://127.0.0.1:" + server.port()
        };

        assertThat(post("/api/hw/session/confirm", "{\"proof\":\"wrong\"}", headers)
                        .statusCode())
                .isEqualTo(403);
        var right = post("/api/hw/session/confirm", "{\"proof\":\"" + FakeAccess.PASSWORD + "\"}", headers);
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).contains("\"csrf\":\"csrf-");
        assertThat(cookie(right)).isNotEqualTo("hearthwatch-session-" + server.port() + "=" + session);
        assertThat(server.access.find(Secret.of(session), true)).isEmpty();
    }

    @Test
    void doors_that_are_not_set_up_are_not_there() throws Exception {
        assertThat(server.get("/api/hw/sign-in/provider").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/hw/sign-in/return?code=x&state=y").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/hw/sign-in/forwarded", "", "Remote-User", "admin").statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_cookie_is_out_of_reach_for_scripts_and_other_sites() throws Exception {
        var answer = post("/api/hw/sign-in", SIGN_IN);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("hearthwatch-session-" + server.port() + "=")
                .contains("; HttpOnly")
                .contains("; SameSite=Strict")
                .contains("; Path=/")
                .doesNotContain("Domain");
    }

    @Test
    void signing_in_ends_the_session_the_browser_had() throws Exception {
        String planted = server.access.session("mallory", Scope.READ);
        String plantedCookie = "hearthwatch-session-" + server.port() + "=" + planted;

        String cookie = cookie(post("/api/hw/sign-in", SIGN_IN, "Cookie", plantedCookie));

        assertThat(cookie).isNotEqualTo(plantedCookie);
        assertThat(server.access.find(Secret.of(planted), true)).isEmpty();
    }

    @Test
    void a_session_id_that_a_stranger_chose_is_never_taken_over() throws Exception {
        String cookie =
                cookie(post("/api/hw/sign-in", SIGN_IN, "Cookie", "hearthwatch-session-" + server.port() + "=chosen"));

        assertThat(cookie).doesNotContain("chosen");
    }

    @Test
    void wrong_credentials_and_too_many_attempts_are_told_apart() throws Exception {
        var wrong = post("/api/hw/sign-in", "{\"user\":\"admin\",\"password\":\"wrong\"}");
        var tooMany = post("/api/hw/sign-in", "{\"user\":\"flooded\",\"password\":\"wrong\"}");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void who_signed_in_or_tried_to_is_on_record_and_a_flood_is_not() throws Exception {
        post("/api/hw/sign-in", SIGN_IN);
        post("/api/hw/sign-in", "{\"user\":\"admin\",\"password\":\"wrong\"}");
        post("/api/hw/sign-in", "{\"user\":\"flooded\",\"password\":\"wrong\"}");

        assertThat(server.audit.events)
                .extracting(event -> event.actor() + " " + event.action() + " " + event.outcome())
                .containsExactly("admin session:begin ALLOWED", "admin session:begin REFUSED");
    }

    @Test
    void a_password_typed_where_the_name_belongs_is_not_on_record() throws Exception {
        String typed = "hunter2 hunter2";
        for (String path : List.of("/api/hw/sign-in", "/api/hw/sign-in", "/api/hw/setup")) {
            post(path, "{\"code\":\"WRONG\",\"user\":\"" + typed + "\",\"password\":\"wrong\"}");
        }
        post("/api/hw/sign-in", "{\"user\":\"another\",\"password\":\"wrong\"}");

        assertThat(server.audit.events)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain("hunter2"))
                .allSatisfy(event -> assertThat(event.actor()).matches("unknown-[0-9a-f]{10}"));
        assertThat(server.audit.events.stream().map(AuditEvent::actor).distinct())
                .as("the same text is known again, another is not the same")
                .hasSize(2);
    }

    /** Users of these names. */
    private static Users knowing(String... names) {
        List<User> all = Stream.of(names)
                .map(name -> new User(
                        name, Set.of(), Set.of(), Set.of(), true, false, "local", TestClock.START, Optional.empty()))
                .toList();
        return (Users) Proxy.newProxyInstance(
                Users.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("list");
                    return all;
                });
    }

    @Test
    void nobody_is_let_in_while_it_cannot_be_recorded() throws Exception {
        server.audit.full = true;

        var answer = post("/api/hw/sign-in", SIGN_IN);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void signing_out_ends_the_session_and_takes_the_cookie_away() throws Exception {
        String session = server.access.session("admin", Scope.READ);
        var answer = post(
                "/api/hw/sign-out",
                "",
                "Cookie",
                "hearthwatch-session-" + server.port() + "=" + session,
                "Origin",
                "http://127.0.0.1:" + server.port(),
                "X-CSRF-Token",
                "csrf-" + session);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .contains("=; ")
                .contains("Max-Age=0");
        assertThat(server.access.sessionCount()).isZero();
    }

    @Test
    void set_up_signs_in_and_a_wrong_code_does_not() throws Exception {
        var wrong = post(
                "/api/hw/setup",
                "{\"code\":\"WRONG\",\"user\":\"admin\",\"password\":\"" + FakeAccess.PASSWORD + "\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(setUp).isFalse();

        var right = post(
                "/api/hw/setup",
                "{\"code\":\"RIGHT\",\"user\":\"admin\",\"password\":\"" + FakeAccess.PASSWORD + "\"}");
        assertThat(right.statusCode()).isEqualTo(204);
        assertThat(setUp).isTrue();
        assertThat(server.get("/api/hw/session", "Cookie", cookie(right)).body())
                .contains("\"name\":\"admin\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"user\":\"a\"}",
                "{\"user\":null,\"password\":\"x\"}",
                "{\"user\":1,\"password\":\"x\"}",
                "{\"user\":{\"a\":1},\"password\":\"x\"}",
                "{\"user\":\"a\",\"password\":\"geheim\",\"admin\":true}",
                "{\"user\":\"a\",\"user\":\"b\",\"password\":\"geheim\"}",
                "{\"user\":\"a\",\"password\":\"geheim\"} {}",
                "{\"user\":\"a\",\"password\":\"geheim\"",
                "\u0000"
            })
    void what_is_not_the_expected_json_is_refused_without_repeating_it(String body) throws Exception {
        var answer = post("/api/hw/sign-in", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"error\":\"")
                .doesNotContain("geheim")
                .doesNotContain("jackson");
    }

    @Test
    void deep_or_long_json_is_refused() throws Exception {
        assertThat(post("/api/hw/sign-in", "[".repeat(10_000)).statusCode()).isEqualTo(400);
        assertThat(post("/api/hw/sign-in", "{\"user\":\"" + "x".repeat(20_000) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/api/hw/sign-in", "{\"user\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void a_form_of_another_site_cannot_sign_anyone_in(String type) throws Exception {
        assertThat(server.send("POST", "/api/hw/sign-in", SIGN_IN, "Content-Type", type)
                        .statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.send("POST", path, body, all);
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    /** A set-up whose code is RIGHT. */
    private final class OneCode implements Setup {
        @Override
        public boolean needed() {
            return !setUp;
        }

        @Override
        public boolean accepts(Secret code) {
            return code.sameAs(Secret.of("RIGHT"));
        }

        @Override
        public void complete(Secret code, String userName, Secret password) throws Refusal {
            if (!accepts(code)) {
                throw new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "Not valid.");
            }
            setUp = true;
        }

        @Override
        public String renewLink() {
            return "/setup#code=RIGHT";
        }
    }
}
