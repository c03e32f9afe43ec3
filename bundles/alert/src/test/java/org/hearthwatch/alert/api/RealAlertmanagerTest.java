package org.hearthwatch.alert.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.NotifiedAlert;
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
              repeat_interval: 5s
              routes:
                - {receiver: night, matchers: ['team="night"'], group_by: ['...'], continue: true}
                - {receiver: begin, matchers: ['severity=~"warn.*|crit"'], group_interval: 1s}
                - {receiver: quiet, matchers: ['team="muted"'], mute_time_intervals: [always]}
                - {receiver: quiet, matchers: ['team="never"'], active_time_intervals: [long_ago]}
                - {receiver: timed, matchers: ['team="timed"'], active_time_intervals: [always], mute_time_intervals: [long_ago]}
                - {receiver: texts, matchers: [alertname="Text"], group_by: [zone, missing]}
                - receiver: outer
                  matchers: [team="nested"]
                  continue: true
                  routes:
                    - {receiver: inner, matchers: [host!~"a|b"], group_by: [host], continue: true}
                    - {receiver: inner2, matchers: [host="c"], repeat_interval: 3s}
                - {receiver: after, matchers: [team="nested", host=""], group_wait: 3s}
            time_intervals:
              - {name: always, time_intervals: [{times: [{start_time: '00:00', end_time: '24:00'}]}]}
              - {name: long_ago, time_intervals: [{years: ['2001:2002']}]}
            inhibit_rules:
              - {source_matchers: [alertname="Cause"], target_matchers: [alertname="Effect"], equal: [instance]}
            receivers:
              - {name: default, webhook_configs: [{url: 'http://127.0.0.1:PORT/default'}]}
              - {name: night, webhook_configs: [{url: 'http://127.0.0.1:PORT/night'}]}
              - {name: begin, webhook_configs: [{url: 'http://127.0.0.1:PORT/begin', send_resolved: false}]}
              - {name: quiet, webhook_configs: [{url: 'http://127.0.0.1:PORT/quiet'}]}
              - {name: timed, webhook_configs: [{url: 'http://127.0.0.1:PORT/timed', max_alerts: 2}]}
              - {name: outer, webhook_configs: [{url: 'http://127.0.0.1:PORT/outer'}]}
              - {name: inner, webhook_configs: [{url: 'http://127.0.0.1:PORT/inner'}]}
              - {name: inner2, webhook_configs: [{url: 'http://127.0.0.1:PORT/inner2'}]}
              - {name: after, webhook_configs: [{url: 'http://127.0.0.1:PORT/after'}]}
              - name: texts
                slack_configs:
                  - {api_url: 'http://127.0.0.1:PORT/1', channel: c, send_resolved: true, text: '{{ template "__subject" . }}'}
                  - {api_url: 'http://127.0.0.1:PORT/2', channel: c, send_resolved: true, text: '{{ template "discord.default.message" . }}'}
                  - {api_url: 'http://127.0.0.1:PORT/3', channel: c, send_resolved: true, text: '{{ template "opsgenie.default.description" . }}'}
                  - {api_url: 'http://127.0.0.1:PORT/4', channel: c, send_resolved: true, text: '{{ .Alerts.Firing | len }} {{ .GroupLabels.Names }} {{ .CommonLabels.SortedPairs.Names }} {{ .CommonAnnotations.Names }} {{ range .Alerts }}{{ .StartsAt }} {{ .Status }} {{ .Fingerprint }} {{ .Labels.Values }} {{ .Annotations.value }};{{ end }}'}
                  - {api_url: 'http://127.0.0.1:PORT/5', channel: c, send_resolved: true, text: '{{ range $i, $a := .Alerts }}{{ if $i }}, {{ end }}{{ $a.Labels.host | toUpper | printf "%-6q" }}{{ with $a.Annotations.value }}{{ reReplaceAll `(\\d+)\\.\\d*` "$1" . }}{{ else }}none{{ end }}{{ end }} {{ (index .Alerts 0).StartsAt.Format "Jan 2 15:04:05 MST 2006" }} {{ .Receiver | title }} {{ match "^a" "ab" }} {{ stringSlice "x" "y" | join "+" }} {{ eq .Status "firing" }}'}
            """;

    /** A message and the seconds since all began. */
    private record Told(double at, String what) {}

    @TempDir
    private Path folder;

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    private final List<Process> processes = new ArrayList<>();
    private final List<Told> ours = new CopyOnWriteArrayList<>();
    private final List<Told> theirs = new CopyOnWriteArrayList<>();
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
                JsonNode cards = message.path("attachments");
                if (cards.isArray()) {
                    note(
                            theirs,
                            "text " + exchange.getRequestURI().getPath() + " "
                                    + cards.path(0).path("text"));
                } else {
                    note(theirs, comparable((ObjectNode) message));
                }
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

    private void note(List<Told> into, String what) {
        into.add(new Told(Duration.between(began, Instant.now()).toMillis() / 1e3, what));
    }

    /** A webhook's message without what depends on the millisecond and on whose it is. */
    private static String comparable(ObjectNode message) {
        message.remove(List.of("externalURL", "version"));
        for (JsonNode alert : message.path("alerts")) {
            boolean resolved = !alert.path("endsAt").asText().startsWith("0001-01-01");
            ((ObjectNode) alert).put("endsAt", resolved ? "then" : "never");
            if (!alert.path("labels").has("since")) {
                ((ObjectNode) alert).remove("startsAt");
            }
        }
        var sorted = new TreeMap<String, JsonNode>();
        message.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return sorted.toString();
    }

    private final class Hooks implements NotifierFactory {

        @Override
        public Set<String> sections() {
            return Set.of("webhook_configs", "slack_configs");
        }

        @Override
        public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global) {
            boolean isText = section.equals("slack_configs");
            return new Notifier() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public String kind() {
                    return section;
                }

                @Override
                public String deliver(Notification notification) throws DeliveryException {
                    if (isText) {
                        String path =
                                URI.create(String.valueOf(entry.get("api_url"))).getPath();
                        String text = notification.texts().text(String.valueOf(entry.get("text")));
                        note(
                                ours,
                                "text " + path + " "
                                        + Json.MAPPER.getNodeFactory().textNode(text));
                    } else {
                        note(ours, comparable(json(notification)));
                    }
                    return "200";
                }
            };
        }
    }

    private static ObjectNode json(Notification notification) {
        ObjectNode node = Json.object()
                .put("receiver", notification.receiver())
                .put("status", notification.isFiring() ? "firing" : "resolved");
        ArrayNode alerts = node.putArray("alerts");
        for (NotifiedAlert alert : notification.alerts()) {
            ObjectNode each = alerts.addObject().put("status", alert.resolved() ? "resolved" : "firing");
            each.set("labels", Json.labels(alert.labels()));
            each.set("annotations", Json.texts(alert.annotations()));
            each.put("startsAt", alert.startsAt().toString());
            each.put("endsAt", alert.resolved() ? alert.endsAt().toString() : "0001-01-01T00:00:00Z");
            each.put("generatorURL", alert.generatorUrl());
            each.put("fingerprint", alert.fingerprint());
        }
        node.set("groupLabels", Json.labels(notification.groupLabels()));
        node.set("commonLabels", Json.labels(notification.commonLabels()));
        node.set("commonAnnotations", Json.texts(notification.commonAnnotations()));
        return node.put("groupKey", notification.groupKey()).put("truncatedAlerts", notification.truncatedAlerts());
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
        return amtoolAt(server.url(), words);
    }

    private String amtoolAt(String url, String... words) throws Exception {
        var command = new ArrayList<>(List.of(program("amtool")));
        command.addAll(List.of(words));
        command.add("--alertmanager.url=" + url);
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

    /** @param body alerts, each with a comma behind it */
    private void post(String body, String... urls) throws Exception {
        for (String url : urls) {
            http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "[" + body.substring(0, body.length() - 1) + "]", StandardCharsets.UTF_8))
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
        warmUp(both);
        began = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        at(0.3);
        post(firing("A", "instance", "1") + firing("A", "instance", "2"), both);
        post(firing("Effect", "instance", "1") + firing("Cause", "instance", "1"), both);
        post(until(60, "Effect", "instance", "2") + until(60, "Cause", "instance", "2"), both);
        post(until(60, "Silenced", "n", "1") + until(60, "Muted", "team", "muted"), both);
        post(until(60, "Never", "team", "never") + until(60, "Timed", "team", "timed", "x", "1"), both);
        post(until(60, "Timed", "team", "timed", "x", "2") + until(60, "Timed", "team", "timed", "x", "3"), both);
        post(text(60, "h1", "3.14159"), both);
        post(text(60, "h2", ""), both);
        for (String host : List.of("a", "c", "")) {
            post(until(60, "Nested", "team", "nested", "host", host), both);
        }
        at(1.4);
        post(firing("N", "team", "night", "severity", "crit"), both);
        at(3.4);
        post(firing("A", "instance", "3"), both);
        post(firing("W", "severity", "warning"), both);
        for (String url : both) {
            amtoolAt(url, "silence", "add", "alertname=Silenced", "n=~.+", "--duration=1h", "--comment=x");
        }
        at(4.4);
        post(firing("A", "instance", "1") + until(60, "Silenced", "n", "2"), both);
        at(6.4);
        post(text(6, "h1", "3.14159"), both);
        at(7.4);
        post(firing("A", "instance", "1") + until(7, "Cause", "instance", "2"), both);
        at(10.4);
        post(firing("A", "instance", "1"), both);
        for (String url : both) {
            amtoolAt(url, "silence", "expire", amtoolAt(url, "silence", "query", "-q"));
        }
        at(25);

        Map<String, List<Double>> told = moments(ours);
        assertThat(told.keySet()).isEqualTo(moments(theirs).keySet()).hasSizeGreaterThan(25);
        moments(theirs).forEach((what, moments) -> {
            List<Double> own = told.getOrDefault(what, List.of());
            assertThat(own).as(what).hasSameSizeAs(moments);
            for (int i = 0; i < moments.size(); i++) {
                // Less than the shortest way from one look at a group to the next but one.
                assertThat(own.get(i)).as(what).isCloseTo(moments.get(i), within(1.5));
            }
        });
    }

    /** What a program does for the first time takes longer than what is compared allows. */
    private void warmUp(String... both) throws Exception {
        began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        post(text(2, "warm", "1") + until(2, "Warm"), both);
        Instant end = began.plus(PATIENCE);
        while (!(ended(ours) && ended(theirs))) {
            assertThat(Instant.now()).as("waiting for the first messages").isBefore(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        ours.clear();
        theirs.clear();
    }

    private static boolean ended(List<Told> told) {
        return told.stream()
                        .filter(each -> each.what().matches(".*(resolved|RESOLVED).*"))
                        .count()
                >= 3;
    }

    /** When each message was told, by what it says. */
    private static Map<String, List<Double>> moments(List<Told> told) {
        return told.stream()
                .collect(Collectors.groupingBy(
                        Told::what, TreeMap::new, Collectors.mapping(Told::at, Collectors.toList())));
    }

    /** An alert without an end, as the API takes it, and a comma. */
    private static String firing(String name, String... labels) {
        return Json.text(alert(name, labels)) + ",";
    }

    /** An alert that ends at a second, and a comma. */
    private String until(int end, String name, String... labels) {
        return Json.text(
                        alert(name, labels).put("endsAt", began.plusSeconds(end).toString())) + ",";
    }

    private String text(int end, String host, String value) {
        ObjectNode alert = alert("Text", "host", host, "zone", "attic", "since", "long");
        alert.putObject("annotations").put("summary", "<b> & \"" + host + '"').put("value", value);
        alert.put("startsAt", began.toString()).put("generatorURL", "http://prom.home/graph?g0.expr=up&x=1");
        return Json.text(alert.put("endsAt", began.plusSeconds(end).toString())) + ",";
    }

    private static ObjectNode alert(String name, String... labels) {
        ObjectNode alert = Json.object();
        alert.set("labels", Json.labels(Labels.of(labels).with("alertname", name)));
        return alert;
    }
}
