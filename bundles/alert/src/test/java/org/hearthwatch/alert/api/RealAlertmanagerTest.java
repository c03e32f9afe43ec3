package org.hearthwatch.alert.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Talks to the real programs: amtool asks us, Prometheus sends to us, and an Alertmanager is told the same as we at the same
 * times. Debian's programs are used, or those of {@code -Damtool.binary=… -Dprometheus.binary=…}; what is compared with an
 * Alertmanager takes half a minute of real time and is done with {@code -Dalertmanager.binary=…} only.
 */
class RealAlertmanagerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIG = """
            global: {resolve_timeout: 5s}
            route:
              receiver: default
              group_by: [alertname]
              group_wait: 1s
              group_interval: 2s
              repeat_interval: 6s
              routes:
                - {receiver: night, matchers: ['team="night"'], group_by: ['...'], continue: true}
                - {receiver: begin, matchers: ['severity=~"warn.*|crit"'], group_interval: 1s}
            inhibit_rules:
              - {source_matchers: [alertname="Cause"], target_matchers: [alertname="Effect"], equal: [instance]}
            receivers:
              - {name: default, webhook_configs: [{url: 'http://127.0.0.1:PORT/default'}]}
              - {name: night, webhook_configs: [{url: 'http://127.0.0.1:PORT/night'}]}
              - {name: begin, webhook_configs: [{url: 'http://127.0.0.1:PORT/begin', send_resolved: false}]}
            """;

    @TempDir
    private Path folder;

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    private final List<Process> processes = new ArrayList<>();
    private final List<String> ours = new CopyOnWriteArrayList<>();
    private final List<String> theirs = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer hook;
    private Desk desk;
    private ApiServer server;
    private Instant began = Instant.now();

    @BeforeEach
    void open() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            try (exchange) {
                JsonNode message = Json.MAPPER.readTree(exchange.getRequestBody());
                var alerts = new TreeSet<String>();
                message.path("alerts")
                        .forEach(alert -> alerts.add(alert.path("status").asText() + " " + alert.path("labels")));
                note(
                        theirs,
                        exchange.getRequestURI().getPath().substring(1),
                        alerts,
                        message.path("groupKey").asText());
                exchange.sendResponseHeaders(200, -1);
            }
        });
        hook.start();
        var book = new ChannelBook();
        book.add(new Hooks());
        Timers timers = (delay, task) -> {
            var future = clockwork.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
        desk = new Desk(folder, config(), InstantSource.system(), timers, Executors::newSingleThreadExecutor, book);
        server = new ApiServer(desk.api);
    }

    private String config() {
        return CONFIG.replace("PORT", Integer.toString(hook.getAddress().getPort()));
    }

    private void note(List<String> into, String receiver, Set<String> alerts, String groupKey) {
        long half = Math.round(Duration.between(began, Instant.now()).toMillis() / 1000.0);
        into.add(half + " " + receiver + " " + groupKey + " " + alerts);
    }

    private final class Hooks implements NotifierFactory {

        @Override
        public Set<String> sections() {
            return Set.of("webhook_configs");
        }

        @Override
        public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global) {
            return new Notifier() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public String kind() {
                    return "webhook";
                }

                @Override
                public String deliver(Notification notification) {
                    var alerts = new TreeSet<String>();
                    notification
                            .alerts()
                            .forEach(alert -> alerts.add(
                                    (alert.resolved() ? "resolved " : "firing ") + Json.labels(alert.labels())));
                    note(ours, notification.receiver(), alerts, notification.groupKey());
                    return "200";
                }
            };
        }
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        desk.switchboard.close();
        clockwork.shutdownNow();
        server.close();
        hook.stop(0);
    }

    private static String program(String name) {
        String program = System.getProperty(name + ".binary", name);
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
        assumeTrue(there, program + " is not installed");
        return program;
    }

    private String amtool(String... words) throws Exception {
        var command = new ArrayList<>(List.of(program("amtool")));
        command.addAll(List.of(words));
        command.add("--alertmanager.url=" + server.url());
        Path out = folder.resolve("amtool.txt");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out).strip();
    }

    @Test
    void amtool_works() throws Exception {
        amtool("alert", "add", "Down", "instance=nas", "severity=crit", "--annotation=summary=gone");

        assertThat(amtool("alert", "query", "-o", "simple")).contains("Down", "gone", "active");
        assertThat(amtool("alert", "query", "instance=other")).doesNotContain("Down");
        String id = amtool("silence", "add", "alertname=Down", "--duration=1h", "--comment=test", "--author=ann");
        assertThat(id).matches("[0-9a-f-]{36}");
        assertThat(amtool("silence", "query")).contains(id, "alertname=", "ann", "test");
        assertThat(amtool("alert", "query")).doesNotContain("Down");
        assertThat(amtool("alert", "query", "--silenced")).contains("Down");
        assertThat(amtool("silence", "update", "--duration=2h", "--comment=longer", id))
                .contains("longer");
        assertThat(amtool("silence", "expire", id)).isEmpty();
        assertThat(amtool("silence", "query", "-q")).isEmpty();
        assertThat(amtool("silence", "query", "--expired", "-q")).contains(id);
        assertThat(amtool("config", "show")).contains("receiver: default");
        assertThat(amtool("config", "routes", "test", "severity=warning")).isEqualTo("begin");
        assertThat(amtool("cluster", "show")).contains("disabled");
    }

    private int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log" + processes.size()).toFile())
                .start());
    }

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void await(String url, String wanted) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (get(url).contains(wanted)) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            assertThat(Instant.now()).as("waiting for %s at %s", wanted, url).isBefore(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    void prometheus_sends_its_alerts_to_us() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.yml"), "groups: [{name: g, rules: [{alert: FromPrometheus, expr: vector(1)}]}]");
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {evaluation_interval: 1s}
                rule_files: ['%s']
                alerting: {alertmanagers: [{static_configs: [{targets: ['%s']}]}]}
                """.formatted(
                        rules, server.url().substring("http://".length())));
        start(
                program("prometheus"),
                "--config.file=" + config,
                "--rules.alert.resend-delay=1s",
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + freePort());

        await(server.url() + "/api/v2/alerts", "FromPrometheus");
    }

    private void post(String body, String... urls) throws Exception {
        for (String url : urls) {
            http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private void at(double seconds) throws InterruptedException {
        Duration left = Duration.between(Instant.now(), began.plusMillis(Math.round(seconds * 1000)));
        TimeUnit.MILLISECONDS.sleep(Math.max(0, left.toMillis()));
    }

    @Test
    @EnabledIfSystemProperty(named = "alertmanager.binary", matches = ".+")
    void an_alertmanager_tells_the_same_at_the_same_times() throws Exception {
        String address = "127.0.0.1:" + freePort();
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), config());
        start(
                program("alertmanager"),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("am"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=");
        await("http://" + address + "/-/ready", "OK");
        String[] both = {"http://" + address, server.url()};
        began = Instant.now();

        at(0.3);
        post(
                "[{\"labels\":{\"alertname\":\"A\",\"instance\":\"1\"}},{\"labels\":{\"alertname\":\"A\",\"instance\":\"2\"}}]",
                both);
        post(
                "[{\"labels\":{\"alertname\":\"Effect\",\"instance\":\"1\"}},{\"labels\":{\"alertname\":\"Cause\",\"instance\":\"1\"}}]",
                both);
        at(1.9);
        post("[{\"labels\":{\"alertname\":\"N\",\"team\":\"night\",\"severity\":\"crit\"}}]", both);
        at(3.8);
        post("[{\"labels\":{\"alertname\":\"A\",\"instance\":\"3\"}}]", both);
        post("[{\"labels\":{\"alertname\":\"W\",\"severity\":\"warning\"}}]", both);
        for (double second = 4.8; second < 12; second += 3) {
            at(second);
            post("[{\"labels\":{\"alertname\":\"A\",\"instance\":\"1\"}}]", both);
        }
        at(25);

        assertThat(new TreeSet<>(ours)).containsExactlyElementsOf(new TreeSet<>(theirs));
        assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(8);
    }
}
