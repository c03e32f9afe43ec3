package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.store.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts over time: what comes in when, and who is told what when. The situations are those of Alertmanager's own tests. */
class TimedScriptsTest {

    @TempDir
    private Path folder;

    private static String config(String route) {
        return """
                global: {resolve_timeout: 10s}
                route:
                  receiver: default
                %s
                receivers:
                  - name: default
                    webhook_configs: [{url: hook, send_resolved: true}]
                """.formatted(route.indent(2));
    }

    private House house(String route) {
        return new House(folder, config(route));
    }

    @Test
    void an_alert_is_told_after_the_group_wait_and_again_after_the_repeat_interval_until_it_ends() {
        House house = house("""
                group_by: [alertname]
                group_wait: 1s
                group_interval: 1s
                repeat_interval: 1ms
                """);

        house.until(1).push(house.firing("test", 1));
        house.until(3.5).push(house.ended("test", 1, 3));
        house.until(10);

        assertThat(house.story("hook")).containsExactly("2.0: test@1", "3.0: test@1", "4.0: test@1-3");
    }

    @Test
    void news_of_one_alert_from_several_sides_is_merged() {
        House house = house("""
                group_by: [alertname]
                group_wait: 1s
                group_interval: 1s
                repeat_interval: 1ms
                """);

        house.until(1).push(house.firing("test", 1.1));
        house.until(1.2).push(house.firing("test", 1));
        house.until(2.1).push(house.firing("test", 2));
        house.until(3.6).push(house.firing("test", 1.5));
        house.until(4.6).push(house.ended("test", 3, 4.5));
        house.until(4.8).push(house.ended("test", 2.9, 4.8));
        house.until(4.81).push(house.ended("test", 2.9, 4.1));
        house.until(5.3).push(house.firing("test", 5));
        house.until(6.5);

        assertThat(house.story("hook"))
                .containsExactly("2.0: test@1", "3.0: test@1", "4.0: test@1", "5.0: test@1-4.8", "6.3: test@5");
    }

    @Test
    void alerts_of_a_group_come_together_and_later_ones_at_the_group_interval() {
        House house = house("""
                group_by: []
                group_wait: 1s
                group_interval: 1s
                repeat_interval: 4900ms
                """);

        house.until(1.1).push(house.firing("test1", 1));
        house.until(1.7).push(house.firing("test5", 1));
        house.until(3.3).push(house.firing("test2", 3), house.firing("test3", 3));
        house.until(10);

        assertThat(house.story("hook"))
                .containsExactly(
                        "2.1: test1@1 test5@1",
                        "4.1: test1@1 test2@3 test3@3 test5@1",
                        "9.1: test1@1 test2@3 test3@3 test5@1");
    }

    @Test
    void an_alert_that_is_heard_of_no_more_is_resolved_after_the_timeout() {
        House house = house("""
                group_by: [alertname]
                group_wait: 1s
                group_interval: 5s
                """);

        house.until(1).push(house.firing("test", 1, "lbl", "v1"), house.firing("test", 1, "lbl", "v2"));
        house.until(20);

        assertThat(house.story("hook"))
                .containsExactly(
                        "2.0: test@1{lbl=\"v1\"} test@1{lbl=\"v2\"}",
                        "12.0: test@1-11{lbl=\"v1\"} test@1-11{lbl=\"v2\"}");
    }

    @Test
    void who_does_not_want_to_hear_of_ends_does_not() {
        House house = new House(folder, """
                global: {resolve_timeout: 10s}
                route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 5s}
                receivers:
                  - name: default
                    webhook_configs:
                      - {url: all, send_resolved: true}
                      - {url: begin, send_resolved: false}
                """);

        house.until(1).push(house.firing("test", 1, "lbl", "v1"), house.firing("test", 1, "lbl", "v2"));
        house.until(4).push(house.ended("test", 1, 4, "lbl", "v1"), house.firing("test", 3, "lbl", "v3"));
        house.until(8).push(house.firing("test", 3, "lbl", "v3"));
        house.until(16.5);

        assertThat(house.story("all"))
                .containsExactly(
                        "2.0: test@1{lbl=\"v1\"} test@1{lbl=\"v2\"}",
                        "7.0: test@1-4{lbl=\"v1\"} test@1{lbl=\"v2\"} test@3{lbl=\"v3\"}",
                        "12.0: test@1-11{lbl=\"v2\"} test@3{lbl=\"v3\"}");
        assertThat(house.story("begin"))
                .containsExactly(
                        "2.0: test@1{lbl=\"v1\"} test@1{lbl=\"v2\"}", "7.0: test@1{lbl=\"v2\"} test@3{lbl=\"v3\"}");
    }

    @Test
    void a_receiver_that_fails_is_tried_again_and_keeps_nothing_from_the_other() {
        House house = new House(folder, """
                route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 3s}
                receivers:
                  - name: default
                    webhook_configs: [{url: good}, {url: bad}]
                """);
        house.refusing("bad", second -> second < 4.5);

        house.until(1).push(house.firing("test", 1));
        house.until(6.5);

        assertThat(house.story("good")).containsExactly("2.0: test@1", "6.0: test@1");
        assertThat(house.story("bad")).containsExactly("4.5: test@1");
    }

    @Test
    void what_was_told_is_not_told_again_after_a_change_of_the_configuration() {
        House house = house("""
                group_by: []
                group_wait: 1s
                group_interval: 6s
                repeat_interval: 10m
                """);

        house.until(1).push(house.firing("test1", 1));
        house.until(3);
        house.reload(config("group_by: []\ngroup_wait: 1s\ngroup_interval: 6s\nrepeat_interval: 10m\n"));
        house.until(4).push(house.firing("test2", 4));
        house.until(10);

        assertThat(house.story("hook")).containsExactly("2.0: test1@1", "9.0: test1@1 test2@4");
    }

    @Test
    void an_alert_keeps_others_quiet_as_long_as_it_fires() {
        House house = new House(folder, """
                global: {resolve_timeout: 1h}
                route: {receiver: default, group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 1s}
                inhibit_rules:
                  - source_match: {alertname: JobDown}
                    target_match: {alertname: InstanceDown}
                    equal: [job, zone]
                receivers:
                  - name: default
                    webhook_configs: [{url: hook}]
                """);

        house.until(1).push(house.firing("test1", 1, "job", "testjob", "zone", "aa"));
        house.push(house.firing("InstanceDown", 1, "job", "testjob", "zone", "aa"));
        house.push(house.firing("InstanceDown", 1, "job", "testjob", "zone", "ab"));
        house.until(2.2).push(house.firing("JobDown", 2.2, "job", "testjob", "zone", "aa"));
        house.until(3.6).push(house.ended("JobDown", 2.2, 3.6, "job", "testjob", "zone", "aa"));
        house.until(4.5);

        assertThat(house.told("hook"))
                .extracting(told -> told.alerts().stream()
                        .map(alert -> alert.substring(0, alert.indexOf('@')))
                        .toList())
                .containsExactly(
                        List.of("InstanceDown", "InstanceDown", "test1"),
                        List.of("InstanceDown", "JobDown", "test1"),
                        List.of("InstanceDown", "InstanceDown", "JobDown", "test1"));
    }

    @Test
    void a_silence_keeps_alerts_quiet_until_it_ends() throws Exception {
        House house = house("""
                group_by: []
                group_wait: 1s
                group_interval: 1s
                repeat_interval: 1ms
                """);

        house.until(1).push(house.firing("test1", 1), house.firing("test2", 1));
        house.until(2.5);
        String id = house.switchboard()
                .silences()
                .set(Silence.of(
                        List.of(Matcher.equal("alertname", "test1")),
                        house.at(2.5),
                        house.at(60),
                        "ann",
                        "maintenance"));
        house.until(4.5);
        house.switchboard().silences().expire(id);
        house.until(5.2);

        assertThat(house.story("hook"))
                .containsExactly("2.0: test1@1 test2@1", "3.0: test2@1", "4.0: test2@1", "5.0: test1@1 test2@1");
    }

    @Test
    void a_route_is_quiet_within_its_mute_intervals_and_outside_its_active_ones() {
        House house = new House(folder, """
                route:
                  receiver: default
                  group_wait: 1s
                  group_interval: 10s
                  routes:
                    - {matchers: ['team="night"'], mute_time_intervals: [start]}
                    - {matchers: ['team="day"'], active_time_intervals: [start]}
                time_intervals:
                  - name: start
                    time_intervals: [{times: [{start_time: '03:04', end_time: '03:05'}]}]
                receivers:
                  - name: default
                    webhook_configs: [{url: hook}]
                """);

        // The clock begins at 03:04:05.
        house.until(1).push(house.firing("n", 1, "team", "night"), house.firing("d", 1, "team", "day"));
        house.until(63);

        assertThat(house.story("hook")).containsExactly("2.0: d@1{team=\"day\"}", "62.0: n@1{team=\"night\"}");
    }

    @Test
    void an_alert_goes_to_the_first_child_that_matches_and_on_if_that_continues() {
        House house = new House(folder, """
                route:
                  receiver: rest
                  group_by: ['...']
                  group_wait: 0s
                  routes:
                    - {receiver: all, matchers: [severity=~".+"], continue: true}
                    - receiver: ops
                      matchers: [severity="critical"]
                      routes: [{receiver: nas, matchers: [instance="nas"]}]
                receivers:
                  - {name: rest, webhook_configs: [{url: rest}]}
                  - {name: all, webhook_configs: [{url: all}]}
                  - {name: ops, webhook_configs: [{url: ops}]}
                  - {name: nas, webhook_configs: [{url: nas}]}
                """);

        house.push(house.firing("a", 0, "severity", "critical", "instance", "nas"));
        house.push(house.firing("b", 0, "severity", "critical"));
        house.push(house.firing("c", 0));
        house.until(0.1);

        assertThat(house.told("all")).hasSize(2);
        assertThat(house.story("nas")).singleElement().asString().contains("a@0");
        assertThat(house.story("ops")).singleElement().asString().contains("b@0");
        assertThat(house.story("rest")).containsExactly("0.0: c@0");
        assertThat(house.told("nas").get(0).notification().groupKey())
                .isEqualTo("{}/{severity=\"critical\"}/{instance=\"nas\"}:"
                        + "{alertname=\"a\", instance=\"nas\", severity=\"critical\"}");
    }

    @Test
    void an_alert_somebody_looks_after_is_not_repeated_and_its_end_is_told() throws Exception {
        House house = house("""
                group_by: []
                group_wait: 1s
                group_interval: 1s
                repeat_interval: 1s
                """);

        house.until(1).push(house.firing("test", 1));
        house.until(2.5);
        house.switchboard()
                .acknowledge(List.of(Matcher.equal("alertname", "test")), "ann", "on my way", Optional.empty());
        house.until(7.5).push(house.ended("test", 1, 7));
        house.until(10);

        assertThat(house.story("hook")).containsExactly("2.0: test@1", "8.0: test@1-7");
    }

    @Test
    void what_nobody_looks_after_goes_to_somebody_else_after_a_while() {
        var settings = new DeskSettings(
                "",
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)),
                "boss",
                "",
                Duration.ofMinutes(2),
                DeskSettings.Folding.NONE,
                DeskSettings.DEFAULT.couriers());
        House house = new House(folder, """
                route: {receiver: default, group_by: [], group_wait: 1s, group_interval: 1s}
                receivers:
                  - {name: default, webhook_configs: [{url: hook}]}
                  - {name: boss, webhook_configs: [{url: boss}]}
                """, settings);

        house.until(1).push(house.firing("test", 1));
        house.until(7.5).push(house.ended("test", 1, 7));
        house.until(10);

        assertThat(house.story("boss")).containsExactly("6.0: test@1", "8.0: test@1-7");
    }

    @Test
    void an_alert_that_comes_and_goes_is_told_of_once() {
        var settings = new DeskSettings(
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                Duration.ofMinutes(2),
                new DeskSettings.Folding(true, false, Duration.ZERO),
                DeskSettings.DEFAULT.couriers());
        House house =
                new House(folder, config("group_by: [alertname]\ngroup_wait: 1s\ngroup_interval: 1s\n"), settings);

        for (int i = 0; i < 10; i++) {
            house.until(10 * i).push(house.firing("test", 10 * i));
            house.until(10 * i + 5).push(house.ended("test", 10 * i, 10 * i + 5));
        }
        house.until(4_000);

        List<String> story = house.story("hook");
        assertThat(story).hasSize(8);
        assertThat(story.get(6)).isEqualTo("31.0: test@30{flapping=\"true\"}");
        assertThat(story.get(7)).contains("test@90-95");
    }
}
