package org.hearthwatch.alert.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.alert.notify.Links;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.notify.TemplateFiles;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTest {

    @TempDir
    private Path folder;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    private final Outside outside = new Outside();
    private HttpServer server;
    private Switchboard switchboard;
    private volatile int status = 200;
    private volatile boolean permitted = true;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        outside.use(new Egress() {
            @Override
            public void permit(String purpose, String host, int port) throws EgressRefusedException {
                if (!permitted) {
                    throw new EgressRefusedException(host + " is not on the list");
                }
            }

            @Override
            public SSLContext tls(String host, int port) {
                throw new AssertionError("No TLS here");
            }
        });
        InstantSource clock = InstantSource.system();
        AlertmanagerConfig config = ConfigReader.read("route: {receiver: a}\nreceivers: [{name: a}]\n", Set.of())
                .config()
                .orElseThrow();
        switchboard = new Switchboard(
                new Switchboard.Parts(
                        clock,
                        new OneThread(clockwork),
                        Outbox.open(folder.resolve("outbox.log"), clock, 10),
                        SilenceBook.open(folder.resolve("silences.log"), clock),
                        Acknowledgements.open(folder.resolve("acknowledged.log"), clock),
                        Executors::newSingleThreadExecutor,
                        new Sealer(clock, System::nanoTime),
                        Causes.none(),
                        line -> {}),
                new Plan(config, Route.root(config.route()), Map.of(), TemplateFiles.DEFAULT, "test", clock.instant()),
                DeskSettings.DEFAULT,
                Links.NONE);
    }

    @AfterEach
    void close() {
        outside.close();
        switchboard.close();
        clockwork.shutdownNow();
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private RoutingSettings settings(List<URI> forwardTo, Optional<URI> heartbeat) {
        RoutingSettings usual = RoutingSettings.DEFAULT;
        return new RoutingSettings(
                usual.defaults(),
                usual.withoutFile(),
                usual.withFile(),
                usual.linkLifetime(),
                forwardTo,
                heartbeat,
                Duration.ofMillis(50),
                usual.rescanInterval());
    }

    private void begin(RoutingSettings settings) {
        outside.begin(switchboard, new OneThread(clockwork), () -> settings, () -> true);
    }

    private void awaitAlerts(int wanted) {
        Instant end = Instant.now().plusSeconds(30);
        while (switchboard.alerts().size() != wanted) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void hands_alerts_on_in_alertmanagers_form() throws Exception {
        RoutingSettings settings = settings(List.of(address()), Optional.empty());
        begin(settings);
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        outside.forward(
                List.of(new RaisedAlert(
                        Labels.of("alertname", "Down"), Map.of("summary", "gone"), now, now.plusSeconds(60), "/graph")),
                settings);

        String request = asked.poll(30, TimeUnit.SECONDS);
        assertThat(request).startsWith("POST /api/v2/alerts ");
        JsonNode alert = Json.parse(String.valueOf(request).substring("POST /api/v2/alerts ".length()))
                .get(0);
        assertThat(alert.path("labels")).isEqualTo(Json.parse("{\"alertname\":\"Down\"}"));
        assertThat(alert.path("endsAt").asText()).isEqualTo("2026-01-02T03:05:05Z");
    }

    @Test
    void the_heart_beats_and_an_address_that_does_not_answer_is_an_alert_until_it_does() throws Exception {
        status = 302;
        begin(settings(List.of(), Optional.of(address().resolve("/beat"))));

        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo("GET /beat ");
        awaitAlerts(1);
        assertThat(switchboard.alerts().get(0).annotations().get("summary"))
                .isEqualTo("127.0.0.1 was not reached: it answered 302");
        assertThat(asked).noneMatch(request -> request.contains("elsewhere"));
        status = 200;
        awaitAlerts(0);
    }

    @Test
    void nothing_leaves_that_the_gate_does_not_let_through() {
        permitted = false;
        begin(settings(List.of(), Optional.of(address())));

        awaitAlerts(1);
        assertThat(switchboard.alerts().get(0).annotations().get("summary")).contains("is not on the list");
        assertThat(asked).isEmpty();
    }
}
