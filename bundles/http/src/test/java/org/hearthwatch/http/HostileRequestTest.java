package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.http.jetty.PortLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no browser sends: requests written by hand, against the real port. */
@Timeout(60)
class HostileRequestTest {

    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start(new PortLimits(50, 20, 20, Duration.ofMillis(700), Duration.ofSeconds(20)))
                .serving(
                        Route.get("/{rest...}", Guard.open(), HostileRequestTest::secret),
                        Route.post("/echo", Guard.open(), HostileRequestTest::echo));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../admin",
                "/%2e%2e/admin",
                "/..;/admin",
                "//api",
                "/a%2fb",
                "/a%00",
                "/a%5cb",
                "/%c0%ae",
                "/a;x=1",
                "/a;jsessionid=1",
                "/a\\b",
                "/%",
                "/a%u002f",
                "*",
                "http://evil.example/a",
                "evil.example:80"
            })
    void a_path_that_is_not_plain_reaches_no_handler(String path) throws Exception {
        assertThat(status(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")))
                .isBetween(400, 421);
    }

    @ParameterizedTest
    @CsvSource({"TRACE, 405", "CONNECT, 4", "PATCH, 405", "OPTIONS, 405", "PROPFIND, 405", "FOO, 405", "get, 405"})
    void a_method_nobody_serves_is_refused(String method, String status) throws Exception {
        String target = method.equals("CONNECT") ? "localhost:80" : "/a";
        String answer = server.raw(
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nX-Secret: echo\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("X-Secret");
    }

    @Test
    void a_method_override_is_not_heard() throws Exception {
        assertThat(server.send("GET", "/echo?_method=POST", "", "X-HTTP-Method-Override", "POST")
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: -1\r\n",
                "Content-Length : 5\r\n",
                "X: a\r\n folded\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "No-Colon\r\n"
            })
    void a_head_that_two_servers_may_read_differently_is_refused(String headers) throws Exception {
        String answer = server.raw("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\nhello");

        assertThat(status(answer)).isEqualTo(400);
        assertThat(answer).contains("Connection: close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.1\nHost: localhost\n\n",
                "GET /a HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: localhost\r\n\n",
                "\n\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void a_bare_line_feed_in_a_head_is_refused(String request) throws Exception {
        assertThat(status(server.raw(request))).isEqualTo(400);
        assertThat(server.refused("bare_line_feed")).isEqualTo(1);
    }

    @Test
    void line_feeds_in_a_body_are_nobodys_business() throws Exception {
        assertThat(server.send("POST", "/echo", "a\nb\n\nc").body()).isEqualTo("a\nb\n\nc");
        assertThat(server.send("POST", "/echo", "\n".repeat(50_000)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.nip.io", "localhost.evil.example", "", "10.0.0.1", "[::2]"})
    void another_hosts_name_is_refused(String host) throws Exception {
        String answer = server.raw("GET /a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(status(answer)).isIn(400, 421);
        assertThat(answer).doesNotContain("a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:1234",
                "127.0.0.1",
                "127.0.0.1:8470",
                "[::1]:8470",
                "nas.lan",
                "NAS.lan:80"
            })
    void our_own_names_are_taken_with_any_port(String host) throws Exception {
        assertThat(status(server.raw("GET /a HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.1\r\n\r\n",
                "GET /a HTTP/1.0\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
            })
    void without_a_host_or_with_two_nothing_is_served(String request) throws Exception {
        assertThat(server.raw(request)).doesNotContain("a secret");
    }

    @Test
    void other_versions_of_http_are_refused() throws Exception {
        assertThat(server.raw("GET /a\r\n")).doesNotContain("a secret");
        assertThat(server.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .startsWith("HTTP/1.1 ")
                .doesNotContain(" 200 ");
    }

    @Test
    void a_large_head_is_refused() throws Exception {
        String answer = server.raw(
                "GET /a HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(16 * 1024) + "\r\nConnection: close\r\n\r\n");

        assertThat(status(answer)).isEqualTo(431);
    }

    @Test
    void a_large_body_is_refused_announced_or_not() throws Exception {
        assertThat(status(server.raw("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n")))
                .isEqualTo(413);
        assertThat(status(server.raw(
                        "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n"
                                + "x".repeat(100_001)
                                + "\r\n0\r\n\r\n")))
                .isEqualTo(413);
    }

    @Test
    void a_compressed_body_is_not_inflated() throws Exception {
        assertThat(server.send("POST", "/echo", "x", "Content-Encoding", "gzip").statusCode())
                .isEqualTo(415);
    }

    @Test
    void even_what_jetty_refuses_carries_the_security_headers_and_no_version() throws Exception {
        String answer = server.raw("GET /%2e%2e/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .contains("Content-Security-Policy: default-src 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("\"error\":")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain("Server:");
    }

    @Test
    void a_head_that_trickles_in_is_cut_off_at_the_deadline() throws Exception {
        try (Socket socket = server.connect()) {
            trickle(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(10_000));
            assertThat(server.refused("deadline")).isEqualTo(1);
        }
    }

    @Test
    void a_body_that_trickles_in_is_cut_off_at_the_deadline() throws Exception {
        try (Socket socket = server.connect()) {
            trickle(
                    socket,
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000));
            assertThat(server.refused("deadline")).isEqualTo(1);
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed_at_the_deadline() throws Exception {
        assertThat(server.raw("")).startsWith("HTTP/1.1 408");
    }

    @Test
    void a_second_request_on_the_same_connection_has_a_deadline_of_its_own() throws Exception {
        try (Socket socket = server.connect()) {
            var out = socket.getOutputStream();
            out.write("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            readUntil(socket, "a secret");
            out.write("GET /a HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void connections_beyond_the_limit_are_closed_and_the_others_served() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (var patient = EdgeServer.start(new PortLimits(5, 20, 20, Duration.ofMinutes(1), Duration.ofMinutes(1)))) {
            for (int i = 0; i < 12; i++) {
                sockets.add(patient.connect());
            }
            int served = 0;
            for (Socket socket : sockets) {
                served += isAnswered(socket) ? 1 : 0;
            }
            assertThat(served).isEqualTo(5);
            assertThat(patient.refused("connections")).isEqualTo(7);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** Sends a byte now and then until the other side closes. */
    private static void trickle(Socket socket, String request) throws InterruptedException {
        try {
            for (byte b : request.getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(b);
                if (b == 'x') {
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                }
            }
            throw new AssertionError("The whole request was taken, however slowly it came");
        } catch (java.io.IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private static void readUntil(Socket socket, String text) throws java.io.IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int b = socket.getInputStream().read();
            assertThat(b).as(seen.toString()).isNotNegative();
            seen.append((char) b);
        }
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void secret(Exchange exchange) throws java.io.IOException {
        exchange.respond(200, "text/plain", "a secret".getBytes(StandardCharsets.UTF_8));
    }

    private static void echo(Exchange exchange) throws java.io.IOException, HttpProblem {
        exchange.respond(200, "text/plain", exchange.body(100_000).readAllBytes());
    }
}
