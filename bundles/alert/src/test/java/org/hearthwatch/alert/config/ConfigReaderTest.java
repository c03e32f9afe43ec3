package org.hearthwatch.alert.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    /** Much of what Alertmanager's documentation shows, in one file. */
    private static final String WHOLE = """
            global:
              resolve_timeout: 10m
              smtp_smarthost: 'localhost:25'
              smtp_from: 'alertmanager@example.org'
              smtp_require_tls: false
            templates: ['/etc/alertmanager/template/*.tmpl']
            route:
              group_by: ['alertname', 'cluster']
              group_wait: 30s
              group_interval: 5m
              repeat_interval: 3h
              receiver: team-X-mails
              routes:
                - match_re: {service: ^(foo1|foo2|baz)$}
                  receiver: team-X-mails
                  routes:
                    - match: {severity: critical}
                      receiver: team-X-pager
                      group_by: ['...']
                      continue: true
                - matchers: [owner="team-X", 'severity=~"warning|critical"', '"utf8 name"!="ä"']
                  mute_time_intervals: [offhours, holidays]
                  labels: {runbook: '{{ .GroupLabels.alertname }}'}
            inhibit_rules:
              - name: cause
                source_matchers: [severity="critical"]
                target_matchers: [severity="warning"]
                equal: ['alertname', 'cluster']
            mute_time_intervals:
              - name: holidays
                time_intervals: [{months: ['december'], days_of_month: ['25:26', '-1']}]
            time_intervals:
              - name: offhours
                time_intervals:
                  - times: [{start_time: '17:00', end_time: '24:00'}]
                    weekdays: ['monday:friday']
                    location: Europe/Berlin
                  - weekdays: [saturday, sunday]
            receivers:
              - name: team-X-mails
                labels: {team: x}
                email_configs:
                  - to: 'team-X+alerts@example.org'
                    headers: {Subject: '{{ .CommonLabels.alertname }}'}
                webhook_configs: [{url: 'http://127.0.0.1:5001/', max_alerts: 10}]
              - name: team-X-pager
                pagerduty_configs: [{service_key: xyz, send_resolved: false}]
                carrier_pigeon_configs: [{topic: alerts, priority: 5, retry: 1.5}]
            """;

    private static ConfigFile read(String text) {
        return ConfigReader.read(text, Set.of("carrier_pigeon_configs"));
    }

    @Test
    void reads_a_whole_file() {
        ConfigFile file = read(WHOLE);

        assertThat(file.problems()).isEmpty();
        AlertmanagerConfig config = file.config().orElseThrow();
        assertThat(config.resolveTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.global())
                .containsEntry("smtp_require_tls", false)
                .containsEntry("smtp_from", "alertmanager@example.org");
        assertThat(config.route().groupBy()).contains(List.of("alertname", "cluster"));
        assertThat(config.route().routes().get(0).routes().get(0).groupByAll()).isTrue();
        assertThat(config.route().routes().get(1).matchers().toString())
                .isEqualTo("{owner=\"team-X\",severity=~\"warning|critical\",\"utf8 name\"!=\"ä\"}");
        assertThat(config.timeIntervals()).containsOnlyKeys("offhours", "holidays");
        ReceiverConfig pager = config.receivers().get(1);
        assertThat(pager.channels())
                .extracting(channel -> channel.integration() + " " + channel.sendResolved())
                .containsExactlyInAnyOrder("pagerduty false", "carrier_pigeon true");
        assertThat(config.receivers().get(0).channels())
                .extracting(
                        channel -> channel.integration() + " " + channel.sendResolved() + " " + channel.mostAlerts())
                .containsExactlyInAnyOrder("email false 0", "webhook true 10");
        assertThat(pager.channels().stream()
                        .filter(channel -> channel.section().equals("carrier_pigeon_configs"))
                        .findFirst()
                        .orElseThrow()
                        .entry())
                .isEqualTo(Map.of("topic", "alerts", "priority", 5L, "retry", 1.5));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T16:30:00Z, true",
        "2026-01-02T15:30:00Z, false",
        "2026-01-03T03:00:00Z, true",
        "2026-01-05T03:00:00Z, false"
    })
    void time_intervals_count_by_their_own_clocks(Instant moment, boolean within) {
        var intervals = read(WHOLE).config().orElseThrow().timeIntervals().getOrDefault("offhours", List.of());

        assertThat(intervals.stream().anyMatch(interval -> interval.contains(moment)))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-25T12:00:00Z, true",
        "2026-12-27T12:00:00Z, false",
        "2026-12-31T12:00:00Z, true",
        "2026-11-30T12:00:00Z, false"
    })
    void days_count_from_the_months_end_too(Instant moment, boolean within) {
        var intervals = read(WHOLE).config().orElseThrow().timeIntervals().getOrDefault("holidays", List.of());

        assertThat(intervals.stream().anyMatch(interval -> interval.contains(moment)))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "receivers: [{name: a}] | 1:1: no routes provided",
                "route: {}\\nreceivers: [{name: a}] | 1:8: root route must specify a default receiver",
                "route: {receiver: b}\\nreceivers: [{name: a}] | 1:19: undefined receiver \"b\" used in route",
                "route: {receiver: a, matchers: [x=y]}\\nreceivers: [{name: a}] | 1:8: root route must not have any matchers",
                "route: {receiver: a, group_interval: 0s}\\nreceivers: [{name: a}] | 1:38: group_interval cannot be zero",
                "route: {receiver: a, group_wait: soon}\\nreceivers: [{name: a}] | 1:34: not a valid duration string: \"soon\"",
                "route: {receiver: a, group_by: [x, ...]}\\nreceivers: [{name: a}] | 1:32: cannot have wildcard group_by (`...`) and other labels at the same time",
                "route: {receiver: a, routes: [{matchers: ['a=~\"(\"']}]}\\nreceivers: [{name: a}] | 1:43: error parsing regexp: missing closing ): `(`",
                "route: {receiver: a, routes: [{mute_time_intervals: [x]}]}\\nreceivers: [{name: a}] | 1:54: undefined time interval \"x\" used in route",
                "route: {receiver: a}\\nreceivers: [{name: a}, {name: a}] | 2:24: notification config name \"a\" is not unique",
                "route: {receiver: a}\\nreceivers: [{name: a, emial_configs: []}] | 2:38: field emial_configs not found in type config.plain",
                "route: {receiver: a}\\nreceivers: [{name: a}]\\ntime_intervals: [{name: t, time_intervals: [{weekdays: [mon]}]}] | 3:57: mon is not a valid weekday",
                "route: {receiver: a}\\nreceivers: [{name: a}]\\ncolour: red | 3:1: field colour not found in type config.plain"
            })
    void says_what_is_wrong_and_where(String text, String problem) {
        ConfigFile file = read(text.replace("\\n", "\n"));

        assertThat(file.config()).isEmpty();
        assertThat(file.problems()).first().hasToString(problem);
    }
}
