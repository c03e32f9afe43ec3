package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks a real Prometheus what the recordings asked, and more, and compares. Runs with the profile {@code prometheus} alone;
 * {@code -Dprometheus.binary} and {@code -Dpromtool.binary} say where the programs are.
 */
@EnabledIfSystemProperty(named = "prometheus.binary", matches = ".+")
class AgainstPrometheus {

    private static final List<String> PIECES = List.of(
            "up", "temp", "{", "}", "room", "=", "=~", "!=", "!~", "\"pi\"", "'x", "`n.*`", ",", " ", "(", "[5m]", "1",
            "#", "\\", "ä", "\n");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static Process server;
    private static URI address;

    @BeforeAll
    static void start() throws Exception {
        Path samples = directory.resolve("samples.om");
        Files.writeString(samples, openMetrics());
        Path config = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
        Path data = directory.resolve("data");
        var blocks = new ProcessBuilder(
                        System.getProperty("promtool.binary"),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        samples.toString(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(blocks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(blocks.waitFor()).as(told).isZero();
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = URI.create("http://127.0.0.1:" + port);
        server = new ProcessBuilder(
                        System.getProperty("prometheus.binary"),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + data,
                        "--storage.tsdb.retention.time=100y",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        var log = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = log.readLine();
        while (line != null && !line.contains("Server is ready to receive web requests")) {
            line = log.readLine();
        }
        assertThat(line).as("Prometheus got ready").isNotNull();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void what_was_recorded_is_still_answered(Recording recording) throws Exception {
        compare(recording.request());
    }

    @Test
    void selectors_made_of_pieces_are_answered_alike() {
        ForAll.cases(500, AgainstPrometheus::selector)
                .check(text -> compareUnchecked(
                        "GET /api/v1/series?match[]=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    static List<Recording> recordings() throws IOException {
        return Recording.all().stream()
                .filter(recording -> !recording.request().contains("prometheus_http_request_duration_seconds"))
                // Whether a time-out of zero strikes while parsing or while evaluating is chance.
                .filter(recording -> !recording.request().endsWith("timeout=0"))
                .toList();
    }

    private static String selector(RandomGenerator random) {
        var text = new StringBuilder(random.nextBoolean() ? "temp{" : "");
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static void compareUnchecked(String request) {
        try {
            compare(request);
        } catch (Exception e) {
            throw new AssertionError(request, e);
        }
    }

    private static void compare(String request) throws Exception {
        int space = request.indexOf(' ');
        String target = request.substring(space + 1)
                .replace("[", "%5B")
                .replace("]", "%5D")
                .replace("{", "%7B");
        HttpResponse<String> theirs = CLIENT.send(
                HttpRequest.newBuilder(
                                URI.create(address + target.replace("}", "%7D").replace("\"", "%22")))
                        .method(request.substring(0, space), HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        var ours = new Recording(request, theirs.statusCode(), theirs.body()).ours();
        assertThat(ours.status()).as(request).isEqualTo(theirs.statusCode());
        if (theirs.body().startsWith("{")) {
            assertThat(JsonTree.of(ours.text())).as(request).isEqualTo(JsonTree.of(theirs.body()));
        } else {
            assertThat(ours.text()).as(request).isEqualTo(theirs.body());
        }
    }

    private static String openMetrics() {
        return """
                # TYPE http_requests_total counter
                http_requests_total{code="200",method="get"} 10 1767225600
                http_requests_total{code="200",method="get"} 20 1767225660
                http_requests_total{code="200",method="get"} 30.5 1767225720.5
                http_requests_total{code="500",method="get"} 1 1767225600
                http_requests_total{code="500",method="get"} 2 1767225660
                http_requests_total{code="200",method="post"} 3 1767225600
                # TYPE temp gauge
                temp{room="küche \\"a\\"\\\\b"} -0.0 1767225600
                temp{room="bad"} 1e-7 1767225600
                temp{room="x<y>&z"} 1e21 1767225600
                temp{room="big"} 123456789012345680000 1767225600
                temp{room="nan"} NaN 1767225600
                temp{room="inf"} +Inf 1767225600
                temp{room="ninf"} -Inf 1767225600
                temp{room="pi"} 3.141592653589793 1767225600
                temp{room="min"} 4.9e-324 1767225600
                temp{room="max"} 1.7976931348623157e308 1767225600
                # EOF
                """;
    }
}
