package org.hearthwatch.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.alert.rule.RulePack.Choice;
import org.hearthwatch.alert.rule.RulePack.Noise;
import org.junit.jupiter.api.Test;

class RulePackTest {

    private final RuleFileReader reader = new RuleFileReader(new ScriptedEngine(), false);
    private final RulePack pack = new RulePack();

    @Test
    void is_silent_when_it_is_off() {
        assertThat(pack.with(Map.of(), new Choice(Noise.OFF, Set.of()))).isEmpty();
    }

    @Test
    void tells_the_more_the_noisier_it_is() {
        Set<String> quiet = alerts(new Choice(Noise.QUIET, Set.of()));
        Set<String> balanced = alerts(new Choice(Noise.BALANCED, Set.of()));
        Set<String> everything = alerts(new Choice(Noise.EVERYTHING, Set.of()));

        assertThat(balanced).containsAll(quiet);
        assertThat(everything).containsAll(balanced).isEqualTo(pack.alerts());
    }

    @Test
    void keeps_the_dead_mans_switch_however_quiet_it_is() {
        assertThat(alerts(new Choice(Noise.QUIET, Set.of()))).contains("DeadMansSwitch");
    }

    @Test
    void leaves_out_what_is_disabled() {
        assertThat(alerts(new Choice(Noise.EVERYTHING, Set.of("DeadMansSwitch"))))
                .doesNotContain("DeadMansSwitch");
    }

    @Test
    void gives_way_to_an_alert_of_ones_own_with_the_same_name() {
        RuleFile own = reader.read("groups: [{name: mine, rules: [{alert: DeadMansSwitch, expr: vector(2)}]}]");

        Map<String, RuleFile> all = pack.with(Map.of("rules/mine.yml", own), new Choice(Noise.EVERYTHING, Set.of()));

        assertThat(rules(all).filter(rule -> rule.name().equals("DeadMansSwitch")))
                .extracting(Rule::expression)
                .containsExactly("vector(2)");
    }

    @Test
    void has_a_severity_and_texts_for_a_person_in_every_alert() {
        List<Rule> rules = rules(pack.with(Map.of(), new Choice(Noise.EVERYTHING, Set.of())))
                .toList();

        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.labels().get("severity")).isIn("critical", "warning", "info", "none");
            assertThat(((Rule.Alerting) rule).annotations()).containsKeys("summary", "description", "runbook");
            assertThat(((Rule.Alerting) rule).annotations().getOrDefault("cause", "none"))
                    .isIn("down", "none");
        });
        assertThat(rules).extracting(Rule::name).doesNotHaveDuplicates();
    }

    @Test
    void knows_no_noise_but_its_own() {
        assertThatThrownBy(() -> Noise.named("loud")).hasMessageContaining("loud");
    }

    private Set<String> alerts(Choice choice) {
        var names = new TreeSet<String>();
        rules(pack.with(Map.of(), choice)).map(Rule::name).forEach(names::add);
        return names;
    }

    private static Stream<Rule> rules(Map<String, RuleFile> files) {
        return files.values().stream().flatMap(file -> file.groups().stream()).flatMap(group -> group.rules().stream());
    }
}
