package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the requests over HTTP is in the audit log. */
class ChangeRecordTest {

    private final AtomicInteger done = new AtomicInteger();
    private EdgeServer server;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        Guard manage = Guard.needs(Permission.admin("manage:things"));
        server = EdgeServer.start()
                .serving(
                        Route.post("/things/{name}", manage, exchange -> {
                            done.incrementAndGet();
                            exchange.respond(200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
                        }),
                        Route.delete("/things/{name}", manage, exchange -> {
                            throw new HttpProblem(409, "It is in use.");
                        }),
                        Route.get("/things", manage, exchange -> exchange.respond(204)),
                        Route.post(
                                "/search",
                                Guard.needs(Permission.read("things:read")),
                                exchange -> exchange.respond(204)),
                        Route.post(
                                "/push",
                                Guard.needs(Permission.write("samples:push")),
                                exchange -> exchange.respond(204)));
        admin = server.access.token("backup", Scope.ADMIN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int send(String method, String path) throws Exception {
        return server.send(method, path, "", "Authorization", "Bearer " + admin).statusCode();
    }

    @Test
    void a_change_is_recorded_with_who_and_what() throws Exception {
        assertThat(send("POST", "/things/lamp")).isEqualTo(200);
        assertThat(server.audit.events)
                .containsExactly(new AuditEvent(
                        "token:backup",
                        "admin",
                        "127.0.0.1",
                        "manage:things",
                        "POST /things/lamp",
                        Outcome.ALLOWED,
                        ""));
    }

    @Test
    void what_cannot_be_recorded_is_not_done() throws Exception {
        server.audit.full = true;
        var answer = server.send("POST", "/things/lamp", "", "Authorization", "Bearer " + admin);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("make room");
        assertThat(done).hasValue(0);
    }

    @Test
    void reading_goes_on_while_nothing_can_be_recorded() throws Exception {
        server.audit.full = true;
        assertThat(send("GET", "/things")).isEqualTo(204);
        assertThat(send("POST", "/search")).isEqualTo(204);
        assertThat(send("POST", "/push")).isEqualTo(204);
    }

    @Test
    void reading_and_pushed_samples_leave_no_trace() throws Exception {
        send("GET", "/things");
        send("POST", "/search");
        send("POST", "/push");
        assertThat(server.audit.events).isEmpty();
    }

    @Test
    void a_change_that_failed_has_an_entry_of_its_own() throws Exception {
        assertThat(send("DELETE", "/things/lamp")).isEqualTo(409);
        assertThat(server.audit.events)
                .extracting(AuditEvent::outcome)
                .containsExactly(Outcome.ALLOWED, Outcome.FAILED);
        assertThat(server.audit.events.get(1).reason()).isEqualTo("409 It is in use.");
    }

    @Test
    void a_refusal_is_recorded() throws Exception {
        String viewer = server.access.token("screen", Scope.READ);
        server.send("POST", "/things/lamp", "", "Authorization", "Bearer " + viewer);
        assertThat(server.audit.events).hasSize(1);
        assertThat(server.audit.events.get(0).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(server.audit.events.get(0).reason()).startsWith("403");
    }

    @Test
    void a_flood_of_refusals_does_not_flood_the_log() throws Exception {
        for (int i = 0; i < 100; i++) {
            server.send("POST", "/things/lamp", "");
        }
        assertThat(server.audit.events).hasSizeBetween(1, 60);
        assertThat(done).hasValue(0);
    }
}
