package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other sites in a browser, and requests no browser sends. Cases 12 to 17. */
class HostileWebIT {

    private static final String PASSWORD = "a password nobody guesses";
    private static final String CHANGE = Person.json("name", "forged", "scope", "read");

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    @BeforeAll
    static void a_person() throws Exception {
        Person.exists(appliance, HostileCases.adminToken(), "webadmin", PASSWORD, "admin");
    }

    @Test
    void another_site_changes_nothing() throws Exception {
        var person = Person.signedIn(appliance, "webadmin", PASSWORD);
        String own = "http://127.0.0.1:" + appliance.port();
        Map<String, List<String>> tries = new TreeMap<>();
        tries.put(
                "form of another site",
                List.of("Origin: https://evil.example", "Content-Type: application/x-www-form-urlencoded"));
        tries.put("JSON as text/plain", List.of("Origin: https://evil.example", "Content-Type: text/plain"));
        tries.put("fetch across sites", List.of("Sec-Fetch-Site: cross-site", "Content-Type: application/json"));
        tries.put("neither Origin nor Sec-Fetch-Site", List.of("Content-Type: application/json"));
        tries.put("Origin: null", List.of("Origin: null", "Content-Type: application/json"));
        tries.put(
                "sibling subdomain",
                List.of(
                        "Origin: http://evil.localhost",
                        "Sec-Fetch-Site: same-site",
                        "Content-Type: application/json"));
        tries.put("another port", List.of("Origin: http://127.0.0.1:1", "Content-Type: application/json"));
        tries.put(
                "own page, CSRF token of somebody else",
                List.of("Origin: " + own, "X-CSRF-Token: " + "a".repeat(43), "Content-Type: application/json"));
        var answers = new TreeMap<String, Integer>();
        for (var each : tries.entrySet()) {
            List<String> headers = new ArrayList<>(each.getValue());
            headers.add("Cookie: " + person.cookie());
            if (headers.stream().noneMatch(header -> header.startsWith("X-CSRF"))) {
                headers.add("X-CSRF-Token: " + person.csrf());
            }
            answers.put(
                    each.getKey(),
                    Wire.ask(
                                    appliance.port(),
                                    "127.0.0.1",
                                    "POST",
                                    "/api/hw/tokens",
                                    CHANGE,
                                    headers.toArray(String[]::new))
                            .status());
        }
        assertThat(answers.values()).as(answers.toString()).containsOnly(403);
        Wire.Answer bearer = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "GET",
                "/api/hw/users",
                "",
                "Cookie: hearthwatch-session-" + appliance.port() + "=" + HostileCases.adminToken());
        assertThat(bearer.status()).isEqualTo(401);
        assertThat(appliance.command("token-list").out()).doesNotContain("forged");
        HostileCases.answered(12, String.join("; ", answers.keySet()), "403 each; an API token in the cookie 401");
    }

    @Test
    void a_name_of_theirs_that_points_here_is_refused() throws Exception {
        var answers = new TreeMap<String, Integer>();
        for (String host : List.of("evil.example", "127.0.0.1.nip.io", "localhost.evil.example", "10.0.0.1", "")) {
            answers.put(
                    host.isEmpty() ? "(empty)" : host,
                    Wire.ask(appliance.port(), "127.0.0.1", "GET", "/api/hw/session", "", "Host: " + host)
                            .status());
        }
        assertThat(answers.values()).allMatch(status -> status == 421 || status == 400 || status == 403);
        String none = Wire.say(appliance.port(), "GET /api/hw/session HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(none).startsWith("HTTP/1.1 400");
        int foreign = Wire.ask(
                        appliance.port(),
                        "127.0.0.1",
                        "POST",
                        "/api/hw/sign-in",
                        Person.json("user", "webadmin", "password", PASSWORD),
                        "Content-Type: application/json",
                        "Origin: http://evil.example")
                .status();
        assertThat(foreign).isEqualTo(403);
        HostileCases.answered(
                13, "Host: " + answers.keySet() + ", none; a foreign Origin", answers.values() + ", 400; 403");
    }

    @Test
    void an_odd_path_reaches_no_handler() throws Exception {
        var answers = new TreeMap<String, Integer>();
        for (String path : List.of(
                "/a/../api/hw/users",
                "/%2e%2e/api/hw/users",
                "/..;/api/hw/users",
                "//api/hw/users",
                "/api%2fhw%2fusers",
                "/api/hw/users%00",
                "/%c0%ae%c0%ae/api",
                "/api/hw/users;x=1",
                "/api\\hw\\users",
                "/API/hw/users",
                "/api/hw/users/")) {
            String answer = Wire.say(
                    appliance.port(),
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + HostileCases.adminToken()
                            + "\r\nConnection: close\r\n\r\n");
            int status = Wire.Answer.of(answer).status();
            assertThat(answer).as(path).doesNotContain("webadmin");
            answers.put(path, status);
        }
        assertThat(answers.values())
                .as(answers.toString())
                .allMatch(status -> status == 400 || status == 404 || status == 200);
        assertThat(answers.values().stream().filter(status -> status == 400).count())
                .isGreaterThan(7);
        HostileCases.answered(
                14,
                "odd ways to write the path of the users, as administrator",
                answers + " (200 is the console's page)");
    }

    @Test
    void what_two_servers_may_read_differently_is_refused() throws Exception {
        Map<String, String> heads = new TreeMap<>();
        heads.put("CL and TE", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put("two CL", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
        heads.put("folded header", "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n");
        heads.put("bare LF", "X: a\nContent-Length: 0\r\n\r\n");
        heads.put("blank before the colon", "Content-Length : 0\r\n\r\n");
        heads.put("head of 64 kB", "X: " + "x".repeat(64 * 1024) + "\r\nContent-Length: 0\r\n\r\n");
        heads.put(
                "chunk extension of 1 MiB",
                "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n1;" + "x".repeat(1 << 20)
                        + "\r\n");
        var answers = new TreeMap<String, String>();
        for (var head : heads.entrySet()) {
            String answer = Wire.say(
                    appliance.port(), "POST /api/hw/sign-in HTTP/1.1\r\nHost: localhost\r\n" + head.getValue());
            assertThat(answer).as(head.getKey()).doesNotContain("HTTP/1.1 2");
            String status = answer.isEmpty() ? "closed" : answer.substring(9, 12);
            assertThat(status).as(head.getKey()).isIn("400", "408", "431", "413", "closed");
            answers.put(head.getKey(), status);
        }
        String two = Wire.say(
                appliance.port(),
                "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\nGARBAGE\r\n\r\n");
        assertThat(two.split("HTTP/1.1 ", -1))
                .as("answers to a request with garbage behind it")
                .hasSizeLessThanOrEqualTo(3);
        assertThat(two).contains("HTTP/1.1 400");
        answers.put("garbage behind", "400");
        HostileCases.answered(15, "heads that two servers may read differently", answers.toString());
    }

    @Test
    void a_method_nobody_serves_is_refused() throws Exception {
        var answers = new TreeMap<String, Integer>();
        for (String method : List.of("TRACE", "CONNECT", "PATCH", "PROPFIND", "FOO")) {
            answers.put(
                    method,
                    Wire.ask(
                                    appliance.port(),
                                    "127.0.0.1",
                                    method,
                                    method.equals("CONNECT") ? "localhost:80" : "/api/hw/status",
                                    "")
                            .status());
        }
        assertThat(answers.values()).allMatch(status -> status == 405 || status == 501 || status == 400);
        int override = Wire.ask(
                        appliance.port(),
                        "127.0.0.1",
                        "GET",
                        "/api/hw/users?_method=DELETE",
                        "",
                        "X-HTTP-Method-Override: DELETE",
                        "Authorization: Bearer " + HostileCases.adminToken())
                .status();
        assertThat(override).as("still a GET").isEqualTo(200);
        HostileCases.answered(16, "methods", answers + "; X-HTTP-Method-Override is not heard");
    }

    @Test
    void whoever_dawdles_is_cut_off_and_nobody_waits_for_them() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(Wire.connect(appliance.port(), "127.0.0.1"));
            }
            var head = CompletableFuture.supplyAsync(() -> dribble("GET / HTTP/1.1\r\nHost: local"));
            var body = CompletableFuture.supplyAsync(() -> dribble(String.join(
                    "\r\n",
                    "POST /api/hw/sign-in HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 1000",
                    "",
                    "{")));
            for (int i = 0; i < 20; i++) {
                assertThat(appliance.get("/-/healthy").statusCode()).isEqualTo(200);
            }
            long seconds = Math.max(head.get(), body.get());
            assertThat(seconds).isBetween(10L, 25L);
            HostileCases.answered(
                    17,
                    "a byte a second in head and in body, 100 connections that say nothing",
                    "closed after " + seconds
                            + " s; others are served (from elsewhere 20 connections an address: SecurePortTest)");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** Sends a beginning, then a byte a second. @return after how many it was closed */
    private static long dribble(String beginning) {
        long begin = System.nanoTime();
        try (Socket socket = Wire.connect(appliance.port(), "127.0.0.1")) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 40; i++) {
                try {
                    if (socket.getInputStream().read() < 0) {
                        break;
                    }
                } catch (java.net.SocketTimeoutException nothingYet) {
                    socket.getOutputStream().write('a');
                }
            }
        } catch (IOException reset) {
            // Closed, too.
        }
        return (System.nanoTime() - begin) / 1_000_000_000;
    }
}
