package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.EdgeServer;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ApiRoutesTest {

    private static final Vitals VITALS = new Vitals(
            "1.0",
            "nas",
            Instant.ofEpochMilli(1_500),
            1,
            2,
            3,
            4.5,
            6,
            1,
            Optional.of(new StoreStatus(
                    7, 8, 9, 1.5, 10, 11, Optional.of(Instant.ofEpochSecond(2)), Optional.empty(), Optional.empty())));

    private static final CollectorStatus COLLECTOR = new CollectorStatus(
            "host",
            "node",
            "org.hearthwatch.collector.host",
            CollectorStatus.State.BACKING_OFF,
            Duration.ofSeconds(15),
            Duration.ofMillis(1500),
            Optional.of(Instant.ofEpochMilli(2_250)),
            Optional.of(Duration.ofMillis(12)),
            Optional.of("no /proc"),
            5,
            0,
            4);

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private EdgeServer server;
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.start();
        token = "Bearer " + server.access.token("admin", Scope.ADMIN);
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        server.close();
    }

    @Test
    void status_doctor_and_collectors_are_written_as_agreed() throws Exception {
        serve(new ApplianceRoutes(
                () -> () -> VITALS,
                () -> () -> List.of(new Finding(Finding.Severity.WARNING, "collector host", "no /proc", "mount it")),
                () -> new OneCollector()));

        assertThat(get("/api/hw/status").body())
                .isEqualTo("{\"version\":\"1.0\",\"hostName\":\"nas\",\"started\":1.5,\"residentBytes\":1,"
                        + "\"heapUsedBytes\":2,\"heapMaxBytes\":3,\"cpuSeconds\":4.5,\"collectors\":6,"
                        + "\"failingCollectors\":1,\"notices\":[],\"store\":{\"series\":7,\"samples\":8,\"samplesPerSecond\":1.5,"
                        + "\"memoryBytes\":10,\"diskBytes\":11,\"oldest\":2.0,\"newest\":null,\"readOnly\":null}}");
        assertThat(get("/api/hw/doctor").body())
                .isEqualTo("[{\"severity\":\"warning\",\"subject\":\"collector host\",\"problem\":\"no /proc\","
                        + "\"remedy\":\"mount it\"}]");
        assertThat(get("/api/hw/collectors").body())
                .isEqualTo("[{\"name\":\"host\",\"job\":\"node\",\"bundle\":\"org.hearthwatch.collector.host\","
                        + "\"state\":\"BACKING_OFF\",\"interval\":15.0,\"timeout\":1.5,\"lastRun\":2.25,"
                        + "\"lastDuration\":0.012,\"lastError\":\"no /proc\",\"series\":5,\"refusedSamples\":0,"
                        + "\"consecutiveFailures\":4}]");
    }

    @Test
    void a_service_that_is_not_there_is_named() throws Exception {
        serve(new ApplianceRoutes(
                Needed.of("appliance's own monitoring", () -> null),
                Needed.of("doctor", () -> null),
                Needed.of("collector runner", () -> null)));

        var answer = get("/api/hw/collectors");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The collector runner is not running");
    }

    @Test
    void ready_names_what_is_missing_and_needs_no_credentials_here() throws Exception {
        var store = new AtomicBoolean();
        serve(new ReadinessRoutes(List.of(
                new ReadinessRoutes.Part("store", store::get), new ReadinessRoutes.Part("query engine", () -> true))));

        assertThat(server.get("/-/healthy").statusCode()).isEqualTo(200);
        var notYet = server.get("/-/ready");
        assertThat(notYet.statusCode()).isEqualTo(503);
        assertThat(notYet.body()).isEqualTo("Not ready: store not running.\n");
        store.set(true);
        var ready = server.get("/-/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("Prometheus Server is Ready.\n");
    }

    @Test
    void a_token_is_made_and_revoked() throws Exception {
        serve(new TokenRoutes(() -> server.access));

        var made = send("POST", "/api/hw/tokens", "{\"name\":\"p\",\"scope\":\"read\",\"lifetime\":\"90d\"}");
        assertThat(made.body()).isEqualTo("{\"token\":\"hwt_p\"}");
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(send("DELETE", "/api/hw/tokens/p", "").statusCode()).isEqualTo(204);
        assertThat(send("POST", "/api/hw/tokens", "{\"name\":\"p\",\"scope\":\"god\"}")
                        .body())
                .contains("there are read, write, admin and push");
        assertThat(send("POST", "/api/hw/tokens", "{\"name\":\"p\",\"scope\":\"read\",\"lifetime\":\"soon\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_live_view_shows_every_expression_or_why_not() throws Exception {
        serve(new LiveRoutes(() -> new FewAnswers(), executor, TestClock.at(Instant.ofEpochMilli(1_250))));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()
                        + "/api/hw/live?every=1&expr=vector&expr=scalar&expr=text&expr=broken"))
                .header("Authorization", token)
                .build();

        try (var stream = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int event = 0; event < 2; event++) {
                String data = line(reader, "data: ");
                assertThat(data)
                        .startsWith("data: {\"time\":1.25,\"results\":[")
                        .contains(
                                "{\"expr\":\"vector\",\"error\":null,\"vector\":[{\"labels\":{\"cpu\":\"0\"},"
                                        + "\"value\":\"1.5\"},{\"labels\":{},\"value\":\"NaN\"},{\"labels\":{},\"value\":\"+Inf\"}]}")
                        .contains("{\"expr\":\"scalar\",\"error\":null,\"vector\":[{\"labels\":{},\"value\":\"3\"}]}")
                        .contains("{\"expr\":\"text\",\"error\":\"A live view shows")
                        .contains("{\"expr\":\"broken\",\"error\":\"1:1: no\",\"vector\":[]}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?expr=up&every=0", "?expr=up&every=61", "?expr=up&every=x"})
    void a_live_view_that_cannot_be_is_refused(String query) throws Exception {
        serve(new LiveRoutes(() -> new FewAnswers(), executor, TestClock.atStart()));

        assertThat(get("/api/hw/live" + query).statusCode()).isEqualTo(400);
        assertThat(get("/api/hw/live?" + "expr=up&".repeat(65)).statusCode()).isEqualTo(400);
    }

    /** The declared guards, held fast: whoever changes one changes this table. */
    @ParameterizedTest
    @CsvSource({
        "GET,    /api/hw/status,              200, 200",
        "GET,    /api/hw/doctor,              200, 200",
        "GET,    /api/hw/collectors,          200, 200",
        "GET,    /api/hw/plugins,             503, 503",
        "POST,   /api/hw/plugins/abc/approve, 403, 503",
        "DELETE, /api/hw/plugins/abc,         403, 503",
        "GET,    /api/hw/tokens,              403, 200",
        "POST,   /api/hw/tokens,              403, 415",
        "DELETE, /api/hw/tokens/x,            403, 204",
        "GET,    /api/hw/users,               403, 503",
        "POST,   /api/hw/users,               403, 415",
        "PUT,    /api/hw/users/x,             403, 415",
        "DELETE, /api/hw/users/x,             403, 503",
        "GET,    /api/hw/live,                400, 400",
        "POST,   /api/hw/sign-out,            204, 204",
    })
    void each_route_needs_what_the_contract_says(String method, String path, int reader, int admin) throws Exception {
        serve(new ApplianceRoutes(() -> () -> VITALS, () -> List::of, () -> new OneCollector()));
        serve(new PluginRoutes(Needed.of("plugin service", () -> null)));
        serve(new TokenRoutes(() -> server.access));
        serve(new UserRoutes(Needed.of("access service", () -> null), Needed.of("access service", () -> null)));
        serve(new LiveRoutes(() -> new FewAnswers(), executor, TestClock.atStart()));
        serve(new SignInRoutes(
                () -> server.access,
                Needed.of("access service", () -> null),
                () -> server.audit,
                Optional::empty,
                new NoDoors(),
                server::port));
        String reading = "Bearer " + server.access.token("reader", Scope.READ);
        String writing = "Bearer " + server.access.token("writer", Scope.WRITE);

        assertThat(server.send(method, path, "").statusCode()).isEqualTo(401);
        assertThat(server.send(method, path, "", "Authorization", reading).statusCode())
                .isEqualTo(reader);
        assertThat(server.send(method, path, "", "Authorization", writing).statusCode())
                .isEqualTo(reader);
        assertThat(server.send(method, path, "", "Authorization", token).statusCode())
                .isEqualTo(admin);
    }

    private void serve(Routes routes) {
        server.edge.add(routes);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return server.get(path, "Authorization", token);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return server.send(method, path, body, "Authorization", token, "Content-Type", "application/json");
    }

    private static String line(BufferedReader reader, String start) throws Exception {
        String line = reader.readLine();
        while (line != null && !line.startsWith(start)) {
            line = reader.readLine();
        }
        assertThat(line).isNotNull();
        return line;
    }

    private static final class OneCollector implements Collectors {
        @Override
        public String instance() {
            return "nas";
        }

        @Override
        public List<CollectorStatus> list() {
            return List.of(COLLECTOR);
        }

        @Override
        public Optional<CollectorStatus> find(String name) {
            return Optional.of(COLLECTOR);
        }

        @Override
        public CollectorRun runOnce(String name) {
            throw new UnsupportedOperationException();
        }
    }

    /** Knows one expression of each kind. */
    private static final class FewAnswers implements QueryEngine {
        @Override
        public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
            QueryValue value = switch (expression) {
                case "vector" ->
                    new QueryValue.Vector(List.of(
                            new Sample(Labels.of("cpu", "0"), 0, 1.5),
                            new Sample(Labels.EMPTY, 0, Double.NaN),
                            new Sample(Labels.EMPTY, 0, Double.POSITIVE_INFINITY)));
                case "scalar" -> new QueryValue.Scalar(0, 3);
                case "text" -> new QueryValue.Text(0, "x");
                default -> throw new QueryException(QueryException.Kind.BAD_DATA, "1:1: no");
            };
            return new QueryResult(value, List.of(), List.of(), 0);
        }

        @Override
        public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String format(String expression) {
            return expression;
        }
    }
}
