package org.hearthwatch.alert.notify;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleHealth;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;

/** Says in words which of the files and channels of alerting do not do what they should. */
public final class AlertFindings {

    private static final int MOST_RULES = 10;

    private AlertFindings() {}

    /** What is wrong with rules: files that are refused, and rules that fail. */
    public static List<Finding> ofRules(List<RefusedRules> refused, List<RuleGroupStatus> groups) {
        var findings = new ArrayList<Finding>();
        for (RefusedRules file : refused) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "etc/" + file.file(),
                    "refused, what it said before goes on: " + String.join("; ", file.problems()),
                    "mend the line it names; it is read again by itself"));
        }
        groups.stream()
                .flatMap(group -> group.rules().stream()
                        .filter(rule -> rule.health() == RuleHealth.ERROR)
                        .map(rule -> failing(group, rule)))
                .limit(MOST_RULES)
                .forEach(findings::add);
        return findings;
    }

    private static Finding failing(RuleGroupStatus group, RuleStatus rule) {
        return new Finding(
                Severity.WARNING,
                "rule " + rule.name() + " of " + group.file(),
                "its newest evaluation failed: " + rule.lastError().orElse("no reason was given"),
                "mend its expression or the labels it makes; hw:rule-list shows when it is well");
    }

    /** What is wrong with telling people: the file, and channels that cannot be used or fail. */
    public static List<Finding> ofRouting(Routing.Status status, List<Routing.Receiver> receivers) {
        var findings = new ArrayList<Finding>();
        if (!status.problems().isEmpty()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "etc/alertmanager.yml",
                    "refused, what held before goes on: " + String.join("; ", status.problems()),
                    "mend the line it names; it is read again by itself"));
        }
        for (Routing.Receiver receiver : receivers) {
            for (Routing.Channel channel : receiver.channels()) {
                channel.failure()
                        .ifPresent(why -> findings.add(new Finding(
                                Severity.WARNING,
                                "channel " + channel.id(),
                                "nobody is told by it: " + why,
                                "try it with hw:receiver-test " + channel.id())));
            }
        }
        return findings;
    }
}
