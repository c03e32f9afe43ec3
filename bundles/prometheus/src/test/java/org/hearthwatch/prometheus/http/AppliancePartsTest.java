package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliancePartsTest {

    private static final Instant T = TestClock.START;

    @TempDir
    Path directory;

    private final MemorySeries store = new MemorySeries();
    private final FakeAdmin admin = new FakeAdmin();
    private boolean adminApi = true;
    private Labels externalLabels = Labels.EMPTY;

    @Test
    void rules_are_shown_as_prometheus_shows_them() throws Exception {
        assertThat(answer("rules"))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"groups\":[{\"name\":\"g\",\"file\":\"r.yml\",\"rules\":[{\"name\":"
                                + "\"job:up\",\"query\":\"sum(up) \\u003e 1\",\"health\":\"err\",\"lastError\":\"no\",\"evaluationTime\":"
                                + "0.0005,\"lastEvaluation\":\"2026-01-02T03:04:05Z\",\"type\":\"recording\"},{\"state\":\"firing\","
                                + "\"name\":\"Down\",\"query\":\"up == 0\",\"labels\":{\"severity\":\"page\"},\"health\":\"ok\","
                                + "\"evaluationTime\":0.001,\"lastEvaluation\":\"2026-01-02T03:04:05Z\",\"duration\":3600,"
                                + "\"keepFiringFor\":300,\"annotations\":{\"summary\":\"{{ $labels.job }}\"},\"alerts\":[{\"labels\":"
                                + "{\"alertname\":\"Down\"},\"annotations\":{},\"state\":\"firing\",\"activeAt\":"
                                + "\"2026-01-02T03:04:05Z\",\"value\":\"0e+00\"}],\"type\":\"alerting\"}],\"interval\":15,\"limit\":0,"
                                + "\"evaluationTime\":0.0015,\"lastEvaluation\":\"2026-01-02T03:04:05Z\"},{\"name\":\"h\",\"file\":"
                                + "\"r.yml\",\"rules\":[{\"name\":\"later\",\"query\":\"1\",\"health\":\"unknown\",\"evaluationTime\":0,"
                                + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"type\":\"recording\"}],\"interval\":60,\"limit\":0,"
                                + "\"evaluationTime\":0,\"lastEvaluation\":\"0001-01-01T00:00:00Z\"}]}}");
        assertThat(answer("alerts"))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"alerts\":[{\"labels\":{\"alertname\":\"Down\"},\"annotations\":{},"
                                + "\"state\":\"firing\",\"activeAt\":\"2026-01-02T03:04:05Z\",\"value\":\"0e+00\"}]}}");
    }

    @Test
    void rules_are_filtered_and_paged() throws Exception {
        assertThat(answer("rules?type=record")).contains("job:up", "later").doesNotContain("Down");
        assertThat(answer("rules?type=alert&exclude_alerts=true"))
                .contains("\"alerts\":null")
                .doesNotContain("job:up");
        assertThat(answer("rules?rule_name[]=later")).contains("later").doesNotContain("\"g\"");
        assertThat(answer("rules?rule_group[]=h&file[]=r.yml"))
                .contains("later")
                .doesNotContain("\"g\"");
        assertThat(answer("rules?match[]={severity=~\"pa.e\"}"))
                .contains("Down")
                .doesNotContain("later");
        String first = answer("rules?group_limit=1");
        // The SHA-1 of file and name of the group that comes next.
        assertThat(first).contains("\"groupNextToken\":\"2d5b35bf0164179b83a2cd4331709a04a7371201\"");
        String token = first.replaceFirst(".*groupNextToken\":\"([0-9a-f]{40}).*", "$1");
        assertThat(answer("rules?group_limit=1&group_next_token=" + token))
                .contains("later")
                .doesNotContain("groupNextToken");
        assertThat(refused("rules?type=x", 400))
                .isEqualTo("invalid parameter \\\"type\\\": not supported value \\\"x\\\"");
        assertThat(refused("rules?group_limit=0", 400))
                .isEqualTo("invalid parameter \\\"group_limit\\\": group_limit needs to be greater than 0");
        assertThat(refused("rules?group_next_token=x", 400)).contains("group_limit needs to be present");
        assertThat(refused("rules?group_limit=1&group_next_token=x", 400))
                .contains("invalid group_next_token 'x'. were rule groups changed?");
        assertThat(refused("rules?exclude_alerts=x", 400))
                .endsWith("error converting exclude_alerts: strconv.ParseBool: parsing \\\"x\\\": invalid syntax");
    }

    @Test
    void collectors_are_targets() throws Exception {
        assertThat(answer("targets"))
                .contains(
                        "\"scrapePool\":\"node\"",
                        "\"health\":\"up\"",
                        "\"health\":\"down\"",
                        "\"lastError\":\"no disk\"")
                .contains("\"scrapeInterval\":\"15s\"", "\"scrapeTimeout\":\"10s\"", "\"lastScrapeDuration\":0.25")
                .contains("\"labels\":{\"instance\":\"nas\",\"job\":\"node\"}")
                .endsWith("\"droppedTargets\":[],\"droppedTargetCounts\":{\"disk\":0,\"node\":0}}}");
        assertThat(answer("targets?state=active&scrapePool=disk"))
                .contains("no disk", "\"droppedTargetCounts\":null")
                .doesNotContain("\"up\"");
        assertThat(answer("targets?state=dropped")).contains("\"activeTargets\":[]");
        assertThat(answer("scrape_pools"))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"scrapePools\":[\"disk\",\"node\"]}}");
    }

    @Test
    void targets_know_the_families_they_have_series_of() throws Exception {
        store.append(SampleBatch.from("test")
                .describe(new MetricMetadata("load", MetricType.GAUGE, "The load", ""))
                .describe(new MetricMetadata("took_seconds", MetricType.HISTOGRAM, "Time", "seconds"))
                .add(Labels.of("__name__", "load", "job", "node", "instance", "nas"), T.toEpochMilli(), 1)
                .add(Labels.of("__name__", "took_seconds_sum", "job", "disk", "instance", "nas"), T.toEpochMilli(), 1)
                .build());

        assertThat(answer("targets/metadata?metric=load"))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":[{\"target\":{\"instance\":\"nas\",\"job\":\"node\"},\"type\":\"gauge\","
                                + "\"help\":\"The load\",\"unit\":\"\"}]}");
        assertThat(answer("targets/metadata?match_target={job=\"disk\"}"))
                .contains("\"metric\":\"took_seconds\"")
                .doesNotContain("load");
        assertThat(refused("targets/metadata?match_target={", 400))
                .isEqualTo(
                        "invalid parameter \\\"match_target\\\": 1:2: parse error: unexpected end of input inside braces");
        assertThat(refused("targets/metadata?limit=x", 400)).isEqualTo("limit must be a number");
    }

    @Test
    void the_store_is_shown_by_its_greatest() throws Exception {
        assertThat(answer("status/tsdb?limit=1"))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"headStats\":{\"numSeries\":7,\"numLabelPairs\":8,\"chunkCount\":3,"
                                + "\"minTime\":10,\"maxTime\":20},\"seriesCountByMetricName\":[{\"name\":\"up\",\"value\":5}],"
                                + "\"labelValueCountByLabelName\":[],\"memoryInBytesByLabelName\":[],"
                                + "\"seriesCountByLabelValuePair\":[{\"name\":\"job=node\",\"value\":4}]}}");
        assertThat(admin.asked).containsExactly("cardinality 1");
        assertThat(refused("status/tsdb?limit=0", 400)).isEqualTo("limit must be a positive number");
        assertThat(answer("status/tsdb/blocks")).contains("\"ulid\":\"b1\"", "\"minTime\":1000", "\"numSamples\":9");
        assertThat(answer("status/walreplay"))
                .isEqualTo("{\"status\":\"success\",\"data\":{\"min\":0,\"max\":0,\"current\":0}}");
    }

    @Test
    void samples_are_deleted_and_copied_by_administrators_alone() throws Exception {
        assertThat(send(FakeExchange.post(
                                "/api/v1/admin/tsdb/delete_series?match[]=up&match[]=x{a=\"b\"}&start=1&end=2"))
                        .status())
                .isEqualTo(204);
        assertThat(send(FakeExchange.put("/api/v1/admin/tsdb/clean_tombstones")).status())
                .isEqualTo(204);
        var snapshot = send(FakeExchange.put("/api/v1/admin/tsdb/snapshot?skip_head=false"));

        assertThat(snapshot.text())
                .matches("\\{\"status\":\"success\",\"data\":\\{\"name\":\"20260102T030405Z-[0-9a-f]{16}\"}}");
        assertThat(admin.asked)
                .startsWith(
                        "delete [__name__=\"up\"] 1000 2000", "delete [__name__=\"x\", a=\"b\"] 1000 2000", "compact")
                .hasSize(4);
        assertThat(directory)
                .isDirectoryContaining(path -> path.getFileName().toString().startsWith("20260102T"));
        assertThat(api().routes().stream().filter(route -> route.path().contains("/admin/")))
                .allMatch(route -> route.guard() instanceof Guard.Needs needs
                        && needs.permission().name().equals("manage:store"));
    }

    @Test
    void administration_that_is_switched_off_or_asked_badly_does_nothing() throws Exception {
        assertThat(send(FakeExchange.post("/api/v1/admin/tsdb/delete_series")).text())
                .contains("no match[] parameter provided");
        assertThat(send(FakeExchange.post("/api/v1/admin/tsdb/snapshot?skip_head=x"))
                        .text())
                .contains("unable to parse boolean: strconv.ParseBool");
        adminApi = false;
        for (String end : List.of("snapshot", "clean_tombstones", "delete_series?match[]=up")) {
            var answer = send(FakeExchange.of(Route.Method.PUT, "/api/v1/admin/tsdb/" + end));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text())
                    .isEqualTo(
                            "{\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"admin APIs disabled\"}");
        }
        assertThat(admin.asked).isEmpty();
    }

    @Test
    void exemplars_stand_by_series() throws Exception {
        assertThat(answer("query_exemplars?query=test&start=1&end=2"))
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":[{\"seriesLabels\":{\"__name__\":\"test\"},\"exemplars\":[{\"labels\":"
                                + "{\"trace_id\":\"abc\"},\"value\":\"0.5\",\"timestamp\":1.500}]}]}");
    }

    @Test
    void the_newest_samples_are_federated_with_their_times() throws Exception {
        long now = T.toEpochMilli();
        store.put(Labels.of("__name__", "up", "job", "node", "instance", "nas"), now - 1000, 1);
        store.put(Labels.of("__name__", "up", "job", "a\"b\\c"), now - 2000, 2_500_000);
        store.put(Labels.of("__name__", "load", "site", "own"), now, 0.25);
        store.put(Labels.of("__name__", "old"), now - 600_000, 1);
        store.put(Labels.of("__name__", "http.requests", "a.b", "c"), now, 1);
        externalLabels = Labels.of("site", "home");

        var answer = send(FakeExchange.get("/federate?match[]=up&match[]={__name__=~\"load|old|up\"}"));
        assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
        assertThat(answer.text()).isEqualTo("""
                        # TYPE load untyped
                        load{site="own",instance=""} 0.25 1767323045000
                        # TYPE up untyped
                        up{instance="nas",job="node",site="home"} 1 1767323044000
                        up{job="a\\"b\\\\c",instance="",site="home"} 2.5e+06 1767323043000
                        """);
        assertThat(send(FakeExchange.get("/federate?match[]={\"http.requests\"}"))
                        .text())
                .contains("http_requests{a_b=\"c\",instance=\"\",site=\"home\"} 1");
        var quoted = send(FakeExchange.get("/federate?match[]={\"http.requests\"}")
                .withHeader("Accept", "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5"));
        assertThat(quoted.contentType()).endsWith("escaping=allow-utf-8");
        assertThat(quoted.text())
                .isEqualTo(
                        "# TYPE \"http.requests\" untyped\n{\"http.requests\",\"a.b\"=\"c\",instance=\"\",site=\"home\"} 1"
                                + " 1767323045000\n");
        assertThat(send(FakeExchange.get("/federate?match[]=up{")).text())
                .isEqualTo("1:4: parse error: unexpected end of input inside braces\n");
        assertThat(send(FakeExchange.get("/federate?match[]={}")).text()).isEmpty();
        assertThat(send(FakeExchange.get("/federate")).status()).isEqualTo(200);
    }

    @Test
    void the_version_is_told_twice() throws Exception {
        assertThat(send(FakeExchange.get("/version")).text())
                .isEqualTo(
                        "{\"version\":\"3.5.0\",\"revision\":\"hearthwatch-0.1.0\",\"branch\":\"\",\"buildUser\":\"\","
                                + "\"buildDate\":\"\",\"goVersion\":\"\"}\n");
        assertThat(answer("status/runtimeinfo")).contains("\"reloadConfigSuccess\":true", "\"corruptionCount\":1");
        assertThat(answer("status/flags")).contains("\"web.enable-admin-api\":\"true\"");
        externalLabels = Labels.of("site", "ho\"me");
        assertThat(answer("status/config"))
                .contains("external_labels:\\n    site: \\\"ho\\\\\\\"me\\\"\\n", "job_name: \\\"node\\\"");
    }

    private String answer(String end) throws Exception {
        var exchange = send(FakeExchange.get("/api/v1/" + end));
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
        return exchange.text();
    }

    private String refused(String end, int status) throws Exception {
        var exchange = send(FakeExchange.get("/api/v1/" + end));
        assertThat(exchange.status()).isEqualTo(status);
        return exchange.text().replaceFirst(".*\"error\":\"(.*)\"}", "$1");
    }

    private FakeExchange send(FakeExchange exchange) throws Exception {
        return exchange.answeredBy(api());
    }

    private PrometheusApi api() {
        return new PrometheusApi(
                new RecordedEngine("{\"status\":\"success\"}"),
                new StoredSeries(store),
                store,
                new Services(
                        () -> Optional.of(new FakeRules()),
                        () -> Optional.of(new FakeExemplars()),
                        () -> Optional.of(new FakeCollectors()),
                        () -> Optional.of(admin),
                        Optional::empty),
                TestClock.at(T),
                "0.1.0",
                () -> new ApiSettings(adminApi, directory, externalLabels),
                new ApiStats());
    }

    private static final class FakeRules implements RuleMonitor {
        @Override
        public List<RuleGroupStatus> groups() {
            var alert = new ActiveAlert(
                    Labels.of("alertname", "Down"), Map.of(), AlertState.FIRING, T, Optional.empty(), 0);
            return List.of(
                    group(
                            "g",
                            Duration.ofSeconds(15),
                            Duration.ofNanos(1_500_000),
                            Optional.of(T),
                            new RuleStatus.Recording(
                                    "job:up",
                                    "sum(up) > 1",
                                    Labels.EMPTY,
                                    RuleHealth.ERROR,
                                    Optional.of("no"),
                                    Duration.ofNanos(500_000),
                                    Optional.of(T)),
                            new RuleStatus.Alerting(
                                    "Down",
                                    "up == 0",
                                    Labels.of("severity", "page"),
                                    RuleHealth.OK,
                                    Optional.empty(),
                                    Duration.ofMillis(1),
                                    Optional.of(T),
                                    Duration.ofHours(1),
                                    Duration.ofMinutes(5),
                                    Map.of("summary", "{{ $labels.job }}"),
                                    AlertState.FIRING,
                                    List.of(alert))),
                    group(
                            "h",
                            Duration.ofMinutes(1),
                            Duration.ZERO,
                            Optional.empty(),
                            new RuleStatus.Recording(
                                    "later",
                                    "1",
                                    Labels.EMPTY,
                                    RuleHealth.UNKNOWN,
                                    Optional.empty(),
                                    Duration.ZERO,
                                    Optional.empty())));
        }

        private static RuleGroupStatus group(
                String name, Duration interval, Duration took, Optional<Instant> last, RuleStatus... rules) {
            return new RuleGroupStatus(name, "r.yml", interval, Duration.ZERO, 0, List.of(rules), took, last, 0);
        }

        @Override
        public List<RefusedRules> refused() {
            return List.of();
        }
    }

    private static final class FakeExemplars implements ExemplarStore {
        @Override
        public void add(List<Exemplar> exemplars) {
            throw new UnsupportedOperationException("Nothing is added here");
        }

        @Override
        public List<Exemplar> select(List<List<Matcher>> selectors, long from, long to) {
            assertThat(selectors).hasToString("[[__name__=\"test\"]]");
            assertThat(from).isEqualTo(1000);
            assertThat(to).isEqualTo(2000);
            return List.of(new Exemplar(Labels.of("__name__", "test"), Labels.of("trace_id", "abc"), 1500, 0.5));
        }
    }

    private static final class FakeCollectors implements Collectors {
        @Override
        public String instance() {
            return "nas";
        }

        @Override
        public List<CollectorStatus> list() {
            return List.of(
                    collector("host", "node", CollectorStatus.State.OK, Optional.empty()),
                    collector("disks", "disk", CollectorStatus.State.FAILING, Optional.of("no disk")));
        }

        private static CollectorStatus collector(
                String name, String job, CollectorStatus.State state, Optional<String> error) {
            return new CollectorStatus(
                    name,
                    job,
                    "bundle",
                    state,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Optional.of(T),
                    Optional.of(Duration.ofMillis(250)),
                    error,
                    1,
                    0,
                    0);
        }

        @Override
        public Optional<CollectorStatus> find(String name) {
            return list().stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public CollectorRun runOnce(String name) {
            throw new UnsupportedOperationException("Nothing is run here");
        }
    }

    private static final class FakeAdmin implements StoreAdmin {

        private final List<String> asked = new ArrayList<>();

        @Override
        public int delete(List<Matcher> matchers, long from, long to) {
            asked.add("delete " + matchers + " " + from + " " + to);
            return 1;
        }

        @Override
        public void compactDeleted(Consumer<String> progress) {
            asked.add("compact");
        }

        @Override
        public Snapshot snapshot(Path directory) throws IOException {
            asked.add("snapshot");
            Files.createDirectory(directory);
            return new Snapshot(directory, 0, 0);
        }

        @Override
        public CheckReport check(boolean deep, Consumer<String> progress) {
            return new CheckReport(0, 0, 0, List.of());
        }

        @Override
        public Cardinality cardinality(int top) {
            asked.add("cardinality " + top);
            return new Cardinality(
                    7,
                    8,
                    9,
                    10,
                    20,
                    List.of(),
                    List.of(new Cardinality.Count("up", 5), new Cardinality.Count("load", 2)),
                    List.of(),
                    List.of(),
                    List.of(new Cardinality.Count("job=node", 4)));
        }

        @Override
        public StoreLayout layout() {
            var block = new StoreLayout.Block(
                    "b1", Duration.ZERO, 0, Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), 3, 9, 100);
            return new StoreLayout(
                    new StoreLayout.Log(1, 1),
                    new StoreLayout.Head(7, 9, 3, 1, Optional.empty(), Optional.empty()),
                    List.of(block),
                    0,
                    List.of(),
                    List.of("damage"));
        }

        @Override
        public Backfill backfill(String source) {
            throw new UnsupportedOperationException("Nothing is filled in here");
        }
    }
}
