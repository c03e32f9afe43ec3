package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who signed in long ago shows again who they are before they change what matters most. */
class FreshProofTest {

    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
        var users = Guard.needs(Permission.admin("manage:users"));
        var rules = Guard.needs(Permission.write("write:rules"));
        List<Route> routes = List.of(
                Route.get("/users", users, FreshProofTest::done),
                Route.post("/users", users, FreshProofTest::done),
                Route.post("/rules", rules, FreshProofTest::done));
        server.edge.add(() -> routes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void looking_and_lesser_changes_take_no_proof_and_the_rest_do() throws Exception {
        String stale = server.access.staleSession("ada", Scope.ADMIN);

        assertThat(status("GET", "/users", stale)).isEqualTo(200);
        assertThat(status("POST", "/rules", stale)).isEqualTo(200);
        assertThat(status("POST", "/users", stale)).isEqualTo(428);
        assertThat(status("POST", "/users", server.access.session("ada", Scope.ADMIN)))
                .isEqualTo(200);
    }

    @Test
    void a_proof_is_asked_only_of_those_who_may() throws Exception {
        assertThat(status("POST", "/users", server.access.staleSession("bob", Scope.WRITE)))
                .isEqualTo(403);
    }

    @Test
    void a_token_needs_no_proof() throws Exception {
        String token = server.access.token("t", Scope.ADMIN);

        assertThat(server.send("POST", "/users", "", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_was_asked_for_without_proof_is_on_record() throws Exception {
        status("POST", "/users", server.access.staleSession("ada", Scope.ADMIN));

        assertThat(server.audit.events)
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).startsWith("428"));
    }

    private int status(String method, String path, String session) throws Exception {
        return server.send(
                        method,
                        path,
                        "",
                        "Cookie",
                        "hearthwatch-session-" + server.port() + "=" + session,
                        "X-CSRF-Token",
                        "csrf-" + session,
                        "Origin",
                        "http://127.0.0.1:" + server.port())
                .statusCode();
    }

    private static void done(Exchange exchange) throws java.io.IOException {
        exchange.respond(200);
    }
}
