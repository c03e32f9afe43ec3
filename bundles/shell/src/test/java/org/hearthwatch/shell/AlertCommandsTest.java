package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class AlertCommandsTest {

    private final List<RefusedRules> refused = new ArrayList<>();
    private final TestScreen screen = new TestScreen().with(RuleMonitor.class, new Monitor());

    private static ActiveAlert alert(String instance, AlertState state) {
        return new ActiveAlert(
                Labels.of("alertname", "Down", "instance", instance),
                Map.of("summary", instance + " is gone"),
                state,
                TestClock.START,
                Optional.empty(),
                0);
    }

    private final class Monitor implements RuleMonitor {

        @Override
        public List<RuleGroupStatus> groups() {
            var down = new RuleStatus.Alerting(
                    "Down",
                    "up == 0",
                    Labels.EMPTY,
                    RuleHealth.OK,
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.of(TestClock.START),
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    Map.of(),
                    AlertState.FIRING,
                    List.of(alert("pi", AlertState.PENDING), alert("nas", AlertState.FIRING)));
            var recorded = new RuleStatus.Recording(
                    "a:b",
                    "sum(x)",
                    Labels.EMPTY,
                    RuleHealth.ERROR,
                    Optional.of("too many samples"),
                    Duration.ZERO,
                    Optional.empty());
            return List.of(new RuleGroupStatus(
                    "house",
                    "rules/house.yml",
                    Duration.ofMinutes(1),
                    Duration.ZERO,
                    0,
                    List.of(down, recorded),
                    Duration.ZERO,
                    Optional.of(TestClock.START),
                    0));
        }

        @Override
        public List<RefusedRules> refused() {
            return refused;
        }
    }

    @Test
    void lists_rules_and_how_they_are_doing() {
        assertThat(screen.run("rule-list")).isZero();
        assertThat(screen.out()).isEqualTo("""
                FILE             GROUP  RULE  KIND    EVERY  STATE   HEALTH  ERROR
                rules/house.yml  house  Down  alert      1m  firing  ok
                rules/house.yml  house  a:b   record     1m          err     too many samples
                """);
    }

    @Test
    void a_refused_file_is_exit_code_one_with_its_line() {
        refused.add(new RefusedRules("rules/bad.yml", TestClock.START, List.of("2:1: field colour not found")));

        assertThat(screen.run("rule-list")).isEqualTo(1);
        assertThat(screen.err()).isEqualTo("Refused: etc/rules/bad.yml:2:1: field colour not found\n");
    }

    @Test
    void lists_alerts_the_firing_ones_first() {
        screen.clock.advance(Duration.ofMinutes(3));

        assertThat(screen.run("alert-list")).isZero();
        assertThat(screen.out()).isEqualTo("""
                STATE    SINCE  ALERT  LABELS            VALUE  SUMMARY
                firing      3m  Down   {instance="nas"}      0  nas is gone
                pending     3m  Down   {instance="pi"}       0  pi is gone
                """);
    }

    @Test
    void lists_alerts_for_scripts() {
        screen.run("alert-list --json");

        assertThat(screen.out())
                .startsWith("[{\"state\":\"firing\",\"labels\":{\"alertname\":\"Down\",\"instance\":\"nas\"},"
                        + "\"annotations\":{\"summary\":\"nas is gone\"},\"activeAt\":1767323045,");
    }
}
