package org.hearthwatch.query.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.testkit.Configs;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions that go to another server, here one that says what the test wants. */
class RemoteEngineTest {

    private static final Labels UP = Labels.of(Labels.NAME, "up", "job", "node");

    private final MemorySeries store = new MemorySeries();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Behaviour behaviour = new Says(200, "{}");

    /** What the server does with a request. */
    @FunctionalInterface
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** Answers with a status and a text. */
    private record Says(int status, String text) implements Behaviour {
        @Override
        public void answer(HttpExchange exchange) throws IOException {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + body
                    + (token == null ? "" : ' ' + token));
            try {
                behaviour.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        long now = System.currentTimeMillis();
        for (int i = 0; i < 500; i++) {
            store.put(UP, now - i * 15_000L, 1);
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private QueryComponent component(String... settings) {
        var all = new HashMap<>(Map.of("engine", "remote", "remoteUrl", url()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var component = new QueryComponent(store, Configs.of(QueryConfig.class, all));
        component.bindGate(new Gate(false));
        return component;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/";
    }

    /** Lets all pass, or nobody. */
    private record Gate(boolean closed) implements Egress {
        @Override
        public void permit(String purpose, String host, int port) throws EgressRefusedException {
            if (closed) {
                throw new EgressRefusedException("connections for " + purpose + " are not allowed");
            }
        }

        @Override
        public SSLContext tls(String host, int port) {
            throw new IllegalStateException("no TLS here");
        }
    }

    private static String success(String data) {
        return "{\"status\":\"success\",\"data\":" + data
                + ",\"warnings\":[\"be careful\"],\"infos\":[\"by the way\"]}";
    }

    @Test
    void a_vector_comes_from_the_remote_engine() throws Exception {
        behaviour = new Says(
                200,
                success("{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"job\":\"node\",\"__name__\":\"up\"},"
                        + "\"value\":[1700000000.5,\"+Inf\"]},{\"metric\":{},\"value\":[1700000000.5,\"2.5\"]}]}"));

        QueryResult result = component().instant("up{a=\"ü\"}", Instant.ofEpochMilli(1_700_000_000_500L));

        assertThat(((QueryValue.Vector) result.value()).samples())
                .containsExactly(
                        new Sample(UP, 1_700_000_000_500L, Double.POSITIVE_INFINITY),
                        new Sample(Labels.EMPTY, 1_700_000_000_500L, 2.5));
        assertThat(result.warnings()).containsExactly("be careful");
        assertThat(result.infos()).containsExactly("by the way");
        assertThat(asked)
                .containsExactly(
                        "POST /prefix/api/v1/query query=up%7Ba%3D%22%C3%BC%22%7D&time=1700000000.5&timeout=30");
    }

    @Test
    void a_matrix_comes_sorted_by_labels() throws Exception {
        behaviour = new Says(
                200,
                success("{\"result\":[{\"metric\":{\"i\":\"2\"},\"values\":[[1,\"1\"],[2.001,\"NaN\"]]},"
                        + "{\"values\":[[1,\"-3\"]],\"metric\":{\"i\":\"1\"}}],\"resultType\":\"matrix\"}"));

        var options = QueryOptions.within(Duration.ofMillis(1500)).withLookback(Duration.ofMinutes(1));
        QueryResult result = component()
                .range("m", Instant.ofEpochSecond(1), Instant.ofEpochSecond(9), Duration.ofMillis(250), options);

        List<QueryValue.Series> series = ((QueryValue.Matrix) result.value()).series();
        assertThat(series)
                .extracting(QueryValue.Series::labels)
                .containsExactly(Labels.of("i", "1"), Labels.of("i", "2"));
        assertThat(series.get(1).timestamps()).containsExactly(1000, 2001);
        assertThat(series.get(1).values()).containsExactly(1, Double.NaN);
        assertThat(asked)
                .containsExactly("POST /prefix/api/v1/query_range"
                        + " query=m&start=1&end=9&step=0.25&timeout=1.5&lookback_delta=60");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scalar|[1.5,\"3\"]|Scalar[timestamp=1500, value=3.0]",
                "string|[1,\"text\"]|Text[timestamp=1000, value=text]"
            })
    void scalars_and_texts_come_too(String type, String result, String value) throws Exception {
        behaviour = new Says(200, success("{\"resultType\":\"" + type + "\",\"result\":" + result + "}"));

        assertThat(component().instant("1", Instant.EPOCH).value()).hasToString(value);
    }

    @Test
    void labels_and_series_come_from_the_remote_engine() throws Exception {
        var component = component();
        var node = List.of(List.of(Matcher.equal("job", "node"), new Matcher("a.b", Matcher.Kind.NOT_MATCHES, "x\"y")));

        behaviour = new Says(200, success("[\"b\",\"a\"]"));
        assertThat(component
                        .labelNames(List.of(), Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, OptionalInt.empty())
                        .values())
                .containsExactly("a", "b");
        assertThat(component
                        .labelValues("a.b", node, 1000, 2000, OptionalInt.of(5))
                        .warnings())
                .containsExactly("be careful");
        behaviour = new Says(200, success("[{\"__name__\":\"up\",\"job\":\"node\"}]"));
        assertThat(component.series(node, 1000, 2000, OptionalInt.empty()).values())
                .containsExactly(UP);

        String match = "match%5B%5D=%7Bjob%3D%22node%22%2C%22a.b%22%21%7E%22x%5C%22y%22%7D&start=1&end=2";
        assertThat(asked)
                .containsExactly(
                        "POST /prefix/api/v1/labels ",
                        "GET /prefix/api/v1/label/U__a_2e_b/values?" + match + "&limit=5 ",
                        "POST /prefix/api/v1/series " + match);
    }

    @Test
    void answers_may_be_compressed_and_the_token_is_opened_for_each() throws Exception {
        behaviour = exchange -> {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(success("{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}")
                        .getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
        };
        var component = component("remoteToken", "secret:mimir");
        component.bindVault(reference -> Secret.of("token of " + reference));

        assertThat(component.instant("7", Instant.EPOCH).value()).isEqualTo(new QueryValue.Scalar(1000, 7));
        assertThat(asked).singleElement().asString().endsWith(" Bearer token of secret:mimir");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|bad_data|invalid parameter \\\"query\\\": 1:1: parse error: x|BAD_DATA|1:1: parse error: x",
                "422|execution|too many samples|EXECUTION|too many samples",
                "422|422|too many samples|EXECUTION|too many samples",
                "503|timeout|query timed out|TIMEOUT|query timed out",
                "503|canceled|gone|CANCELED|gone"
            })
    void a_refusal_is_the_askers(int status, String type, String error, QueryException.Kind kind, String message) {
        behaviour =
                new Says(status, "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + error + "\"}");

        var refusal =
                catchThrowableOfType(QueryException.class, () -> component().instant("x", Instant.now()));

        assertThat(refusal).hasMessage(message);
        assertThat(refusal.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502|<html>|it answers with status 502",
                "404|404 page not found|it answers with status 404",
                "401|{\"status\":\"error\",\"error\":\"who?\"}|it answers with status 401",
                "503|{\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"starting\"}|status 503: starting",
                "302|{}|it answers with status 302",
                "200|{}|its status is neither success nor error",
                "200|{\"status\":\"success\",\"data\":{\"resultType\":\"vec|not the JSON that Prometheus answers with",
                "200|{\"status\":\"success\"}|its answer holds no result",
                "200|[1,2]|not the JSON that Prometheus answers with"
            })
    void where_it_does_not_answer_the_newest_hour_is_answered_from_here_and_says_so(
            int status, String text, String reason) throws Exception {
        behaviour = new Says(status, text);

        QueryResult result = component().instant("count_over_time(up[3h])", Instant.now());

        assertThat(((QueryValue.Vector) result.value()).samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isBetween(230.0, 241.0));
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .startsWith("the remote query engine " + url().replaceAll("/$", "") + " does not answer (")
                .contains(reason)
                .endsWith("; only the newest 1h, as kept here, was looked at");
    }

    @Test
    void labels_and_series_of_the_newest_hour_are_told_from_here() throws Exception {
        store.put(Labels.of("old", "label"), System.currentTimeMillis() - 7_200_000, 1);
        behaviour = new Says(500, "");
        var component = component();

        var names = component.labelNames(List.of(), 0, Long.MAX_VALUE / 2, OptionalInt.empty());

        assertThat(names.values()).containsExactly(Labels.NAME, "job");
        assertThat(names.warnings()).hasSize(1);
        assertThat(component
                        .series(List.of(), 0, Long.MAX_VALUE / 2, OptionalInt.empty())
                        .values())
                .containsExactly(UP);
    }

    @Test
    void what_is_wholly_older_is_refused_rather_than_answered_with_nothing() {
        behaviour = new Says(500, "");

        var refusal = catchThrowableOfType(
                QueryException.class,
                () -> component().instant("up", Instant.now().minus(Duration.ofHours(2))));

        assertThat(refusal.kind()).isEqualTo(QueryException.Kind.UNAVAILABLE);
        assertThat(refusal).hasMessageEndingWith("and only the newest 1h can be answered from here");
    }

    @Test
    void without_a_fallback_nothing_is_answered_from_here() {
        behaviour = new Says(500, "");

        assertThatThrownBy(() -> component("fallback", "0s").instant("up", Instant.now()))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("nothing is answered from here (fallback of etc/org.hearthwatch.query.cfg)");
    }

    @Test
    void a_remote_that_failed_is_left_alone_for_a_while_and_the_figures_tell() throws Exception {
        behaviour = new Says(500, "");
        var component = component();

        for (int i = 0; i < 5; i++) {
            assertThat(component.instant("up", Instant.now()).warnings()).hasSize(1);
        }

        assertThat(asked).hasSize(1);
        var samples = new RecordedSamples();
        component.collect(samples);
        assertThat(samples.value("hearthwatch_query_remote_answers_total{outcome=\"failed\"}"))
                .isEqualTo(1);
        assertThat(samples.value("hearthwatch_query_remote_fallbacks_total")).isEqualTo(5);
        assertThat(samples.value("hearthwatch_query_remote_up")).isZero();
    }

    @Test
    void nothing_is_sent_that_the_gate_does_not_let_out() throws Exception {
        var component = component();
        component.bindGate(new Gate(true));

        assertThat(component.instant("up", Instant.now()).warnings())
                .singleElement()
                .asString()
                .contains("connections for remote-read are not allowed");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_answer_that_never_ends_is_given_up() throws Exception {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"status\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            over.await();
        };

        assertThat(component("remoteTimeout", "1s").instant("up", Instant.now()).warnings())
                .hasSize(1);
    }

    @Test
    void an_answer_larger_than_the_memory_for_queries_is_refused_and_the_memory_given_back() throws Exception {
        var component = component("maxMemory", "1MB");
        String series = "{\"metric\":{},\"values\":[" + "[1,\"1\"],".repeat(300_000) + "[1,\"1\"]]}";
        behaviour = new Says(200, success("{\"resultType\":\"matrix\",\"result\":[" + series + "]}"));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> component.instant("m", Instant.now()))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("needs more memory than is left for queries");
        }

        behaviour = new Says(200, success("{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}"));
        assertThat(component.instant("7", Instant.EPOCH).value()).isEqualTo(new QueryValue.Scalar(1000, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "engine, thanos",
        "remoteUrl, ''",
        "remoteUrl, mimir.lan",
        "remoteUrl, ftp://mimir.lan",
        "remoteTimeout, 1ms",
        "fallback, 30d",
    })
    void a_wrong_setting_is_named_with_its_file(String key, String value) {
        var settings = new HashMap<>(Map.of("engine", "remote", "remoteUrl", "http://mimir.lan"));
        settings.put(key, value);

        assertThatThrownBy(() -> RemoteSettingsReader.read(Configs.of(QueryConfig.class, settings)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "etc/org.hearthwatch.query.cfg: " + key + " = " + value + " is not allowed; it takes ");
    }

    @ParameterizedTest
    @CsvSource({
        "remoteUrl, https://user:password@mimir.lan, https://***@mimir.lan",
        "remoteHeaders, X-Scope-OrgID, ***",
        "remoteHeaders, Authorization: Bearer x, ***",
    })
    void what_may_be_secret_in_a_wrong_setting_is_not_repeated(String key, String value, String shown) {
        var settings = new HashMap<>(Map.of("engine", "remote", "remoteUrl", "http://mimir.lan"));
        settings.put(key, value);

        assertThatThrownBy(() -> RemoteSettingsReader.read(Configs.of(QueryConfig.class, settings)))
                .hasMessageStartingWith(
                        "etc/org.hearthwatch.query.cfg: " + key + " = " + shown + " is not allowed; it takes ");
    }

    @Test
    void a_password_in_the_open_is_refused_and_not_repeated() {
        var settings = Map.of("engine", "remote", "remoteUrl", "http://mimir.lan", "remotePassword", "hunter2");

        assertThatThrownBy(() -> RemoteSettingsReader.read(Configs.of(QueryConfig.class, settings)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("hunter2");
    }
}
