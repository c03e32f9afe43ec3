package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts over time: a cause is told with its count, and its consequences are not told beside it. */
class CausesFirstTest {

    private static final String CONFIG = """
            global: {resolve_timeout: 1h}
            route:
              receiver: default
              group_by: [alertname, at]
              group_wait: 1s
              group_interval: 10s
              repeat_interval: 1h
            receivers:
              - name: default
                webhook_configs: [{url: hook, send_resolved: true}]
            """;

    private static final DeskSettings FOLDING = new DeskSettings(
            "",
            Optional.empty(),
            Optional.empty(),
            "",
            "",
            Duration.ofMinutes(2),
            new DeskSettings.Folding(false, true, Duration.ofSeconds(20)),
            DeskSettings.DEFAULT.couriers());

    @TempDir
    private Path folder;

    private House house() {
        return new House(folder, CONFIG, FOLDING)
                .inventory(
                        "guest/web on host/pve",
                        "guest/db on host/pve",
                        "container/web:nginx on guest/web",
                        "filesystem/web:/srv on host/nas",
                        "host/pve on ups/main");
    }

    private static HeldAlert down(House house, String at, double since) {
        return house.firing("Down", since, "at", at, "severity", "critical");
    }

    private static HeldAlert slow(House house, String at, double since) {
        return house.firing("Slow", since, "at", at, "severity", "warning");
    }

    /** What was told: the second, the alert, the thing, and what was said about others. */
    private static List<String> story(House house) {
        return house.told("hook").stream()
                .flatMap(told -> told.notification().alerts().stream()
                        .map(alert -> told.at() + " " + alert.labels().get("alertname")
                                + (alert.resolved() ? " over " : " ")
                                + alert.labels().get("at")
                                + Optional.ofNullable(alert.annotations().get("consequences"))
                                        .map(folded -> " " + folded)
                                        .orElse("")))
                .toList();
    }

    @Test
    void what_stands_on_a_thing_that_is_down_is_told_with_that() {
        House house = house();
        house.until(1).push(down(house, "host/pve", 1));
        house.until(1.5).push(slow(house, "guest/web", 1.5), down(house, "container/web:nginx", 1.5));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Down host/pve 2 more alerts: Down, Slow");
    }

    @Test
    void what_stands_on_something_else_is_told() {
        House house = house();
        house.until(1).push(down(house, "host/pve", 1), slow(house, "filesystem/web:/srv", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Down host/pve", "2.0 Slow filesystem/web:/srv");
    }

    @Test
    void the_deepest_cause_is_told_with_all_that_follows() {
        House house = house();
        house.until(1).push(down(house, "ups/main", 1), down(house, "host/pve", 1), slow(house, "guest/db", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Down ups/main 2 more alerts: Down, Slow");
    }

    @Test
    void consequences_that_come_first_wait_for_a_cause_that_is_pending() {
        House house = house().pending("Down", "at", "host/pve", "severity", "critical");
        house.until(1).push(slow(house, "guest/web", 1));
        house.until(15).push(down(house, "host/pve", 15));
        house.until(60);

        assertThat(story(house)).containsExactly("16.0 Down host/pve 1 more alert: Slow");
    }

    @Test
    void consequences_that_come_together_wait_for_their_cause() {
        House house = house();
        house.until(1).push(slow(house, "guest/web", 1), slow(house, "guest/db", 1));
        house.until(15).push(down(house, "host/pve", 15));
        house.until(60);

        assertThat(story(house)).containsExactly("16.0 Down host/pve 2 more alerts: Slow, Slow");
    }

    @Test
    void they_do_not_wait_for_ever() {
        House house = house();
        house.until(1).push(slow(house, "guest/web", 1), slow(house, "guest/db", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("21.0 Slow guest/web", "21.0 Slow guest/db");
    }

    @Test
    void one_without_a_sign_of_a_cause_does_not_wait() {
        House house = house();
        house.until(1).push(slow(house, "guest/web", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Slow guest/web");
    }

    @Test
    void a_consequence_that_stays_when_its_cause_has_gone_is_told_on_its_own() {
        House house = house();
        house.until(1).push(down(house, "host/pve", 1), slow(house, "guest/web", 1), slow(house, "guest/db", 1));
        house.until(100).push(house.ended("Down", 1, 100, "at", "host/pve", "severity", "critical"));
        house.until(110).push(house.ended("Slow", 1, 110, "at", "guest/db", "severity", "warning"));
        house.until(200);

        assertThat(story(house))
                .containsExactly(
                        "2.0 Down host/pve 2 more alerts: Slow, Slow",
                        "102.0 Down over host/pve",
                        "120.0 Slow guest/web");
    }

    @Test
    void the_end_of_a_consequence_that_was_told_before_its_cause_came_is_told() {
        House house = house();
        house.until(1).push(slow(house, "guest/web", 1));
        house.until(30).push(down(house, "host/pve", 30));
        house.until(50).push(house.ended("Slow", 1, 50, "at", "guest/web", "severity", "warning"));
        house.until(70);

        assertThat(story(house))
                .containsExactly(
                        "2.0 Slow guest/web", "31.0 Down host/pve 1 more alert: Slow", "52.0 Slow over guest/web");
    }

    @Test
    void an_alert_says_by_its_annotation_whether_something_is_down() {
        House house = house();
        HeldAlert hot =
                house.firing("Hot", 1, "at", "host/nas", "severity", "critical").with(Map.of("cause", "none"));
        HeldAlert off = slow(house, "host/pve", 1).with(Map.of("cause", "down"));
        house.until(1).push(hot, off, slow(house, "filesystem/web:/srv", 1), slow(house, "guest/db", 1));
        house.until(60);

        assertThat(story(house))
                .containsExactlyInAnyOrder(
                        "2.0 Hot host/nas", "2.0 Slow filesystem/web:/srv", "2.0 Slow host/pve 1 more alert: Slow");
    }

    @Test
    void two_that_stand_on_each_other_are_both_told() {
        House house = new House(folder, CONFIG, FOLDING).inventory("host/a on host/b", "host/b on host/a");
        house.until(1).push(down(house, "host/a", 1), down(house, "host/b", 1));
        house.until(60);

        assertThat(story(house)).containsExactlyInAnyOrder("2.0 Down host/a", "2.0 Down host/b");
    }

    @Test
    void what_is_off_on_purpose_and_what_stands_on_it_is_kept_quiet() {
        House house = house();
        house.inventory(new InventoryReport(
                "test",
                List.of(new Entity(
                        EntityId.parse("guest/web"),
                        Set.of(Labels.of("at", "guest/web")),
                        Optional.of("stopped on purpose"))),
                List.of()));
        house.until(1).push(down(house, "guest/web", 1));
        house.until(60);

        assertThat(story(house)).isEmpty();
        assertThat(house.switchboard().alerts())
                .singleElement()
                .extracting(DeskAlert::mutedBy)
                .isEqualTo(List.of("guest/web: stopped on purpose"));
    }

    @Test
    void the_summary_of_a_cause_has_the_count() {
        House house = house();
        house.until(1)
                .push(down(house, "host/pve", 1).with(Map.of("summary", "pve is down")), slow(house, "guest/db", 1));
        house.until(60);

        assertThat(house.told("hook").get(0).notification().alerts().get(0).annotations())
                .containsEntry("summary", "pve is down (and 1 more alert because of it)");
    }

    @Test
    void maintenance_of_a_thing_keeps_all_quiet_that_stands_on_it() throws Exception {
        House house = house();
        Matcher matcher = Matcher.equal(Silence.ENTITY, "host/pve");
        house.switchboard()
                .silences()
                .set(new Silence(
                        "",
                        List.of(matcher),
                        house.at(0),
                        house.at(40),
                        "ann",
                        "new fans",
                        Map.of(Silence.ENTITY, "host/pve"),
                        house.at(0),
                        Optional.empty()));
        house.until(1).push(slow(house, "container/web:nginx", 1), slow(house, "host/nas", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Slow host/nas", "42.0 Slow container/web:nginx");
    }

    @Test
    void the_rule_packs_dead_mans_switch_goes_only_where_a_route_asks_for_it() {
        House plain = new House(folder, CONFIG);
        House asked = new House(folder, CONFIG.replace("receivers:", """
              routes: [{receiver: watch, matchers: [alertname=DeadMansSwitch], group_wait: 0s}]
            receivers:
              - {name: watch, webhook_configs: [{url: watch}]}"""));
        for (House house : List.of(plain, asked)) {
            house.switchboard()
                    .raise(List.of(new RaisedAlert(
                            Labels.of("alertname", "DeadMansSwitch", "severity", "none"),
                            Map.of(),
                            house.at(0),
                            house.at(1_000),
                            "")));
            house.until(60);
        }

        assertThat(plain.told("hook")).isEmpty();
        assertThat(asked.told("watch")).hasSize(1);
    }

    @Test
    void nothing_is_folded_unless_it_is_switched_on() {
        House house = new House(folder, CONFIG).inventory("guest/web on host/pve");
        house.until(1).push(down(house, "host/pve", 1), slow(house, "guest/web", 1));
        house.until(60);

        assertThat(story(house)).containsExactly("2.0 Down host/pve", "2.0 Slow guest/web");
    }
}
