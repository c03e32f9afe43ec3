package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;

/**
 * Raises alerts about what rules cannot tell of, being broken themselves: rules that fail, are late or stand still, files
 * that are refused. They go the way of all alerts. Not thread-safe.
 */
public final class SelfWatch {

    /** So many evaluations may be missing before a group counts as standing still. */
    private static final int PATIENCE = 4;

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

    private final Switchboard switchboard;
    private final InstantSource clock;
    private final Map<String, Long> missed = new HashMap<>();
    private Map<Labels, String> wrong = Map.of();

    public SelfWatch(Switchboard switchboard, InstantSource clock) {
        this.switchboard = switchboard;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @param routingProblems what is wrong with the file that says who is told
     */
    public void look(List<RuleGroupStatus> groups, List<RefusedRules> refused, List<String> routingProblems) {
        var now = new HashMap<Labels, String>();
        groups.forEach(group -> look(group, now));
        for (RefusedRules file : refused) {
            now.put(
                    own("HearthwatchRulesRefused", "file", file.file()),
                    "etc/" + file.file() + " is refused, and what it said before goes on: "
                            + String.join("; ", file.problems()));
        }
        if (!routingProblems.isEmpty()) {
            now.put(
                    own("HearthwatchRoutingRefused", "file", "alertmanager.yml"),
                    "etc/alertmanager.yml is refused, and what held before goes on: "
                            + String.join("; ", routingProblems));
        }
        Set<Labels> over = new HashSet<>(wrong.keySet());
        over.removeAll(now.keySet());
        now.forEach(switchboard::wrong);
        over.forEach(switchboard::well);
        wrong = now;
    }

    /** Whether nothing stands still, so that the heart may beat. */
    public boolean isAlive() {
        return wrong.keySet().stream()
                .noneMatch(labels -> labels.get("alertname").equals("HearthwatchRulesStalled"));
    }

    private void look(RuleGroupStatus group, Map<Labels, String> now) {
        String name = group.file() + ";" + group.name();
        for (RuleStatus rule : group.rules()) {
            if (rule.health() == RuleHealth.ERROR) {
                now.put(
                        own("HearthwatchRuleFailing", "rule_group", name).with("rule", rule.name()),
                        "The rule " + rule.name() + " fails: "
                                + rule.lastError().orElse("no reason is known"));
            }
        }
        Long before = missed.put(name, group.missed());
        if (before != null && group.missed() > before) {
            now.put(
                    own("HearthwatchRulesLate", "rule_group", name),
                    "Rules take so long that " + (group.missed() - before) + " evaluations were left out");
        }
        Duration patience = group.interval().multipliedBy(PATIENCE);
        Instant latest = clock.instant().minus(patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience);
        if (group.lastEvaluation().filter(last -> last.isBefore(latest)).isPresent()) {
            now.put(
                    own("HearthwatchRulesStalled", "rule_group", name),
                    "Rules were not evaluated since " + group.lastEvaluation().get());
        }
    }

    private static Labels own(String alert, String label, String value) {
        return Labels.of("alertname", alert, label, value, "severity", "warning");
    }
}
