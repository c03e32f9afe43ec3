package org.hearthwatch.alert.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.alert.rule.Rule;
import org.hearthwatch.alert.rule.RuleGroup;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Scripts over time: what the expression answers, minute by minute, and what becomes of the alerts. */
class GroupEvaluationTest {

    private static final Labels NAS = Labels.of("__name__", "up", "instance", "nas");
    private static final Labels PI = Labels.of("__name__", "up", "instance", "pi");

    private final TestClock clock = TestClock.at(Instant.parse("2026-01-02T03:00:00Z"));
    private final ScriptedEngine engine = new ScriptedEngine();
    private final MemorySeries store = new MemorySeries();
    private final List<RaisedAlert> told = new ArrayList<>();

    private static Rule.Alerting down(Duration holdFor, Duration keepFiringFor) {
        return new Rule.Alerting(
                "Down",
                "up == 0",
                holdFor,
                keepFiringFor,
                Map.of("severity", "page"),
                Map.of("summary", "{{ $labels.instance }} is {{ $value }}"),
                1);
    }

    private GroupEvaluation group(int limit, Rule... rules) {
        return group(RuleSettings.DEFAULT, limit, rules);
    }

    private GroupEvaluation group(RuleSettings settings, int limit, Rule... rules) {
        var group = new RuleGroup("g", Optional.empty(), Optional.empty(), limit, Map.of(), List.of(rules));
        return new GroupEvaluation(
                group,
                "rules/house.yml",
                new GroupEvaluation.Surroundings(engine, store, told::addAll, settings, () -> 0));
    }

    private GroupEvaluation started(GroupEvaluation group) {
        group.restore(clock.instant());
        return group;
    }

    private void minute(GroupEvaluation group) {
        clock.advance(Duration.ofMinutes(1));
        group.evaluate(clock.instant());
    }

    private static RuleStatus.Alerting alerting(GroupEvaluation group) {
        return (RuleStatus.Alerting) group.status().rules().get(0);
    }

    /** The last sample of a series, as {@code time:value}. */
    private String last(Labels labels) {
        var buffer = new SampleBuffer();
        List<Matcher> all = new ArrayList<>();
        labels.forEach((name, value) -> all.add(Matcher.equal(name, value)));
        try (var selection = store.select(all, 0, Long.MAX_VALUE)) {
            if (selection.size() == 0) {
                return "nothing";
            }
            selection.read(0, buffer);
        }
        int at = buffer.size() - 1;
        String value = Staleness.isStale(buffer.value(at)) ? "stale" : Double.toString(buffer.value(at));
        return (buffer.timestamp(at) == clock.instant().toEpochMilli() ? "now:" : "before:") + value;
    }

    @Test
    void an_alert_waits_fires_and_ends() {
        GroupEvaluation group = started(group(0, down(Duration.ofMinutes(2), Duration.ZERO)));
        engine.answers("up == 0", NAS);

        minute(group);
        assertThat(alerting(group).state()).isEqualTo(AlertState.PENDING);
        assertThat(told).isEmpty();
        Instant began = clock.instant();
        minute(group);
        assertThat(alerting(group).state()).isEqualTo(AlertState.PENDING);
        minute(group);

        assertThat(alerting(group).alerts())
                .containsExactly(new ActiveAlert(
                        Labels.of("alertname", "Down", "instance", "nas", "severity", "page"),
                        Map.of("summary", "nas is 1"),
                        AlertState.FIRING,
                        began,
                        Optional.empty(),
                        1));
        assertThat(told).singleElement().satisfies(alert -> {
            assertThat(alert.startsAt()).isEqualTo(clock.instant());
            assertThat(alert.endsAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(4)));
            assertThat(alert.generatorUrl()).isEqualTo("/graph?g0.expr=up+%3D%3D+0&g0.tab=1");
        });

        told.clear();
        engine.answers("up == 0");
        minute(group);
        assertThat(alerting(group).state()).isEqualTo(AlertState.INACTIVE);
        assertThat(told)
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.isResolved(clock.instant())).isTrue());
    }

    @Test
    void the_series_follow_the_states_and_end_with_them() {
        GroupEvaluation group = started(group(0, down(Duration.ofMinutes(1), Duration.ZERO)));
        Labels alerts = Labels.of("__name__", "ALERTS", "alertname", "Down", "instance", "nas", "severity", "page");
        Labels pending = alerts.with("alertstate", "pending");
        Labels firing = alerts.with("alertstate", "firing");
        Labels since = alerts.with("__name__", "ALERTS_FOR_STATE");
        engine.answers("up == 0", NAS);

        minute(group);
        long began = clock.instant().getEpochSecond();
        assertThat(last(pending)).isEqualTo("now:1.0");
        minute(group);
        assertThat(last(pending)).isEqualTo("now:stale");
        assertThat(last(firing)).isEqualTo("now:1.0");
        assertThat(last(since)).isEqualTo("now:" + (double) began);

        engine.answers("up == 0");
        minute(group);
        assertThat(last(firing)).isEqualTo("now:stale");
        assertThat(last(since)).isEqualTo("now:stale");
    }

    @Test
    void a_firing_alert_is_told_again_each_minute_and_a_resolved_one_for_a_quarter_of_an_hour() {
        GroupEvaluation group = started(group(0, down(Duration.ZERO, Duration.ZERO)));
        engine.answers("up == 0", NAS);
        minute(group);
        clock.advance(Duration.ofSeconds(30));
        group.evaluate(clock.instant());
        assertThat(told).hasSize(1);
        clock.advance(Duration.ofSeconds(31));
        group.evaluate(clock.instant());
        assertThat(told).hasSize(2);

        told.clear();
        engine.answers("up == 0");
        for (int i = 0; i < 40; i++) {
            minute(group);
        }
        assertThat(told).hasSizeBetween(8, 16).allMatch(alert -> alert.isResolved(clock.instant()));
    }

    @Test
    void keeps_firing_for_as_long_as_asked() {
        GroupEvaluation group = started(group(0, down(Duration.ZERO, Duration.ofMinutes(3))));
        engine.answers("up == 0", NAS);
        minute(group);
        engine.answers("up == 0");
        minute(group);
        Instant since = clock.instant();
        assertThat(alerting(group).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.keepFiringSince()).contains(since));
        minute(group);
        minute(group);
        assertThat(alerting(group).state()).isEqualTo(AlertState.FIRING);
        minute(group);
        assertThat(alerting(group).state()).isEqualTo(AlertState.INACTIVE);
    }

    @Test
    void more_alerts_than_the_limit_are_none_at_all() {
        GroupEvaluation group = started(group(1, down(Duration.ZERO, Duration.ZERO)));
        engine.answers("up == 0", NAS, PI);

        minute(group);

        assertThat(alerting(group).alerts()).isEmpty();
        assertThat(alerting(group).health()).isEqualTo(RuleHealth.ERROR);
        assertThat(alerting(group).lastError()).contains("exceeded limit of 1 with 2 alerts");
        assertThat(told).isEmpty();
    }

    @Test
    void alerts_that_cannot_be_told_apart_are_an_error() {
        GroupEvaluation group = started(group(0, down(Duration.ZERO, Duration.ZERO)));
        engine.answers("up == 0", NAS, NAS.with("__name__", "other"));

        minute(group);

        assertThat(alerting(group).lastError())
                .contains("vector contains metrics with the same labelset after applying alert labels");
    }

    @Test
    void an_expression_that_fails_leaves_the_alerts_as_they_were() {
        GroupEvaluation group = started(group(0, down(Duration.ZERO, Duration.ZERO)));
        engine.answers("up == 0", NAS);
        minute(group);
        engine.fails("up == 0", "query timed out");
        minute(group);

        assertThat(alerting(group).state()).isEqualTo(AlertState.FIRING);
        assertThat(alerting(group).lastError()).contains("query timed out");
        assertThat(group.counts().failures()).isEqualTo(1);
        assertThat(group.counts().evaluations()).isEqualTo(2);
    }

    @Test
    void a_recording_rule_writes_under_its_name_and_ends_what_vanishes() {
        var rule = new Rule.Recording("a:b", "sum(x)", Map.of("team", "home"), 1);
        GroupEvaluation group = started(group(0, rule));
        Labels written = Labels.of("__name__", "a:b", "team", "home", "instance", "nas");
        engine.answers("sum(x)", NAS);
        minute(group);
        assertThat(last(written)).isEqualTo("now:1.0");

        engine.answers("sum(x)");
        minute(group);
        assertThat(last(written)).isEqualTo("now:stale");
    }

    @Test
    void a_scalar_is_one_series_and_a_text_is_an_error() {
        var rule = new Rule.Recording("a:b", "1", Map.of(), 1);
        GroupEvaluation group = started(group(0, rule));
        engine.answers("1", at -> new QueryValue.Scalar(at.toEpochMilli(), 5));
        minute(group);
        assertThat(last(Labels.of("__name__", "a:b"))).isEqualTo("now:5.0");

        engine.answers("1", at -> new QueryValue.Text(at.toEpochMilli(), "x"));
        minute(group);
        assertThat(group.status().rules().get(0).lastError()).contains("rule result is not a vector or scalar");
    }

    @Test
    void looks_into_the_past_by_the_offset_and_writes_there() {
        var settings = new RuleSettings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                Map.of(),
                "",
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(10));
        GroupEvaluation group = started(group(settings, 0, new Rule.Recording("a:b", "x", Map.of(), 1)));
        engine.answers(
                "x",
                at -> new QueryValue.Vector(
                        List.of(new Sample(Labels.EMPTY, at.toEpochMilli(), at.getEpochSecond() % 60))));
        minute(group);
        assertThat(last(Labels.of("__name__", "a:b"))).isEqualTo("before:40.0");
    }

    @Test
    void labels_of_the_group_yield_to_those_of_the_rule() {
        var group = new RuleGroup(
                "g",
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of("team", "home", "tier", "1"),
                List.of(new Rule.Recording("a:b", "x", Map.of("tier", "2"), 1)));
        var evaluation = new GroupEvaluation(
                group,
                "f",
                new GroupEvaluation.Surroundings(engine, store, told::addAll, RuleSettings.DEFAULT, () -> 0));

        assertThat(evaluation.status().rules().get(0).labels()).isEqualTo(Labels.of("team", "home", "tier", "2"));
    }

    @Test
    void external_labels_go_outside_only_and_do_not_cover_others() {
        var settings = new RuleSettings(
                Duration.ofMinutes(1),
                Duration.ZERO,
                Map.of("site", "home", "severity", "none"),
                "https://watch.home",
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(10));
        GroupEvaluation group = started(group(settings, 0, down(Duration.ZERO, Duration.ZERO)));
        engine.answers("up == 0", NAS);
        minute(group);

        assertThat(told.get(0).labels())
                .isEqualTo(Labels.of("alertname", "Down", "instance", "nas", "severity", "page", "site", "home"));
        assertThat(alerting(group).alerts().get(0).labels().has("site")).isFalse();
        assertThat(told.get(0).generatorUrl()).startsWith("https://watch.home/graph?");
    }

    @Test
    void a_changed_file_keeps_the_alerts_of_rules_that_stayed_and_ends_the_series_of_those_that_went() {
        var gone = new Rule.Recording("gone", "x", Map.of(), 1);
        GroupEvaluation before = started(group(0, down(Duration.ZERO, Duration.ZERO), gone));
        engine.answers("up == 0", NAS).answers("x", Labels.EMPTY);
        minute(before);
        Instant active = clock.instant();

        GroupEvaluation after = group(0, down(Duration.ZERO, Duration.ZERO));
        after.continueFrom(before);
        assertThat(alerting(after).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.activeAt()).isEqualTo(active));
        minute(after);
        assertThat(last(Labels.of("__name__", "gone"))).isEqualTo("now:stale");
        assertThat(after.counts().iterations()).isEqualTo(2);
    }

    @Test
    void a_group_that_went_ends_its_series() {
        GroupEvaluation group = started(group(0, new Rule.Recording("a:b", "x", Map.of(), 1)));
        engine.answers("x", Labels.EMPTY);
        minute(group);
        clock.advance(Duration.ofSeconds(10));
        group.retire(clock.instant());
        assertThat(last(Labels.of("__name__", "a:b"))).isEqualTo("now:stale");
    }

    @Test
    void after_a_restart_waiting_goes_on_where_it_was_without_the_time_in_between() {
        var rule = down(Duration.ofMinutes(30), Duration.ZERO);
        Instant stopped = clock.instant();
        Instant active = stopped.minus(Duration.ofMinutes(12));
        remembered(stopped, active);
        clock.advance(Duration.ofMinutes(5));
        GroupEvaluation group = group(0, rule);
        engine.answers("up == 0", NAS);
        group.evaluate(clock.instant());
        assertThat(last(Labels.of("__name__", "ALERTS_FOR_STATE"))).isEqualTo("nothing");

        assertThat(group.restore(clock.instant())).isEmpty();

        assertThat(alerting(group).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.activeAt()).isEqualTo(active.plus(Duration.ofMinutes(5))));
    }

    @Test
    void after_a_restart_what_fired_fires_again_and_what_nearly_did_waits_the_grace_period() {
        var rule = down(Duration.ofMinutes(30), Duration.ZERO);
        remembered(clock.instant(), clock.instant().minus(Duration.ofMinutes(40)));
        GroupEvaluation fired = group(0, rule);
        engine.answers("up == 0", NAS);
        fired.evaluate(clock.instant());
        fired.restore(clock.instant());
        minute(fired);
        assertThat(alerting(fired).state()).isEqualTo(AlertState.FIRING);

        remembered(clock.instant(), clock.instant().minus(Duration.ofMinutes(25)));
        GroupEvaluation nearly = group(0, rule);
        nearly.evaluate(clock.instant());
        nearly.restore(clock.instant());
        for (int i = 0; i < 9; i++) {
            minute(nearly);
        }
        assertThat(alerting(nearly).state()).isEqualTo(AlertState.PENDING);
        minute(nearly);
        assertThat(alerting(nearly).state()).isEqualTo(AlertState.FIRING);
    }

    private void remembered(Instant at, Instant activeAt) {
        Labels labels =
                Labels.of("__name__", "ALERTS_FOR_STATE", "alertname", "Down", "instance", "nas", "severity", "page");
        engine.answers(
                "ALERTS_FOR_STATE{alertname=\"Down\"}[1h]",
                now -> new QueryValue.Matrix(List.of(new QueryValue.Series(
                        labels, new long[] {at.toEpochMilli()}, new double[] {activeAt.getEpochSecond()}))));
    }
}
