package org.hearthwatch.alert.unittest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleGroup;
import org.hearthwatch.alert.template.GoDuration;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.unittest.Differences.AlertText;
import org.hearthwatch.alert.yaml.ProblemText;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.query.QueryEngine;

/** One test: loads its input bit by bit, evaluates the rules at every step and holds what comes against what should. */
final class TestRun {

    private final UnitTestFile.TestGroup test;
    private final UnitTestFile file;
    private final Map<String, Integer> order;
    private final UnitTests.Choices choices;
    private final LongSupplier nanoTime;
    private final TestStore store = new TestStore();
    private final QueryEngine engine;
    private final List<String> failures = new ArrayList<>();

    TestRun(
            UnitTestFile.TestGroup test,
            UnitTestFile file,
            Map<String, Integer> order,
            UnitTests.Engines engines,
            UnitTests.Choices choices,
            LongSupplier nanoTime) {
        this.test = test;
        this.file = file;
        this.order = order;
        this.choices = choices;
        this.nanoTime = nanoTime;
        this.engine = engines.over(store, file.interval());
    }

    List<String> run(Map<String, RuleFile> rules) {
        Input input;
        try {
            input = new Input(test, store);
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        for (Map.Entry<String, RuleFile> entry : rules.entrySet()) {
            if (!entry.getValue().isGood()) {
                return ProblemText.of(entry.getValue().problems()).stream()
                        .map(problem -> entry.getKey() + ": " + problem)
                        .toList();
            }
        }
        for (UnitTestFile.AlertCase alert : test.alerts()) {
            if (alert.alert().isEmpty()) {
                String where = test.name().isEmpty() ? "" : " (in TestGroup " + test.name() + ")";
                return List.of("an item under alert_rule_test misses required attribute alertname at eval_time "
                        + PromDuration.format(alert.at()) + where);
            }
        }
        List<GroupEvaluation> groups = groups(rules);
        if (evaluate(groups, input)) {
            for (UnitTestFile.ExpressionCase expression : test.expressions()) {
                new ExpressionCheck(test, engine, file.fuzzy())
                        .check(expression)
                        .ifPresent(failures::add);
            }
            choices.debug().ifPresent(debug -> new DataDump(engine, test).tell(debug));
        }
        return failures;
    }

    private List<GroupEvaluation> groups(Map<String, RuleFile> rules) {
        var settings = new RuleSettings(
                test.interval(),
                Duration.ZERO,
                test.externalLabels(),
                test.externalUrl(),
                RuleSettings.DEFAULT.resendDelay(),
                RuleSettings.DEFAULT.outageTolerance(),
                RuleSettings.DEFAULT.gracePeriod());
        var surroundings = new GroupEvaluation.Surroundings(engine, store, alerts -> {}, settings, nanoTime);
        var groups = new ArrayList<GroupEvaluation>();
        rules.forEach((name, ruleFile) -> {
            for (RuleGroup group : ruleFile.groups()) {
                groups.add(new GroupEvaluation(group, name, surroundings));
            }
        });
        groups.sort(
                Comparator.comparing(group -> order.getOrDefault(group.group().name(), 0)));
        // From the first evaluation on they write their series: there is nothing before it to take up.
        groups.forEach(group -> group.restore(test.start()));
        return groups;
    }

    /** Evaluates step by step; says whether every rule could be evaluated. */
    private boolean evaluate(List<GroupEvaluation> groups, Input input) {
        Instant end = test.start().plus(test.end());
        for (Instant at = test.start(); !at.isAfter(end); at = at.plus(file.interval())) {
            input.loadUntil(at);
            Duration since = Duration.between(test.start(), at);
            var errors = new ArrayList<String>();
            for (GroupEvaluation group : groups) {
                group.evaluate(at);
                for (RuleStatus rule : group.status().rules()) {
                    rule.lastError()
                            .ifPresent(error -> errors.add("    rule: " + rule.name() + ", time: "
                                    + new GoDuration(since.toNanos()) + ", err: " + error));
                }
            }
            failures.addAll(errors);
            if (!errors.isEmpty()) {
                return false;
            }
            checkAlerts(groups, since);
        }
        return true;
    }

    /** A case belongs to the last evaluation at or before its time. */
    private void checkAlerts(List<GroupEvaluation> groups, Duration since) {
        test.alerts().stream()
                .filter(alert ->
                        alert.at().compareTo(since) >= 0 && alert.at().compareTo(since.plus(file.interval())) < 0)
                .sorted(Comparator.comparing(UnitTestFile.AlertCase::at))
                .forEach(alert -> check(alert, groups));
    }

    private void check(UnitTestFile.AlertCase alert, List<GroupEvaluation> groups) {
        List<AlertText> got = groups.stream()
                .flatMap(group -> group.status().rules().stream())
                .filter(rule -> rule.name().equals(alert.alert()))
                .flatMap(rule ->
                        rule instanceof RuleStatus.Alerting alerting ? alerting.alerts().stream() : Stream.empty())
                .filter(active -> active.state() == AlertState.FIRING)
                .map(TestRun::text)
                .sorted()
                .toList();
        List<AlertText> expected = alert.expected().stream()
                .map(want -> {
                    var labels = new TreeMap<>(want.labels());
                    labels.put("alertname", alert.alert());
                    return new AlertText(labels, new TreeMap<>(want.annotations()));
                })
                .sorted()
                .toList();
        if (!expected.equals(got)) {
            String name = test.name().isEmpty() ? "" : "    name: " + test.name() + ",\n";
            String difference = choices.differences()
                    ? "        diff: " + Differences.indented(ColouredDifference.of(expected, got), 12)
                    : "        exp:" + Differences.indented(Differences.shown(expected), 12) + ", \n        got:"
                            + Differences.indented(Differences.shown(got), 12);
            failures.add(name + "    alertname: " + alert.alert() + ", time: " + PromDuration.format(alert.at())
                    + ", \n" + difference);
        }
    }

    private static AlertText text(ActiveAlert alert) {
        return new AlertText(new TreeMap<>(alert.labels().asMap()), new TreeMap<>(alert.annotations()));
    }
}
