package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.jetty.PortLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void serves_routes_as_they_come_and_go() throws Exception {
        Route route = Route.get("/a", Guard.open(), exchange -> text(exchange, "here"));
        Routes routes = () -> List.of(route);

        assertThat(server.get("/a").statusCode()).isEqualTo(404);
        server.edge.add(routes);
        assertThat(server.get("/a").body()).isEqualTo("here");
        server.edge.remove(routes);
        assertThat(server.get("/a").statusCode()).isEqualTo(404);
    }

    @Test
    void says_which_methods_an_address_takes() throws Exception {
        server.serving(
                Route.get("/a", Guard.open(), exchange -> text(exchange, "a")),
                Route.put("/a", Guard.open(), exchange -> text(exchange, "a")));

        var answer = server.send("POST", "/a", "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, PUT");
    }

    @Test
    void every_answer_carries_the_security_headers() throws Exception {
        server.serving(
                Route.get("/ok", Guard.open(), exchange -> text(exchange, "a")),
                Route.get("/bug", Guard.open(), exchange -> {
                    throw new IllegalStateException("inside");
                }));

        for (String path : List.of("/ok", "/bug", "/nothing")) {
            var headers = server.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'; script-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void a_handler_may_let_answers_be_kept_but_not_weaken_the_rest() throws Exception {
        server.serving(
                Route.get("/asset", Guard.open(), exchange -> {
                    exchange.header("Cache-Control", "public, max-age=31536000, immutable");
                    text(exchange, "a");
                }),
                Route.get("/weaker", Guard.open(), exchange -> {
                    exchange.header("content-security-policy", "default-src *");
                    text(exchange, "a");
                }));

        assertThat(server.get("/asset").headers().allValues("Cache-Control"))
                .containsExactly("public, max-age=31536000, immutable");
        assertThat(server.get("/weaker").statusCode()).isEqualTo(500);
    }

    @Test
    void a_header_cannot_be_split() throws Exception {
        server.serving(Route.get("/a", Guard.open(), exchange -> {
            exchange.header("X-Name", "a\r\nX-Injected: b");
            text(exchange, "a");
        }));

        var answer = server.get("/a");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
    }

    @Test
    void an_encoded_body_reaches_only_the_handler_that_asks_for_it() throws Exception {
        server.serving(
                Route.post("/encoded", Guard.open(), exchange -> {
                    byte[] body = exchange.encodedBody(10).readAllBytes();
                    text(exchange, new String(body, StandardCharsets.UTF_8));
                }),
                Route.post("/plain", Guard.open(), exchange -> {
                    byte[] body = exchange.body(10).readAllBytes();
                    text(exchange, new String(body, StandardCharsets.UTF_8));
                }));

        assertThat(server.send("POST", "/encoded", "packed", "Content-Encoding", "snappy")
                        .body())
                .isEqualTo("packed");
        assertThat(server.send("POST", "/encoded", "longer than ten", "Content-Encoding", "snappy")
                        .statusCode())
                .isEqualTo(413);
        assertThat(server.send("POST", "/plain", "packed", "Content-Encoding", "snappy")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void an_unforeseen_error_gives_a_number_and_no_detail() throws Exception {
        server.serving(Route.get("/bug", Guard.open(), exchange -> {
            throw new IllegalStateException("inside");
        }));

        var answer = server.get("/bug");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).matches("\\{\"error\":\".* under the number [0-9a-f]{8}\\.\",\"status\":500}");
    }

    @Test
    void an_error_in_the_middle_of_an_answer_breaks_it_visibly() throws Exception {
        server.serving(Route.get("/half", Guard.open(), exchange -> {
            var out = exchange.respond(200, "application/octet-stream");
            out.write(new byte[100_000]);
            out.flush();
            throw new IllegalStateException("inside");
        }));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> server.get("/half"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_problem_is_told_as_it_is() throws Exception {
        server.serving(Route.get("/a", Guard.open(), exchange -> {
            exchange.header("Retry-After", "7");
            throw new HttpProblem(429, "Wait for \"7\" s.");
        }));

        var answer = server.get("/a");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.body()).isEqualTo("{\"error\":\"Wait for \\\"7\\\" s.\",\"status\":429}");
    }

    @Test
    void query_and_form_parameters_are_one() throws Exception {
        server.serving(Route.post(
                "/form",
                Guard.open(),
                exchange -> text(
                        exchange,
                        exchange.parameters("a") + " " + exchange.parameter("b").orElse("none"))));

        assertThat(server.send(
                                "POST",
                                "/form?a=1&a=%C3%A9+x",
                                "a=3&b=%3D",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .body())
                .isEqualTo("[3, 1, é x] =");
        assertThat(server.raw("POST /form?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void head_is_answered_by_get_without_the_body() throws Exception {
        server.serving(Route.get("/a", Guard.open(), exchange -> text(exchange, "hello")));

        var answer = server.send("HEAD", "/a", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("5");
    }

    @Test
    void text_is_compressed_for_those_who_can_read_it() throws Exception {
        String long1 = "node_cpu_seconds_total 1\n".repeat(1000);
        server.serving(
                Route.get("/whole", Guard.open(), exchange -> text(exchange, long1)),
                Route.get("/streamed", Guard.open(), exchange -> {
                    try (var out = exchange.respond(200, "text/plain; charset=utf-8")) {
                        out.write(long1.getBytes(StandardCharsets.UTF_8));
                    }
                }),
                Route.get("/short", Guard.open(), exchange -> text(exchange, "short")),
                Route.get("/packed", Guard.open(), exchange -> {
                    exchange.header("Content-Encoding", "br");
                    text(exchange, long1);
                }));

        for (String path : List.of("/whole", "/streamed")) {
            var answer = bytes(path, "gzip, deflate");
            assertThat(answer.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
            assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
            assertThat(answer.body()).hasSizeLessThan(1000);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(long1);
            assertThat(bytes(path, "gzip;q=0, br").body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(long1);
        }
        assertThat(bytes("/short", "gzip").headers().firstValue("Content-Encoding"))
                .isEmpty();
        assertThat(bytes("/packed", "gzip").headers().allValues("Content-Encoding"))
                .containsExactly("br");
    }

    @Test
    void a_handler_that_thinks_long_is_not_cut_off_by_deadline_or_idle_timeout() throws Exception {
        try (var impatient =
                EdgeServer.start(new PortLimits(50, 20, 20, Duration.ofMillis(200), Duration.ofMillis(200)))) {
            impatient.serving(
                    Route.get("/think", Guard.open(), DispatcherTest::think),
                    Route.post("/think", Guard.open(), DispatcherTest::think));

            assertThat(impatient.get("/think").body()).isEqualTo("thought");
            assertThat(impatient.send("POST", "/think", "x").body()).isEqualTo("thought");
        }
    }

    @Test
    void a_connection_goes_on_after_answers_and_refusals() throws Exception {
        server.serving(
                Route.get("/a", Guard.open(), exchange -> text(exchange, "a")),
                Route.post("/unread", Guard.open(), exchange -> exchange.respond(204)));
        try (var socket = server.connect()) {
            String get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String post = "POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi";
            String missing = "PUT /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi";
            String last = "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((get + post + missing + last).getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .containsSubsequence("HTTP/1.1 200", "HTTP/1.1 204", "HTTP/1.1 405", "HTTP/1.1 200");
        }
    }

    @Test
    void counts_what_it_serves_and_refuses() throws Exception {
        server.serving(Route.get("/a/{x}", Guard.open(), exchange -> text(exchange, "a")));
        server.get("/a/1");
        server.get("/a/2");
        server.get("/nothing");

        var samples = new org.hearthwatch.testkit.RecordedSamples();
        server.edge.figures().collect(samples);

        assertThat(samples.value("hearthwatch_http_requests_total{code=\"200\", method=\"GET\", route=\"/a/{x}\"}"))
                .isEqualTo(2);
        assertThat(samples.value("hearthwatch_http_refused_total{reason=\"not_found\"}"))
                .isEqualTo(1);
        assertThat(samples.value("hearthwatch_http_requests_in_flight")).isZero();
        assertThat(samples.value("hearthwatch_http_routes")).isEqualTo(1);
    }

    private HttpResponse<byte[]> bytes(String path, String encoding) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .header("Accept-Encoding", encoding)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void think(Exchange exchange) throws IOException {
        LockSupport.parkNanos(1_000_000_000);
        text(exchange, "thought");
    }

    private static void text(Exchange exchange, String text) throws IOException {
        exchange.respond(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
