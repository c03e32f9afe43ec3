package org.hearthwatch.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.alert.yaml.Problem;
import org.hearthwatch.alert.yaml.ProblemText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileReaderTest {

    private final RuleFileReader reader = new RuleFileReader(new ScriptedEngine(), false);

    @Test
    void reads_all_there_is() {
        RuleFile file = reader.read("""
                groups:
                  - name: house
                    interval: 30s
                    query_offset: 5s
                    limit: 10
                    labels: {team: home, tier: "1"}
                    rules:
                      - record: a:b
                        expr: sum(x)
                        labels: {tier: 2}
                      - alert: Down
                        expr: up == 0
                        for: 1h30m
                        keep_firing_for: 10m
                        labels: {severity: '{{ $value }}'}
                        annotations: {summary: 'no {{ $labels.instance }}'}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.groups())
                .containsExactly(new RuleGroup(
                        "house",
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ofSeconds(5)),
                        10,
                        Map.of("team", "home", "tier", "1"),
                        List.of(
                                new Rule.Recording("a:b", "sum(x)", Map.of("tier", "2"), 8),
                                new Rule.Alerting(
                                        "Down",
                                        "up == 0",
                                        Duration.ofMinutes(90),
                                        Duration.ofMinutes(10),
                                        Map.of("severity", "{{ $value }}"),
                                        Map.of("summary", "no {{ $labels.instance }}"),
                                        11))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "groups: [{name: g, color: red}]|1:20: field color not found in type rulefmt.RuleGroup",
                "rules: []|1:1: field rules not found in type rulefmt.RuleGroups",
                "groups: [{name: g, name: h}]|1:20: mapping key \"name\" already defined at line 1",
                "groups: {name: g}|1:9: cannot unmarshal !!map into []rulefmt.RuleGroupNode",
                "groups: [{name: g, limit: many}]|1:27: cannot unmarshal !!str `many` into int",
                "groups: [{name: g, interval: 5 m}]|1:30: unknown unit \" m\" in duration \"5 m\"",
                "groups: [{name: g, rules: [{alert: A, expr: x, for: -5m}]}]|1:53: not a valid duration string: \"-5m\"",
                "groups: [{rules: []}]|1:10: Groupname must not be empty",
                "groups: [{name: g}, {name: g}]|1:21: groupname: \"g\" is repeated in the same file",
                "groups: [{name: g, rules: [{alert: A, record: b, expr: x}]}]|1:47: 1:36: group \"g\", rule 1, \"A\": only one of 'record' and 'alert' must be set",
                "groups: [{name: g, rules: [{expr: x}]}]|1:28: group \"g\", rule 1, \"\": one of 'record' or 'alert' must be set",
                "groups: [{name: g, rules: [{alert: A}]}]|1:28: group \"g\", rule 1, \"A\": field 'expr' must be set in rule",
                "groups: [{name: g, rules: [{alert: A, expr: '?'}]}]|1:45: group \"g\", rule 1, \"A\": could not parse expression: 1:1: parse error: unexpected '?'",
                "groups: [{name: g, rules: [{record: a, expr: x, for: 5m}]}]|1:37: group \"g\", rule 1, \"a\": invalid field 'for' in recording rule",
                "groups: [{name: g, rules: [{record: 'a{b}', expr: x}]}]|1:37: group \"g\", rule 1, \"a{b}\": braces present in the recording rule name; should it be in expr?: a{b}",
                "groups: [{name: g, rules: [{alert: A, expr: x, labels: {__name__: v}}]}]|1:56: group \"g\", rule 1, \"A\": invalid label name: __name__",
                "groups: [{name: g, rules: [{alert: A, expr: x, labels: {s: '{{ if }}'}}]}]|1:56: group \"g\", rule 1, \"A\": label \"s\": template: __alert_A:1: missing value for if",
                "groups: [{name: g, rules: [{alert: A, expr: x, annotations: {s: '{{ foo }}'}}]}]|1:61: group \"g\", rule 1, \"A\": annotation \"s\": template: __alert_A:1: function \"foo\" not defined",
            })
    void says_where_and_what_is_wrong(String text, String problem) {
        assertThat(reader.read(text).problems()).extracting(Problem::toString).containsExactly(problem);
    }

    @Test
    void says_all_that_is_wrong_with_the_shape_in_one_text() {
        RuleFile file = reader.read("groups:\n- name: g\n  color: red\n  size: 5\n");

        assertThat(ProblemText.of(file.problems())).containsExactly("""
                yaml: unmarshal errors:
                  line 3: field color not found in type rulefmt.RuleGroup
                  line 4: field size not found in type rulefmt.RuleGroup""");
    }

    @Test
    void refuses_what_is_no_yaml_with_its_line() {
        assertThat(reader.read("groups:\n\t- name: g\n").problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.SYNTAX);
                    assertThat(problem.place().line()).isEqualTo(2);
                });
    }

    @Test
    void passes_over_unknown_fields_where_asked_to() {
        var lenient = new RuleFileReader(new ScriptedEngine(), true);

        assertThat(lenient.read("groups: [{name: g, color: red}]").isGood()).isTrue();
    }

    @Test
    void takes_an_empty_file_and_one_without_groups() {
        assertThat(reader.read("").isGood()).isTrue();
        assertThat(reader.read("groups:\n").isGood()).isTrue();
        assertThat(reader.read("{}").isGood()).isTrue();
    }

    @Test
    void follows_anchors_and_merges() {
        RuleFile file = reader.read("""
                groups:
                  - name: g
                    rules:
                      - &base
                        alert: A
                        expr: x
                        labels: &labels {severity: page}
                      - <<: *base
                        alert: B
                        labels: {<<: *labels, team: home}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.groups().get(0).rules()).last().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("B");
            assertThat(rule.expression()).isEqualTo("x");
            assertThat(rule.labels()).isEqualTo(Map.of("severity", "page", "team", "home"));
        });
    }

    @Test
    void refuses_aliases_that_blow_up() {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 2000; i++) {
            text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }

        assertThat(reader.read(text.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("Number of aliases for non-scalar nodes exceeds the specified max=1000"));
    }

    @Test
    void finds_rules_that_stand_twice() {
        RuleFile file = reader.read("""
                groups:
                  - name: g
                    rules:
                      - {record: a, expr: x, labels: {b: c}}
                      - {record: a, expr: y}
                  - name: h
                    rules:
                      - {record: a, expr: z, labels: {b: c}}
                """);

        assertThat(file.duplicates()).containsExactly(new RuleFile.Duplicate("a", Map.of("b", "c")));
    }
}
