package org.hearthwatch.alert.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class RuleRoutesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final Shelf shelf = new Shelf();
    private final RuleRoutes routes = new RuleRoutes(shelf, new Past(), InstantSource.fixed(NOW));

    @Test
    void a_file_is_written_under_the_name_of_whoever_asks_and_read_back() throws Exception {
        FakeExchange put =
                FakeExchange.put("/api/hw/rule-files/house.yml").by(Principal.user("ann", Set.of(Role.OPERATOR)));

        assertThat(json(put, "{\"text\":\"groups: []\",\"comment\":\"why\"}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"name\":\"house.yml\"}");
        assertThat(FakeExchange.get("/api/hw/rule-files/house.yml")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"name\":\"house.yml\",\"text\":\"groups: []\"}");
        assertThat(FakeExchange.get("/api/hw/rule-files/house.yml/history")
                        .answeredBy(routes)
                        .text())
                .contains("\"by\":\"ann\"", "\"comment\":\"why\"");
    }

    @Test
    void a_text_is_checked_without_being_kept() throws Exception {
        assertThat(json(FakeExchange.post("/api/hw/rule-check"), "{\"text\":\"bad\"}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("[\"1:1: this is bad\"]");
        assertThat(json(FakeExchange.post("/api/hw/rule-check"), "{\"text\":\"groups: []\"}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("[]");
        assertThat(shelf.texts).isEmpty();
    }

    @Test
    void a_text_is_tried_on_what_is_stored() throws Exception {
        assertThat(json(FakeExchange.post("/api/hw/rule-backtest"), "{\"text\":\"groups: []\",\"since\":\"1d\"}")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"from\":\"2026-11-21T00:00:00Z\",\"to\":\"2026-11-22T00:00:00Z\",\"reports\":[{"
                        + "\"name\":\"Hot\",\"expression\":\"t > 70\",\"step\":60.0,\"firings\":[{"
                        + "\"activeAt\":\"2026-11-21T00:00:00Z\",\"firedAt\":\"2026-11-21T00:00:00Z\",\"labels\":{\"a\":\"b\"}}],"
                        + "\"warnings\":[\"little is stored\"]}]}");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        refused(json(FakeExchange.post("/api/hw/rule-check"), "{}"));
        refused(json(FakeExchange.post("/api/hw/rule-backtest"), "{\"text\":\"bad\"}"));
        refused(json(FakeExchange.post("/api/hw/rule-backtest"), "{\"text\":\"groups: []\",\"since\":\"9y\"}"));
        refused(json(FakeExchange.post("/api/hw/rule-backtest"), "{\"text\":\"groups: []\",\"since\":\"long\"}"));
        refused(FakeExchange.get("/api/hw/rule-backtest"));
        refused(FakeExchange.get("/api/hw/rule-backtest?expr=up&interval=1ms"));
    }

    private static FakeExchange json(FakeExchange exchange, String body) {
        return exchange.withHeader("Content-Type", "application/json").withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(FakeExchange exchange) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> exchange.answeredBy(routes))
                .satisfies(e -> assertThat(e.status()).isEqualTo(422));
    }

    /** Files in memory; the text {@code bad} is none. */
    private static final class Shelf implements RuleFiles {

        private final Map<String, String> texts = new TreeMap<>();
        private final List<Version> versions = new ArrayList<>();

        @Override
        public List<Entry> list() {
            return texts.entrySet().stream()
                    .map(file -> new Entry(file.getKey(), file.getValue().length(), NOW))
                    .toList();
        }

        @Override
        public String read(String name) {
            return texts.getOrDefault(name, "");
        }

        @Override
        public List<String> check(String text) {
            return text.equals("bad") ? List.of("1:1: this is bad") : List.of();
        }

        @Override
        public void write(String name, String text, String by, String comment) {
            texts.put(name, text);
            versions.add(new Version(versions.size() + 1, NOW, by, comment, Optional.of(text)));
        }

        @Override
        public void delete(String name, String by, String comment) {
            texts.remove(name);
        }

        @Override
        public List<Version> history(String name) {
            return versions;
        }
    }

    private static final class Past implements RuleBacktest {

        @Override
        public Report expression(String expression, Duration holdFor, Duration interval, Instant start, Instant end) {
            return report(start);
        }

        @Override
        public List<Report> file(String text, Instant start, Instant end) throws AlertingRefusal {
            if (text.equals("bad")) {
                throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, "1:1: this is bad");
            }
            return List.of(report(start));
        }

        private static Report report(Instant start) {
            return new Report(
                    "Hot",
                    "t > 70",
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    List.of(new Firing(Labels.of("a", "b"), start, start, Optional.empty())),
                    List.of("little is stored"));
        }
    }
}
