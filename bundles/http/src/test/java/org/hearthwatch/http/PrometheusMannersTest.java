package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusMannersTest {

    private EdgeServer server;

    @BeforeEach
    void open() throws Exception {
        server = EdgeServer.start()
                .serving(
                        Route.get("/api/v1/thing", Guard.open(), PrometheusMannersTest::echo),
                        Route.post("/api/v1/thing", Guard.open(), PrometheusMannersTest::echo),
                        Route.get(
                                "/api/v1/secret", Guard.needs(Permission.read("x:read")), PrometheusMannersTest::echo),
                        Route.delete("/api/v1/thing/gone", Guard.open(), PrometheusMannersTest::echo),
                        Route.get("/other", Guard.open(), PrometheusMannersTest::echo));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pages_of_other_sites_may_read_the_api_and_nothing_else() throws Exception {
        var answer = server.get("/api/v1/thing?a=1", "Origin", "http://grafana.example");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://grafana.example");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Accept, Authorization, Content-Type, Origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST, OPTIONS");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers")).contains("Date");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
        assertThat(server.get("/other", "Origin", "http://grafana.example")
                        .headers()
                        .map())
                .doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void options_are_answered_everywhere_under_the_api() throws Exception {
        for (String path : new String[] {"/api/v1/thing", "/api/v1/secret", "/api/v1/nothing"}) {
            var answer = server.send("OPTIONS", path, "", "Origin", "http://grafana.example");
            assertThat(answer.statusCode()).as(path).isEqualTo(204);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://grafana.example");
        }
        assertThat(server.send("OPTIONS", "/other", "").statusCode()).isEqualTo(405);
    }

    @Test
    void head_is_no_method_of_the_api() throws Exception {
        var answer = server.send("HEAD", "/api/v1/thing", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, OPTIONS, POST");
        assertThat(server.send("HEAD", "/api/v1/thing/gone", "").headers().firstValue("Allow"))
                .contains("DELETE, OPTIONS");
        assertThat(server.send("HEAD", "/other", "").statusCode()).isEqualTo(200);
    }

    @Test
    void what_answers_everywhere_makes_no_address_of_the_api() throws Exception {
        server.serving(Route.get("/{rest...}", Guard.open(), PrometheusMannersTest::echo));

        assertThat(server.send("POST", "/api/v1/nothing", "").statusCode()).isEqualTo(404);
        assertThat(server.send("HEAD", "/api/v1/nothing", "").statusCode()).isEqualTo(404);
        assertThat(server.send("POST", "/nothing", "").statusCode()).isEqualTo(405);
        assertThat(server.send("PATCH", "/api/v1/thing", "").statusCode()).isEqualTo(405);
        assertThat(server.send("POST", "/other", "").statusCode()).isEqualTo(405);
    }

    @Test
    void what_is_not_there_is_told_in_plain_text() throws Exception {
        var nothing = server.get("/api/v1/nothing");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers()
                        .firstValue("Content-Type")
                        .map(type -> type.replace(" ", "").toLowerCase(java.util.Locale.ROOT)))
                .contains("text/plain;charset=utf-8");
        assertThat(nothing.body()).isEqualTo("404 page not found\n");

        var deleted = server.send("DELETE", "/api/v1/thing", "");
        assertThat(deleted.statusCode()).isEqualTo(405);
        assertThat(deleted.body()).isEqualTo("Method Not Allowed\n");
        assertThat(server.get("/nothing").body()).contains("\"status\":404");
        assertThat(server.get("/api/v1/secret").body()).contains("\"errorType\":\"unauthorized\"");
    }

    @Test
    void a_form_counts_before_the_query() throws Exception {
        var answer = server.send(
                "POST", "/api/v1/thing?a=query", "a=form", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.body()).isEqualTo(Optional.of("form") + "[form, query]");
    }

    private static void echo(Exchange exchange) throws java.io.IOException {
        String text = exchange.parameter("a") + exchange.parameters("a").toString();
        exchange.respond(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
}
