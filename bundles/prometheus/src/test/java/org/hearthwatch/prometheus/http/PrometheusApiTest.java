package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrometheusApiTest {

    private final CannedEngine engine = new CannedEngine();
    private final MemorySeries store = new MemorySeries();
    private final ApiStats stats = new ApiStats();
    private final PrometheusApi api = new PrometheusApi(
            engine,
            new StoredSeries(store),
            store,
            Services.NONE,
            TestClock.atStart(),
            "0.1.0",
            () -> new ApiSettings(true, Path.of("unused"), Labels.EMPTY),
            stats);

    @Test
    void a_vector_is_answered_as_prometheus_does() throws Exception {
        engine.value = new QueryValue.Vector(
                List.of(new Sample(Labels.of("__name__", "up", "job", "node"), 1_435_781_451_781L, 1)));

        assertThat(answer(get("query").with("query", "up")))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":"
                        + "{\"__name__\":\"up\",\"job\":\"node\"},\"value\":[1435781451.781,\"1\"]}]}}");
        assertThat(engine.asked).isEqualTo("up at " + TestClock.START);
    }

    @Test
    void a_matrix_is_answered_as_prometheus_does() throws Exception {
        engine.value = new QueryValue.Matrix(List.of(new QueryValue.Series(
                Labels.of("job", "node"), new long[] {1000, 16_050}, new double[] {0.5, Double.NaN})));

        assertThat(answer(get("query_range")
                        .with("query", "x")
                        .with("start", "1")
                        .with("end", "16.05")
                        .with("step", "15")))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":"
                        + "{\"job\":\"node\"},\"values\":[[1,\"0.5\"],[16.050,\"NaN\"]]}]}}");
        assertThat(engine.asked).isEqualTo("x from 1970-01-01T00:00:01Z to 1970-01-01T00:00:16.050Z by PT15S");
    }

    @Test
    void grafanas_test_question_gets_its_scalar() throws Exception {
        engine.value = new QueryValue.Scalar(2000, 2);

        assertThat(answer(FakeExchange.post("/api/v1/query").with("query", "1+1")))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[2,\"2\"]}}");
    }

    @Test
    void warnings_and_infos_follow_the_data() throws Exception {
        engine.warnings = List.of("a block is damaged");
        engine.infos = List.of("rate of a gauge");

        assertThat(answer(get("query").with("query", "x")))
                .endsWith(",\"warnings\":[\"a block is damaged\"],\"infos\":[\"rate of a gauge\"]}");
    }

    @Test
    void a_limit_cuts_the_result_and_says_so() throws Exception {
        engine.value = new QueryValue.Vector(
                List.of(new Sample(Labels.of("n", "1"), 0, 1), new Sample(Labels.of("n", "2"), 0, 2)));

        assertThat(answer(get("query").with("query", "x").with("limit", "1")))
                .contains("\"n\":\"1\"")
                .doesNotContain("\"n\":\"2\"")
                .contains("results truncated due to limit");
    }

    @Test
    void times_may_be_rfc_3339_and_durations_of_prometheus() throws Exception {
        answer(get("query_range")
                .with("query", "x")
                .with("start", "2026-01-01T00:00:00Z")
                .with("end", "2026-01-01T02:00:00+01:00")
                .with("step", "1m30s")
                .with("timeout", "5s"));

        assertThat(engine.asked)
                .isEqualTo("x from 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z by PT1M30S within PT5S");
    }

    @Test
    void durations_are_no_longer_than_go_can_say() throws Exception {
        var exchange = get("query").with("query", "up").with("timeout", "300y").answeredBy(api);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.text())
                .contains("invalid parameter \\\"timeout\\\": cannot parse \\\"300y\\\" to a valid duration");
    }

    @Test
    void a_bad_parameter_is_a_400_that_names_it() throws Exception {
        var exchange =
                get("query").with("query", "up").with("time", "yesterday").answeredBy(api);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.text())
                .isEqualTo(
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter \\\"time\\\": invalid"
                                + " time value for 'time': cannot parse \\\"yesterday\\\" to a valid timestamp\"}");
    }

    @Test
    void times_that_no_clock_has_are_taken_for_the_farthest() throws Exception {
        for (String time : List.of("1e30", "1e300")) {
            answer(get("query").with("query", "up").with("time", time));
            assertThat(engine.asked).isEqualTo("up at " + Instant.ofEpochSecond(9_000_000_000_000L));
        }
        for (String time : List.of("NaN", "Inf", "-Inf")) {
            answer(get("query").with("query", "up").with("time", time));
            assertThat(engine.asked).isEqualTo("up at " + Instant.ofEpochMilli(Long.MIN_VALUE / 1_000_000));
        }
        answer(get("query").with("query", "up").with("time", "1_000"));
        assertThat(engine.asked).isEqualTo("up at " + Instant.ofEpochSecond(1000));
        for (String time : List.of("1e999999999", "9".repeat(1000), "0x1p", "1d", "1e", " 1")) {
            assertThat(get("query")
                            .with("query", "up")
                            .with("time", time)
                            .answeredBy(api)
                            .status())
                    .as(time)
                    .isEqualTo(400);
        }
    }

    @Test
    void an_expression_that_cannot_be_evaluated_is_a_422_and_a_timeout_a_503() throws Exception {
        engine.failure = new QueryException(QueryException.Kind.EXECUTION, "many-to-many matching");
        var exchange = get("query").with("query", "a + b").answeredBy(api);
        assertThat(exchange.status()).isEqualTo(422);
        assertThat(exchange.text()).contains("\"errorType\":\"execution\",\"error\":\"many-to-many matching\"");

        engine.failure = new QueryException(QueryException.Kind.TIMEOUT, "took too long");
        assertThat(get("query").with("query", "a").answeredBy(api).status()).isEqualTo(503);
    }

    @Test
    void a_range_is_refused_backwards_or_too_fine() throws Exception {
        assertThat(range("10", "0", "1")).contains("end timestamp must not be before start time");
        assertThat(range("0", "10", "0")).contains("zero or negative query resolution step");
        assertThat(range("0", "11001", "1")).contains("exceeded maximum resolution of 11,000 points");
        assertThat(range("0", "11000", "1")).contains("success");
    }

    @Test
    void series_are_found_by_selectors() throws Exception {
        put("up", "job", "node");
        put("up", "job", "nas");
        put("load", "job", "node");

        assertThat(answer(get("series").with("match[]", "up{job=\"node\"}").with("match[]", "load")))
                .isEqualTo("{\"status\":\"success\",\"data\":[{\"__name__\":\"load\",\"job\":\"node\"},"
                        + "{\"__name__\":\"up\",\"job\":\"node\"}]}");
        assertThat(get("series").answeredBy(api).text()).contains("no match[] parameter provided");
        assertThat(get("series").with("match[]", "up{").answeredBy(api).status())
                .isEqualTo(400);
    }

    @Test
    void labels_and_their_values_are_listed() throws Exception {
        put("up", "job", "node");
        put("load", "core", "0");

        assertThat(answer(get("labels"))).contains("[\"__name__\",\"core\",\"job\"]");
        assertThat(answer(get("labels").with("match[]", "up"))).contains("[\"__name__\",\"job\"]");
        assertThat(answer(get("label/__name__/values"))).contains("[\"load\",\"up\"]");
        assertThat(answer(get("label/__name__/values").with("limit", "1")))
                .contains("\"data\":[\"load\"],\"warnings\":[\"results truncated due to limit\"]");
    }

    @Test
    void an_escaped_label_name_is_understood() throws Exception {
        put("up", "http.status_code", "200");

        assertThat(answer(get("label/U__http_2e_status__code/values"))).contains("[\"200\"]");
    }

    @Test
    void metadata_is_given_by_name() throws Exception {
        store.append(SampleBatch.from("test")
                .describe(new MetricMetadata("load", MetricType.GAUGE, "The load", ""))
                .describe(new MetricMetadata("runs_total", MetricType.COUNTER, "Runs", ""))
                .build());

        assertThat(answer(get("metadata").with("metric", "load")))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"load\":"
                        + "[{\"type\":\"gauge\",\"unit\":\"\",\"help\":\"The load\"}]}}");
        assertThat(answer(get("metadata").with("limit", "1"))).doesNotContain("runs_total");
    }

    @Test
    void build_info_names_the_prometheus_it_stands_for_and_no_features() throws Exception {
        assertThat(answer(get("status/buildinfo")))
                .contains("\"version\":\"3.5.0\"", "\"revision\":\"hearthwatch-0.1.0\"")
                .doesNotContain("features");
    }

    @Test
    void exemplars_are_an_empty_list() throws Exception {
        assertThat(answer(get("query_exemplars").with("query", "test").with("start", "1767225600000")))
                .isEqualTo("{\"status\":\"success\",\"data\":[]}");
    }

    @Test
    void answers_are_counted_by_endpoint_and_status() throws Exception {
        get("query").with("limit", "x").answeredBy(api);
        get("labels").answeredBy(api);

        assertThat(stats.counts())
                .containsEntry(new ApiStats.Key("query", 400), 1L)
                .containsEntry(new ApiStats.Key("labels", 200), 1L);
    }

    private String range(String start, String end, String step) throws Exception {
        return get("query_range")
                .with("query", "x")
                .with("start", start)
                .with("end", end)
                .with("step", step)
                .answeredBy(api)
                .text();
    }

    private void put(String name, String label, String value) {
        store.put(Labels.of("__name__", name, label, value), Instant.EPOCH.toEpochMilli(), 1);
    }

    private static FakeExchange get(String endpoint) {
        return FakeExchange.get("/api/v1/" + endpoint);
    }

    private String answer(FakeExchange exchange) throws Exception {
        exchange.answeredBy(api);
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
        assertThat(exchange.contentType()).isEqualTo("application/json");
        return exchange.text();
    }

    /** Says what it was asked and answers what it was told. */
    private static final class CannedEngine implements QueryEngine {

        private QueryValue value = new QueryValue.Scalar(0, 0);
        private List<String> warnings = List.of();
        private List<String> infos = List.of();
        private @Nullable QueryException failure;
        private String asked = "";

        @Override
        public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
            return answer(expression + " at " + at + words(options));
        }

        @Override
        public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
                throws QueryException {
            return answer(expression + " from " + start + " to " + end + " by " + step + words(options));
        }

        private static String words(QueryOptions options) {
            return options.timeout().map(time -> " within " + time).orElse("")
                    + options.lookback().map(time -> " looking back " + time).orElse("");
        }

        @Override
        public String format(String expression) {
            return expression;
        }

        @Override
        public String tree(String expression) {
            return "{\"matchers\":[{\"name\":\"__name__\",\"type\":\"=\",\"value\":\"" + expression + "\"}]}";
        }

        private QueryResult answer(String question) throws QueryException {
            asked = question;
            if (failure != null) {
                throw failure;
            }
            return new QueryResult(value, warnings, infos, 0);
        }
    }
}
