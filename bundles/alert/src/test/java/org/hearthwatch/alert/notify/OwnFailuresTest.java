package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFailuresTest {

    private static final String CONFIG = """
            route: {receiver: ops, group_by: [alertname], group_wait: 1s, group_interval: 10s}
            receivers:
              - {name: ops, webhook_configs: [{url: phone}, {url: mail}]}
              - {name: spare, webhook_configs: [{url: pager}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void a_channel_that_fails_is_told_of_by_the_others_until_it_works_again() {
        House house = new House(folder, CONFIG);
        house.refusing("mail", second -> second < 90);
        house.push(house.firing("Down", 0));
        house.until(400);

        assertThat(house.story("phone").stream().filter(line -> line.contains("Failing")))
                .hasSize(2)
                .first()
                .asString()
                .contains("HearthwatchChannelFailing", "channel=\"ops/webhook[1]\"");
        assertThat(house.story("phone").get(2)).matches(".*HearthwatchChannelFailing@[0-9.]+-[0-9.]+\\{.*");
        assertThat(house.story("mail").get(0)).contains("Down");
    }

    @Test
    void what_a_channel_cannot_deliver_goes_to_those_who_stand_in() {
        var settings = new DeskSettings(
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                "spare",
                Duration.ofSeconds(20),
                DeskSettings.Folding.NONE,
                DeskSettings.DEFAULT.couriers());
        House house = new House(folder, CONFIG, settings);
        house.refusing("mail", second -> true);
        house.push(house.firing("Down", 0));
        house.until(120);

        assertThat(house.story("pager").stream().filter(line -> line.contains("Down")))
                .hasSize(1);
        assertThat(house.told("pager").get(0).notification().receiver()).isEqualTo("spare");
        assertThat(house.story("phone").get(0)).isEqualTo("1.0: Down@0");
    }

    @Test
    void a_queue_that_cannot_be_written_keeps_nothing_from_anybody_and_is_told_of() throws Exception {
        House house = new House(folder, CONFIG);
        house.switchboard().outbox().close();
        house.push(house.firing("Down", 0));
        house.until(60);

        assertThat(house.story("phone").stream().filter(line -> line.contains("Down")))
                .containsExactly("1.0: Down@0");
        assertThat(house.story("phone").stream().filter(line -> line.contains("HearthwatchQueueFailing")))
                .hasSize(1);
    }

    private static RuleGroupStatus group(RuleHealth health, Instant last, long missed) {
        var rule = new RuleStatus.Recording(
                "a:b",
                "up",
                Labels.EMPTY,
                health,
                Optional.of("too many samples").filter(reason -> health == RuleHealth.ERROR),
                Duration.ZERO,
                Optional.of(last));
        return new RuleGroupStatus(
                "g",
                "rules/x.yml",
                Duration.ofMinutes(1),
                Duration.ZERO,
                0,
                List.of(rule),
                Duration.ZERO,
                Optional.of(last),
                missed);
    }

    private static List<String> names(House house) {
        return house.switchboard().alerts().stream()
                .map(alert -> alert.labels().get("alertname"))
                .sorted()
                .toList();
    }

    @Test
    void rules_that_fail_are_late_or_stand_still_are_alerts_themselves() {
        House house = new House(folder, CONFIG);
        var watch = new SelfWatch(house.switchboard(), house.clock);
        Instant now = house.clock.instant();

        watch.look(List.of(group(RuleHealth.OK, now, 0)), List.of(), List.of());
        assertThat(names(house)).isEmpty();
        assertThat(watch.isAlive()).isTrue();

        watch.look(
                List.of(group(RuleHealth.ERROR, now.minusSeconds(600), 3)),
                List.of(new RefusedRules("rules/bad.yml", now, List.of("1:1: no"))),
                List.of("etc/alertmanager.yml:1:1: no"));
        assertThat(names(house))
                .containsExactly(
                        "HearthwatchRoutingRefused",
                        "HearthwatchRuleFailing",
                        "HearthwatchRulesLate",
                        "HearthwatchRulesRefused",
                        "HearthwatchRulesStalled");
        assertThat(watch.isAlive()).isFalse();

        watch.look(List.of(group(RuleHealth.OK, now, 3)), List.of(), List.of());
        assertThat(names(house)).isEmpty();
    }
}
