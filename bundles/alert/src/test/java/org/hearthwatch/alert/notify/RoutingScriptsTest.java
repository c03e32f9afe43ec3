package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.store.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts over time on the corners of routing: late timers, waits, restarts, what is kept quiet for a while only. */
class RoutingScriptsTest {

    @TempDir
    private Path folder;

    private House house(String route) {
        return house(route, "");
    }

    private House house(String route, String more) {
        return new House(folder, """
                global: {resolve_timeout: 10m}
                route:
                  receiver: default
                %s
                receivers:
                  - {name: default, webhook_configs: [{url: hook}]}
                  - {name: other, webhook_configs: [{url: other}]}
                  - {name: third, webhook_configs: [{url: third}]}
                %s
                """.formatted(route.indent(2), more));
    }

    private House plain(String groupWait, String groupInterval, String repeatInterval) {
        return house("group_by: [alertname]\ngroup_wait: %s\ngroup_interval: %s\nrepeat_interval: %s"
                .formatted(groupWait, groupInterval, repeatInterval));
    }

    private static Silence silence(House house, double from, double until) {
        return Silence.of(
                List.of(Matcher.equal("alertname", "test")), house.at(from), house.at(until), "ann", "maintenance");
    }

    @Test
    void timers_that_go_off_late_do_not_bring_a_repetition_one_round_early() {
        House house = plain("1s", "2s", "6s");
        house.timers.late(Duration.ofMillis(10));

        house.until(1).push(house.firing("test", 1));
        house.until(40);

        // The rounds are at 2.01, 4.01 ...; three rounds after a message 6 s are not over yet, so it is the fourth.
        assertThat(house.story("hook"))
                .containsExactly("2.01: test@1", "10.01: test@1", "18.01: test@1", "26.01: test@1", "34.01: test@1");
    }

    @Test
    void a_clock_that_leaps_forward_neither_floods_nor_silences() {
        House house = plain("1s", "2s", "1ms");
        house.until(1).push(house.firing("test", 1));
        house.until(3);

        house.clock.advance(Duration.ofMinutes(5));
        house.until(308);

        assertThat(house.story("hook"))
                .containsExactly("2.0: test@1", "303.0: test@1", "305.0: test@1", "307.0: test@1");
    }

    @Test
    void a_clock_that_is_set_back_neither_floods_nor_silences() {
        House house = new House(folder, """
                global: {resolve_timeout: 10m}
                route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 1ms}
                receivers:
                  - {name: default, webhook_configs: [{url: hook}]}
                """, DeskSettings.DEFAULT, 100);
        house.until(101).push(house.firing("test", 101));
        house.until(103);

        house.clock.advance(Duration.ofMinutes(-1));
        house.until(50);

        // The timer that waits is of the test's clock, so it comes when that clock has caught up.
        assertThat(house.story("hook")).containsExactly("102.0: test@101");
        house.until(107);
        assertThat(house.story("hook")).containsExactly("102.0: test@101", "104.0: test@101", "106.0: test@101");
    }

    @Test
    void what_ends_before_the_group_wait_is_over_is_never_told_of() {
        House house = plain("5s", "5s", "1h");

        house.until(1).push(house.firing("test", 1));
        house.until(3).push(house.ended("test", 1, 3));
        house.until(60);

        assertThat(house.story("hook")).isEmpty();
        assertThat(house.switchboard().groups()).isEmpty();
    }

    @Test
    void what_ends_and_comes_again_between_two_rounds_goes_on() {
        House house = plain("1s", "10s", "1h");

        house.until(1).push(house.firing("test", 1));
        house.until(4).push(house.ended("test", 1, 4));
        house.until(7).push(house.firing("test", 7));
        house.until(25).push(house.ended("test", 7, 25));
        house.until(60);

        assertThat(house.story("hook")).containsExactly("2.0: test@1", "32.0: test@7-25");
    }

    @Test
    void an_alert_as_old_as_the_group_wait_is_told_at_once_with_those_that_wait() {
        House house = house("group_by: []\ngroup_wait: 30s\ngroup_interval: 30s");

        house.until(100).push(house.firing("fresh", 100));
        house.until(105).push(house.firing("old", 20));
        house.until(106).push(house.firing("older", 10));
        house.until(136);

        assertThat(house.story("hook")).containsExactly("105.0: fresh@100 old@20", "135.0: fresh@100 old@20 older@10");
    }

    @Test
    void a_repeat_interval_below_the_group_interval_repeats_at_each_round() {
        House house = plain("0s", "10s", "3s");

        house.until(1).push(house.firing("test", 1));
        house.until(22);

        assertThat(house.story("hook")).containsExactly("1.0: test@1", "11.0: test@1", "21.0: test@1");
    }

    @Test
    void the_newest_texts_of_an_alert_are_told() {
        House house = plain("1s", "5s", "1ms");
        house.until(1).push(texted(house, "50 %"));
        house.until(3).push(texted(house, "60 %"));
        house.until(8);

        assertThat(house.told("hook"))
                .extracting(told ->
                        told.notification().alerts().get(0).annotations().get("value"))
                .containsExactly("50 %", "60 %");
    }

    private static HeldAlert texted(House house, String value) {
        return house.firing("test", 1).with(Map.of("value", value));
    }

    @Test
    void a_restart_forgets_neither_what_was_told_nor_when() {
        House house = plain("1s", "5s", "20s");
        house.until(1).push(house.firing("test", 1));
        house.until(10);

        house.crash();
        house.until(12).push(house.firing("test", 1));
        house.until(25).push(house.ended("test", 1, 25));
        house.until(60);

        assertThat(house.story("hook")).containsExactly("2.0: test@1", "25.0: test@1", "30.0: test@1-25");
    }

    @Test
    void what_ended_while_we_were_down_is_told_as_ended() {
        House house = plain("1s", "5s", "1h");
        house.until(1).push(house.firing("test", 1));
        house.until(3);

        house.crash();
        house.until(30).push(house.ended("test", 1, 20));
        house.until(40);

        assertThat(house.story("hook")).containsExactly("2.0: test@1", "33.0: test@1-20");
    }

    @Test
    void an_effect_is_told_of_when_its_cause_has_ended_and_not_before() {
        House house = house("group_by: [alertname]\ngroup_wait: 1s\ngroup_interval: 2s", """
                inhibit_rules:
                  - {source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [host]}
                """);

        house.until(0.5).push(house.firing("Down", 0.5, "severity", "critical", "host", "a"));
        house.until(1).push(house.firing("Slow", 1, "severity", "warning", "host", "a"));
        house.push(house.firing("Slow", 1, "severity", "warning", "host", "b"));
        house.until(7).push(house.ended("Down", 0.5, 7, "severity", "critical", "host", "a"));
        house.until(12);

        String a = "Slow@1{host=\"a\", severity=\"warning\"}";
        String b = "Slow@1{host=\"b\", severity=\"warning\"}";
        assertThat(house.story("hook"))
                .containsExactly(
                        "1.5: Down@0.5{host=\"a\", severity=\"critical\"}",
                        "2.0: " + b,
                        "7.5: Down@0.5-7{host=\"a\", severity=\"critical\"}",
                        "8.0: " + a + " " + b);
    }

    @Test
    void what_matches_both_sides_of_a_rule_does_not_keep_itself_quiet() {
        House house = house("group_by: ['...']\ngroup_wait: 1s\ngroup_interval: 1s", """
                inhibit_rules:
                  - {source_matchers: [severity=~".+"], target_matchers: [severity=~".+"], equal: [host]}
                """);

        house.until(1).push(house.firing("a", 1, "severity", "x", "host", "h"));
        house.push(house.firing("b", 1, "severity", "y", "host", "h"));
        house.until(5);

        assertThat(house.told("hook")).hasSize(2);
    }

    @Test
    void labels_that_both_lack_are_equal() {
        House house = house("group_by: ['...']\ngroup_wait: 1s\ngroup_interval: 1s", """
                inhibit_rules:
                  - {source_matchers: [alertname="source"], target_matchers: [alertname="target"], equal: [zone]}
                """);

        house.until(1).push(house.firing("source", 1), house.firing("target", 1));
        house.push(house.firing("target", 1, "zone", "b"));
        house.until(5);

        assertThat(house.story("hook")).containsExactlyInAnyOrder("2.0: source@1", "2.0: target@1{zone=\"b\"}");
    }

    @Test
    void the_end_of_what_is_muted_is_not_told_and_not_made_up_for() {
        House house = house(
                "routes: [{receiver: other, group_wait: 1s, group_interval: 10s, mute_time_intervals: [second_minute]}]",
                """
                time_intervals:
                  - name: second_minute
                    time_intervals: [{times: [{start_time: '03:05', end_time: '03:06'}]}]
                """);

        // The clock begins at 03:04:05, so it is quiet from second 55 to second 115.
        house.until(1).push(house.firing("ends", 1), house.firing("stays", 1));
        house.until(70).push(house.ended("ends", 1, 70));
        house.until(80).push(house.firing("comes", 80));
        house.until(130);

        assertThat(house.story("other")).containsExactly("2.0: ends@1 stays@1", "122.0: comes@80 stays@1");
    }

    @Test
    void a_route_with_both_kinds_of_intervals_speaks_where_both_let_it() {
        House house = house("""
                routes:
                  - receiver: other
                    group_wait: 1s
                    group_interval: 10s
                    active_time_intervals: [first_two_minutes]
                    mute_time_intervals: [first_minute]
                """, """
                time_intervals:
                  - name: first_two_minutes
                    time_intervals: [{times: [{start_time: '03:04', end_time: '03:06'}]}]
                  - name: first_minute
                    time_intervals: [{times: [{start_time: '03:04', end_time: '03:05'}]}]
                """);

        house.until(1).push(house.firing("early", 1));
        house.until(70).push(house.firing("middle", 70));
        house.until(130).push(house.firing("late", 130));
        house.until(200);

        assertThat(house.story("other")).containsExactly("62.0: early@1", "72.0: early@1 middle@70");
    }

    @Test
    void a_silence_that_is_to_come_holds_from_its_beginning_to_its_end_and_over_a_restart() throws Exception {
        House house = plain("1s", "1s", "1ms");
        house.switchboard().silences().set(silence(house, 3.5, 6.5));

        house.until(1).push(house.firing("test", 1));
        house.until(4.2);
        house.crash();
        house.push(house.firing("test", 1));
        house.until(8.5);

        // Rounds are counted from the restart on.
        assertThat(house.story("hook")).containsExactly("2.0: test@1", "3.0: test@1", "7.2: test@1", "8.2: test@1");
    }

    @Test
    void the_end_of_what_is_silenced_is_not_told() throws Exception {
        House house = plain("1s", "1s", "1h");
        house.until(1).push(house.firing("test", 1));
        house.until(2.5);
        house.switchboard().silences().set(silence(house, 2.5, 20));
        house.until(5).push(house.ended("test", 1, 5));
        house.until(30);

        assertThat(house.story("hook")).containsExactly("2.0: test@1");
    }

    @Test
    void each_route_that_goes_on_groups_and_waits_in_its_own_way() {
        House house = house("""
                group_by: [alertname]
                group_wait: 5s
                group_interval: 5s
                routes:
                  - {receiver: other, matchers: [host=~".+"], group_by: [host], group_wait: 1s, continue: true}
                  - receiver: third
                    matchers: [host="a"]
                    continue: true
                    routes:
                      - {receiver: other, matchers: [alertname="disk"], group_wait: 2s, group_by: ['...']}
                  - {receiver: default, matchers: [alertname!="cpu"]}
                """);

        house.until(1).push(house.firing("disk", 1, "host", "a"), house.firing("cpu", 1, "host", "a"));
        house.push(house.firing("none", 1));
        house.until(10);

        String disk = "disk@1{host=\"a\"}";
        String cpu = "cpu@1{host=\"a\"}";
        assertThat(house.story("other")).containsExactly("2.0: " + cpu + " " + disk, "3.0: " + disk);
        assertThat(house.story("third")).containsExactly("6.0: " + cpu);
        assertThat(house.story("hook")).containsExactlyInAnyOrder("6.0: " + disk, "6.0: none@1");
    }

    @Test
    void a_receiver_that_is_down_for_long_hears_of_the_beginning_and_then_of_the_end() {
        House house = plain("1s", "2s", "1h");
        house.refusing("hook", second -> second < 20);

        house.until(1).push(house.firing("test", 1));
        house.until(10).push(house.ended("test", 1, 10));
        house.until(300);

        assertThat(house.told("hook"))
                .extracting(told -> told.notification().alerts().get(0).resolved())
                .containsExactly(false, true);
    }

    @Test
    void names_of_labels_beyond_ascii_are_routed_and_grouped() {
        House house = house("""
                group_by: ['größe']
                group_wait: 1s
                routes: [{receiver: other, matchers: ['größe="🙂"']}]
                """);

        house.until(1).push(house.firing("test", 1, "größe", "🙂"), house.firing("test", 1, "größe", "klein"));
        house.until(3);

        assertThat(house.story("other")).containsExactly("2.0: test@1{größe=\"🙂\"}");
        assertThat(house.told("other").get(0).notification().groupKey()).contains("größe");
        assertThat(house.told("hook")).hasSize(1);
    }
}
