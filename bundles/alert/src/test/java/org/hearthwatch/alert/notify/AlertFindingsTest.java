package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.metric.Labels;
import org.junit.jupiter.api.Test;

class AlertFindingsTest {

    private static RuleStatus rule(String name, RuleHealth health, Optional<String> error) {
        return new RuleStatus.Recording(
                name, "up", Labels.EMPTY, health, error, Duration.ZERO, Optional.of(Instant.EPOCH));
    }

    private static RuleGroupStatus group(RuleStatus... rules) {
        return new RuleGroupStatus(
                "night",
                "rules/house.yml",
                Duration.ofMinutes(1),
                Duration.ZERO,
                0,
                List.of(rules),
                Duration.ZERO,
                Optional.empty(),
                0);
    }

    private static Routing.Receiver receiver(String channel, Optional<String> failure) {
        return new Routing.Receiver(
                "ops", Map.of(), List.of(new Routing.Channel(channel, "email", 0, Optional.empty(), failure)));
    }

    @Test
    void what_is_well_is_not_spoken_of() {
        assertThat(AlertFindings.ofRules(List.of(), List.of(group(rule("a", RuleHealth.OK, Optional.empty())))))
                .isEmpty();
        assertThat(AlertFindings.ofRouting(
                        new Routing.Status("etc/alertmanager.yml", "", Instant.EPOCH, List.of()),
                        List.of(receiver("ops/email[0]", Optional.empty()))))
                .isEmpty();
    }

    @Test
    void a_refused_rule_file_and_a_failing_rule_are_named_with_the_reason() {
        var refused = new RefusedRules("rules/house.yml", Instant.EPOCH, List.of("3:3: field rulez not found"));

        List<Finding> findings = AlertFindings.ofRules(
                List.of(refused), List.of(group(rule("a", RuleHealth.ERROR, Optional.of("too many results")))));

        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly("etc/rules/house.yml", "rule a of rules/house.yml");
        assertThat(findings)
                .extracting(Finding::problem)
                .containsExactly(
                        "refused, what it said before goes on: 3:3: field rulez not found",
                        "its newest evaluation failed: too many results");
    }

    @Test
    void however_many_rules_fail_only_some_are_named() {
        var failing = rule("a", RuleHealth.ERROR, Optional.empty());
        RuleStatus[] many = new RuleStatus[200];
        Arrays.fill(many, failing);

        assertThat(AlertFindings.ofRules(List.of(), List.of(group(many)))).hasSize(10);
    }

    @Test
    void a_refused_routing_file_and_a_channel_that_fails_are_named_with_the_reason() {
        List<Finding> findings = AlertFindings.ofRouting(
                new Routing.Status("etc/alertmanager.yml", "", Instant.EPOCH, List.of("3:13: undefined receiver")),
                List.of(receiver("ops/email[0]", Optional.of("connection refused"))));

        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly("etc/alertmanager.yml", "channel ops/email[0]");
        assertThat(findings.get(1).problem()).isEqualTo("nobody is told by it: connection refused");
        assertThat(findings.get(1).remedy()).isEqualTo("try it with hw:receiver-test ops/email[0]");
    }
}
