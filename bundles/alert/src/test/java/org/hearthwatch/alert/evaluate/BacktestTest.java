package org.hearthwatch.alert.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest.Firing;
import org.hearthwatch.api.alert.RuleBacktest.Report;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant END = minute(60);

    /** The NAS is down from minute 10 to 19 and from 30 on, the Pi in minute 40 alone. */
    private final ScriptedEngine engine = new ScriptedEngine().answers("down", at -> {
        long minute = Duration.between(TestClock.START, at).toMinutes();
        return new QueryValue.Vector(Stream.of("nas", "pi")
                .filter(host -> host.equals("pi") ? minute == 40 : minute >= 30 || (minute >= 10 && minute < 20))
                .map(host -> new Sample(Labels.of("__name__", "up", "instance", host), at.toEpochMilli(), 1))
                .toList());
    });

    private final Backtest backtest = new Backtest(engine, MINUTE);

    private static Instant minute(int minute) {
        return TestClock.START.plus(Duration.ofMinutes(minute));
    }

    private static String shown(Firing firing) {
        return firing.labels().get("instance") + " "
                + Duration.between(TestClock.START, firing.activeAt()).toMinutes() + " "
                + Duration.between(TestClock.START, firing.firedAt()).toMinutes() + " "
                + firing.endedAt()
                        .map(end -> Duration.between(TestClock.START, end).toMinutes())
                        .orElse(-1L);
    }

    @Test
    void says_when_what_would_have_fired_and_for_how_long() throws Exception {
        Report report = backtest.expression("down", Duration.ofMinutes(5), MINUTE, TestClock.START, END);

        assertThat(report.firings()).map(BacktestTest::shown).containsExactly("nas 10 15 20", "nas 30 35 -1");
        assertThat(report.step()).isEqualTo(MINUTE);
    }

    @Test
    void without_a_time_to_hold_every_moment_counts() throws Exception {
        Report report = backtest.expression("down", Duration.ZERO, MINUTE, TestClock.START, END);

        assertThat(report.firings())
                .map(BacktestTest::shown)
                .containsExactly("nas 10 10 20", "nas 30 30 -1", "pi 40 40 41");
    }

    @Test
    void tries_the_alerting_rules_of_a_file_with_their_own_times_and_labels() throws Exception {
        List<Report> reports = backtest.file("""
                groups:
                  - name: g
                    interval: 2m
                    rules:
                      - {record: 'a:b', expr: down}
                      - {alert: Down, expr: down, for: 5m, keep_firing_for: 15m, labels: {severity: critical, t: '{{ $value }}'}}
                """, TestClock.START, END);

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.name()).isEqualTo("Down");
            assertThat(report.step()).isEqualTo(Duration.ofMinutes(2));
            assertThat(report.firings()).map(BacktestTest::shown).containsExactly("nas 10 16 -1");
            assertThat(report.firings().get(0).labels())
                    .isEqualTo(Labels.of("alertname", "Down", "instance", "nas", "severity", "critical"));
        });
    }

    @Test
    void asks_for_long_times_in_parts() throws Exception {
        Report report =
                backtest.expression("down", Duration.ofMinutes(5), MINUTE, TestClock.START, minute(30 * 24 * 60));

        assertThat(report.firings()).map(BacktestTest::shown).containsExactly("nas 10 15 20", "nas 30 35 -1");
    }

    @Test
    void refuses_what_is_no_rule_file() {
        assertThatThrownBy(() -> backtest.file("groups: [{nam: x}]", TestClock.START, END))
                .isInstanceOf(AlertingRefusal.class)
                .hasMessageContaining("field nam not found");
    }
}
