package org.hearthwatch.alert.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.notify.TestTimers;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerApiTest {

    private static final String CONFIG = """
            route:
              receiver: ops
              group_by: [alertname]
              group_wait: 1s
              routes: [{receiver: night, matchers: [team="night"]}]
            inhibit_rules:
              - {source_matchers: [alertname="Cause"], target_matchers: [alertname="Effect"], equal: [instance]}
            receivers:
              - {name: ops, labels: {team: ops}, webhook_configs: [{url: 'http://hook/secret-token'}]}
              - {name: night}
            """;

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.atStart();
    private final TestTimers timers = new TestTimers(clock);
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder, CONFIG, clock, timers, timers::executor, new ChannelBook());
    }

    private FakeExchange ask(FakeExchange exchange) throws IOException, HttpProblem {
        return exchange.answeredBy(desk.api);
    }

    private FakeExchange get(String path) throws IOException, HttpProblem {
        return ask(FakeExchange.get(path));
    }

    private FakeExchange post(String path, String body) throws IOException, HttpProblem {
        return ask(FakeExchange.post(path).withBody(body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names(String query) throws IOException, HttpProblem {
        JsonNode alerts = Json.parse(get("/api/v2/alerts" + query).text());
        return alerts.findValuesAsText("alertname");
    }

    @Test
    void takes_alerts_and_shows_them_as_alertmanager_does() throws Exception {
        assertThat(post("/api/v2/alerts", """
                [{"labels": {"alertname": "Down", "instance": "nas", "empty": ""},
                  "annotations": {"summary": "<b>"}, "generatorURL": "http://prom/graph"}]""").status()).isEqualTo(200);

        assertThat(Json.parse(get("/alertmanager/api/v2/alerts").text())).isEqualTo(Json.parse("""
                [{"annotations": {"summary": "<b>"}, "endsAt": "2026-01-02T03:09:05.000Z",
                  "fingerprint": "b3d1569cd8c3608b", "receivers": [{"name": "ops"}],
                  "startsAt": "2026-01-02T03:04:05.000Z",
                  "status": {"inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"},
                  "updatedAt": "2026-01-02T03:04:05.000Z", "generatorURL": "http://prom/graph",
                  "labels": {"alertname": "Down", "instance": "nas"}}]"""));
    }

    @Test
    void takes_the_good_alerts_and_says_what_is_wrong_with_the_others() throws Exception {
        FakeExchange answer = post("/api/v2/alerts", """
                [{"labels": {"alertname": "Good"}}, {"labels": {}},
                 {"labels": {"a": "b"}, "startsAt": "2026-01-02T03:04:05Z", "endsAt": "2026-01-01T00:00:00Z"}]""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo("\"at least one label pair required\\nstart time must be before end time\"\n");
        assertThat(names("")).containsExactly("Good");
        assertThat(post("/api/v2/alerts", "{").status()).isEqualTo(400);
        assertThat(post("/api/v2/alerts", "{}").status()).isEqualTo(400);
        assertThat(post("/api/v2/alerts", "[".repeat(5_000)).status()).isEqualTo(400);
    }

    @Test
    void shows_only_what_is_asked_for() throws Exception {
        post("/api/v2/alerts", """
                [{"labels": {"alertname": "Cause", "instance": "nas"}},
                 {"labels": {"alertname": "Effect", "instance": "nas"}},
                 {"labels": {"alertname": "Tired", "team": "night"}}]""");
        post("/api/v2/silences", """
                {"matchers": [{"name": "alertname", "value": "Tired", "isRegex": false}],
                 "startsAt": "2026-01-02T03:04:05Z", "endsAt": "2026-01-02T05:04:05Z",
                 "createdBy": "ann", "comment": "asleep"}""");
        clock.advance(Duration.ofSeconds(1));

        assertThat(names("")).containsExactlyInAnyOrder("Cause", "Effect", "Tired");
        assertThat(names("?silenced=false&inhibited=false")).containsExactly("Cause");
        assertThat(names("?active=false")).containsExactlyInAnyOrder("Effect", "Tired");
        assertThat(names("?filter=alertname%3D~%22C.*%22")).containsExactly("Cause");
        assertThat(names("?filter=team%3D%22%22")).containsExactlyInAnyOrder("Cause", "Effect");
        assertThat(names("?receiver=night")).containsExactly("Tired");
        assertThat(names("?receiver_matchers=team%3D%22ops%22")).containsExactlyInAnyOrder("Cause", "Effect");
        assertThat(get("/api/v2/alerts?filter=a").status()).isEqualTo(400);
        assertThat(get("/api/v2/alerts?receiver=%28").status()).isEqualTo(400);
    }

    @Test
    void shows_groups() throws Exception {
        post("/api/v2/alerts", """
                [{"labels": {"alertname": "Down", "instance": "a"}}, {"labels": {"alertname": "Down", "instance": "b"}},
                 {"labels": {"alertname": "Tired", "team": "night"}}]""");

        JsonNode groups = Json.parse(get("/api/v2/alerts/groups").text());

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).path("labels")).isEqualTo(Json.parse("{\"alertname\":\"Down\"}"));
        assertThat(groups.get(0).path("alerts")).hasSize(2);
        assertThat(groups.get(1).path("receiver").path("name").asText()).isEqualTo("night");
    }

    @Test
    void makes_changes_shows_and_ends_silences() throws Exception {
        String body = """
                {%s"matchers": [{"name": "a", "value": "b.*", "isRegex": true, "isEqual": false},
                                {"name": "c", "value": "d", "isRegex": false}],
                 "startsAt": "2026-01-02T03:00:00Z", "endsAt": "%s", "createdBy": "ann", "comment": "why"}""";
        String id = Json.parse(post("/api/v2/silences", body.formatted("", "2026-01-02T04:00:00Z"))
                        .text())
                .path("silenceID")
                .asText();

        JsonNode silence = Json.parse(get("/api/v2/silence/" + id).text());
        assertThat(silence.path("status").path("state").asText()).isEqualTo("active");
        assertThat(silence.path("startsAt").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(silence.path("matchers").get(0))
                .isEqualTo(Json.parse("{\"name\":\"a\",\"value\":\"b.*\",\"isRegex\":true,\"isEqual\":false}"));
        assertThat(Json.parse(get("/api/v2/silences?filter=c%3Dd").text())).hasSize(1);
        assertThat(Json.parse(get("/api/v2/silences?active=false").text())).isEmpty();

        String longer = post(
                        "/api/v2/silences",
                        body.formatted("\"id\": \"" + id + "\", ", "2026-01-02T06:00:00Z")
                                .replace("03:00:00", "03:04:05"))
                .text();
        assertThat(longer).contains(id);
        assertThat(ask(FakeExchange.delete("/api/v2/silence/" + id)).status()).isEqualTo(200);
        assertThat(get("/api/v2/silence/" + id).text()).contains("\"state\":\"expired\"");

        assertThat(get("/api/v2/silence/none").status()).isEqualTo(404);
        assertThat(ask(FakeExchange.delete("/api/v2/silence/none")).status()).isEqualTo(404);
        assertThat(post("/api/v2/silences", body.formatted("\"id\": \"none\", ", "2026-01-02T06:00:00Z"))
                        .status())
                .isEqualTo(404);
        assertThat(post("/api/v2/silences", body.formatted("", "2026-01-02T03:00:00Z"))
                        .text())
                .contains("start time must be before end time");
        assertThat(post("/api/v2/silences", "{\"matchers\":[],\"endsAt\":\"2027-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tells_its_status_without_secrets() throws Exception {
        FakeExchange status = get("/api/v2/status");

        assertThat(Json.parse(status.text()).path("cluster").path("status").asText())
                .isEqualTo("disabled");
        assertThat(status.text()).contains("group_by").doesNotContain("secret-token");
        assertThat(get("/api/v2/receivers").text())
                .isEqualTo("[{\"name\":\"ops\",\"labels\":{\"name\":\"ops\",\"team\":\"ops\"}},"
                        + "{\"name\":\"night\",\"labels\":{\"name\":\"night\"}}]\n");
    }

    @Test
    void a_configuration_that_is_wrong_is_an_error_of_reload() throws Exception {
        FakeExchange answer = post("/-/reload", "");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("failed to reload config: alertmanager.yml:1:1: no\n");
    }

    @Test
    void every_route_asks_for_a_permission_that_fits() {
        for (Route route : desk.api.routes()) {
            assertThat(route.guard()).isInstanceOf(Guard.Needs.class);
            Scope scope = ((Guard.Needs) route.guard()).permission().scope();
            if (route.method().isUnsafe()) {
                assertThat(scope).isNotEqualTo(Scope.READ);
            } else {
                assertThat(scope).isEqualTo(Scope.READ);
            }
        }
    }
}
