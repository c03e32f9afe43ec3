package org.hearthwatch.prometheus.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hearthwatch.api.metric.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabellingTest {

    private static final Labels LABELS = Labels.of("__name__", "up", "a", "foo", "b", "bar", "c", "baz");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{source_labels: [a], target_label: d, regex: 'f(.*)', replacement: 'ch${1}-ch${1}'} ~ d=choo-choo",
                "{source_labels: [a, b], target_label: a, regex: 'f(.*);(.*)r', replacement: 'b${1}${2}m'} ~ a=boobam",
                "{source_labels: [a], regex: nothing, target_label: d} ~ d=",
                "{source_labels: [a], target_label: $1, regex: '(.*)', replacement: x} ~ foo=x",
                "{regex: '.*', target_label: a, replacement: ''} ~ a=",
                "{source_labels: [a], regex: 'f(?P<rest>.*)', target_label: d, replacement: '$rest$$'} ~ d=oo$",
                "{source_labels: [a], target_label: d, action: uppercase} ~ d=FOO",
                "{source_labels: [c], target_label: d, action: hashmod, modulus: 1000} ~ d=976",
                "{regex: '(a|b)', replacement: 'x_$1', action: labelmap} ~ x_a=foo",
                "{regex: 'a|c', action: labeldrop} ~ a=",
                "{regex: '__name__|b', action: labelkeep} ~ c=",
            })
    void labels_become_what_prometheus_makes_of_them(String rule, String expected) {
        String[] parts = expected.strip().split("=", 2);
        var labels = Relabelling.parse("[" + rule + "]").apply(LABELS).orElseThrow();
        assertThat(labels.get(parts[0])).isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{source_labels: [a], regex: 'fo.', action: keep} ~ true",
                "{source_labels: [a], regex: 'o', action: keep} ~ false",
                "{source_labels: [a], regex: 'foo|x', action: drop} ~ false",
                "{source_labels: [a], target_label: b, action: keepequal} ~ false",
                "{source_labels: [a], target_label: b, action: dropequal} ~ true",
            })
    void series_are_kept_or_dropped(String rule, boolean kept) {
        assertThat(Relabelling.parse("[" + rule + "]").apply(LABELS).isPresent())
                .isEqualTo(kept);
    }

    @Test
    void rules_follow_one_another() {
        var rules = Relabelling.parse(
                "[{source_labels: [a], target_label: x}, {source_labels: [x], regex: foo, action: drop}]");
        assertThat(rules.apply(LABELS)).isEmpty();
        assertThat(Relabelling.parse(" ").apply(LABELS)).contains(LABELS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "[{action: explode}] ~ rule 1: there is no action explode",
                "[{regex: '(', action: drop}] ~ rule 1: the regex ( is not valid: missing closing )",
                "[{source_labels: [a]}] ~ rule 1: replace needs a target_label",
                "[{target_label: a}, {target_label: a, action: hashmod}] ~ rule 2: hashmod needs a modulus of at least 1",
                "[{sources: [a]}] ~ rule 1: there is no field sources",
                "{action: drop} ~ expected a list of rules in brackets",
                "[{action: drop] ~ expected a comma or } at character 15",
                "[[[[[[[[[[[1]]]]]]]]]]] ~ expected less nesting at character 10",
            })
    void a_rule_that_is_none_is_refused_with_what_is_wrong(String text, String message) {
        assertThatThrownBy(() -> Relabelling.parse(text.strip()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.strip());
    }
}
