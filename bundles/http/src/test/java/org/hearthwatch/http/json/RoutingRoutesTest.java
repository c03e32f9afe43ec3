package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.alert.Acknowledgement;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class RoutingRoutesTest {

    private static final Instant NOW = Instant.ofEpochSecond(100);

    private final FakeRouting routing = new FakeRouting();
    private final FakeDesk desk = new FakeDesk();
    private final RoutingRoutes routes = new RoutingRoutes(() -> routing, () -> desk);

    @Test
    void the_tree_and_who_is_told_are_shown_and_never_the_text_of_the_configuration() throws Exception {
        assertThat(FakeExchange.get("/api/hw/routing").answeredBy(routes).text())
                .isEqualTo(
                        "{\"source\":\"etc/alertmanager.yml\",\"since\":100.0,\"problems\":[],\"routes\":[{\"depth\":0,"
                                + "\"matchers\":\"{}\",\"receiver\":\"ops\",\"continues\":false,\"groupBy\":[\"...\"],"
                                + "\"groupWait\":0.5,\"groupInterval\":60.0,\"repeatInterval\":3600.0,\"mutedDuring\":[\"night\"],"
                                + "\"activeDuring\":[]}],\"receivers\":[{\"name\":\"ops\",\"labels\":{},\"channels\":[{"
                                + "\"id\":\"ops/email[0]\",\"kind\":\"mail\",\"waiting\":2,\"lastDelivered\":null,"
                                + "\"failure\":\"no route to host\"}]}]}")
                .doesNotContain("hunter2");
    }

    @Test
    void where_an_alert_goes_is_asked_by_labels() throws Exception {
        assertThat(FakeExchange.get("/api/hw/route-test")
                        .with("label", "severity=critical")
                        .with("label", "path=a=b")
                        .answeredBy(routes)
                        .text())
                .contains("\"groupLabels\":{\"path\":\"a=b\",\"severity\":\"critical\"}", "\"matches\":true");
        refused(400, FakeExchange.get("/api/hw/route-test").with("label", "severity"));
    }

    @Test
    void a_test_says_what_the_other_side_answered() throws Exception {
        assertThat(FakeExchange.post("/api/hw/receivers/ops/email[0]")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("[{\"channel\":\"ops/email[0]\",\"delivered\":false,\"took\":1.5,\"answer\":\"550 no\"}]");
        refused(404, FakeExchange.post("/api/hw/receivers/nobody"));
    }

    @Test
    void the_log_of_messages_is_bounded() throws Exception {
        assertThat(FakeExchange.get("/api/hw/notifications").answeredBy(routes).text())
                .contains("\"answer\":\"asked for 100\"");
        assertThat(FakeExchange.get("/api/hw/notifications?limit=7")
                        .answeredBy(routes)
                        .text())
                .contains("\"answer\":\"asked for 7\"");
        refused(400, FakeExchange.get("/api/hw/notifications?limit=1001"));
    }

    @Test
    void somebody_looks_after_an_alert_under_their_own_name() throws Exception {
        String answer = json(
                        FakeExchange.post("/api/hw/alerts/acknowledge")
                                .by(Principal.user("ann", Set.of(Role.OPERATOR))),
                        "{\"matchers\":[{\"name\":\"alertname\",\"value\":\"Disk.*\",\"isRegex\":true}],\"comment\":\"mine\","
                                + "\"lasting\":\"2h\"}")
                .answeredBy(routes)
                .text();

        assertThat(answer)
                .contains("\"acknowledgement\":{\"by\":\"ann\",\"comment\":\"mine\",\"at\":100.0,\"until\":null}");
        assertThat(desk.asked).isEqualTo("[alertname=~\"Disk.*\"] Optional[PT2H]");
        refused(400, json(FakeExchange.post("/api/hw/alerts/acknowledge"), "{\"matchers\":[]}"));
        refused(400, json(FakeExchange.post("/api/hw/alerts/acknowledge"), "{\"matchers\":[{\"name\":\"a\"}]}"));
        refused(
                400,
                json(
                        FakeExchange.post("/api/hw/alerts/acknowledge"),
                        "{\"matchers\":[{\"name\":\"a\",\"value\":\"b\"}],\"lasting\":\"soon\"}"));
    }

    private static FakeExchange json(FakeExchange exchange, String body) {
        return exchange.withHeader("Content-Type", "application/json").withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int status, FakeExchange exchange) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> exchange.answeredBy(routes))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    private static final class FakeDesk implements AlertDesk {

        private String asked = "";

        @Override
        public List<DeskAlert> alerts() {
            return List.of();
        }

        @Override
        public List<DeskAlert> acknowledge(
                List<Matcher> matchers, String by, String comment, Optional<Duration> lasting) {
            asked = matchers + " " + lasting;
            var given = new Acknowledgement(by, comment, NOW, Optional.empty());
            return List.of(new DeskAlert(
                    "00",
                    Labels.of("alertname", "DiskFull"),
                    Map.of(),
                    NOW,
                    NOW,
                    NOW,
                    "",
                    List.of("ops"),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(given)));
        }
    }

    private static final class FakeRouting implements Routing {

        @Override
        public Trace trace(Labels labels) {
            return new Trace(
                    List.of(new Step(0, "{}", "ops", true, false)),
                    List.of(new Destination(
                            "ops",
                            "{}",
                            labels,
                            Duration.ZERO,
                            Duration.ZERO,
                            Duration.ZERO,
                            List.of("ops/email[0]"),
                            List.of())),
                    List.of(),
                    List.of());
        }

        @Override
        public List<Node> routes() {
            return List.of(new Node(
                    0,
                    "{}",
                    "ops",
                    false,
                    List.of("..."),
                    Duration.ofMillis(500),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    List.of("night"),
                    List.of()));
        }

        @Override
        public List<Receiver> receivers() {
            return List.of(new Receiver(
                    "ops",
                    Map.of(),
                    List.of(new Channel(
                            "ops/email[0]", "mail", 2, Optional.empty(), Optional.of("no route to host")))));
        }

        @Override
        public List<TestResult> test(String receiver) throws AlertingRefusal {
            if (!receiver.startsWith("ops")) {
                throw new AlertingRefusal(AlertingRefusal.Kind.NOT_FOUND, "There is no receiver " + receiver);
            }
            return List.of(new TestResult("ops/email[0]", false, Duration.ofMillis(1500), "550 no"));
        }

        @Override
        public List<Notice> notices(int most) {
            return List.of(new Notice(
                    NOW, "key", "ops", "ops/email[0]", "{}", "new alerts", false, 1, 1, 0, "asked for " + most));
        }

        @Override
        public Status status() {
            return new Status("etc/alertmanager.yml", "password: hunter2", NOW, List.of());
        }

        @Override
        public void reload() {}
    }
}
