package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The face to the Prometheus world, looked at with Prometheus's own eyes: a real server and promtool. */
class PrometheusIT {

    private static final String QUERY = "org.hearthwatch.query";

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @BeforeAll
    static void the_machine_has_been_measured() {
        appliance.await(
                "the first samples", () -> appliance.get("/metrics").body().contains("\nnode_load1 "));
    }

    @Test
    void a_real_prometheus_scrapes_it(@TempDir Path folder) throws Exception {
        Path binary = installed("prometheus");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: hearthwatch
                    scrape_interval: 1s
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(appliance.port()));
        Process prometheus = started(binary, folder, config, port);
        try {
            appliance.await(
                    "Prometheus to call us up",
                    () -> answer(port, "up{job=\"hearthwatch\"} == 1").contains("hearthwatch"));

            assertThat(answer(port, "node_uname_info")).contains("\"job\":\"hearthwatch\"", "nodename");
            assertThat(answer(port, "hearthwatch_store_series")).contains("\"value\":");
            assertThat(answer(port, "{exported_job=~\".+\"}"))
                    .as("series whose job clashes with the scrape's own")
                    .contains("\"result\":[]");
        } finally {
            stop(prometheus);
        }
    }

    @Test
    void a_real_prometheus_answers_in_its_place_and_the_newest_hour_remains_when_that_stops(@TempDir Path folder)
            throws Exception {
        Path binary = installed("prometheus");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: itself
                    scrape_interval: 1s
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(port));
        String token = appliance.newToken("read");
        Process prometheus = started(binary, folder, config, port);
        try {
            appliance.configure(QUERY, "engine = remote", "remoteUrl = http://127.0.0.1:" + port);

            appliance.await(
                    "an answer of the other engine",
                    () -> appliance.query("prometheus_build_info", token).size() == 1);
            assertThat(appliance.query("node_load1", token)).isEmpty();
            assertThat(appliance
                            .json("/api/v1/label/job/values", token)
                            .path("data")
                            .toString())
                    .isEqualTo("[\"itself\"]");

            stop(prometheus);

            var answer = appliance.json("/api/v1/query?query=node_load1", token);
            assertThat(answer.path("warnings").path(0).asText())
                    .contains("does not answer", "only the newest 1h, as kept here");
            assertThat(answer.path("data").path("result")).isNotEmpty();
        } finally {
            appliance.resetConfiguration(QUERY);
            stop(prometheus);
        }
    }

    private static Process started(Path binary, Path folder, Path config, int port) throws IOException {
        return new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** node_exporter's own names break the lint's style, so only what is not one of them must be without complaint. */
    @Test
    void promtool_accepts_the_exposition(@TempDir Path folder) throws Exception {
        Path promtool = installed("promtool");
        Path exposition = Files.writeString(
                folder.resolve("metrics"), appliance.get("/metrics").body());

        Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectInput(exposition.toFile())
                .redirectErrorStream(true)
                .start();
        var complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(complaints).isIn(0, 3);
        assertThat(complaints.lines()).allMatch(line -> line.startsWith("node_"));
    }

    @Test
    void speaks_open_metrics_to_who_asks_for_it() {
        var answer = appliance.send(HttpRequest.newBuilder(appliance.uri("/metrics"))
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"));

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n").contains("# TYPE node_context_switches counter\n");
    }

    @Test
    void names_of_local_series_are_those_of_an_exporter() {
        assertThat(appliance.get("/metrics").body().lines())
                .anyMatch(line -> line.startsWith("node_load1 "))
                .noneMatch(line -> line.contains("instance=\"") || line.contains("job=\""));
    }

    private static String answer(int port, String expression) {
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        try {
            return appliance.send(HttpRequest.newBuilder(uri)).body();
        } catch (RuntimeException notYet) {
            return "";
        }
    }

    private static Path installed(String program) {
        var found = List.of(System.getenv("PATH").split(":")).stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), program + " is not installed; ./hearthwatch verify installs it where it may");
        return found.orElseThrow();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
