package org.hearthwatch.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Table;

/** {@code hw:rule-list} and {@code hw:alert-list}. */
final class AlertCommands {

    private static final String RULES = "the rule evaluation";

    private final Services services;
    private final InstantSource clock;

    AlertCommands(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("rule-list", "Lists the rules that are evaluated, and the files that were refused")
                                .json(),
                        this::rules),
                new ShellCommand(
                        Syntax.of("alert-list", "Lists pending and firing alerts, the firing ones first")
                                .json(),
                        this::alerts));
    }

    private record Placed(RuleGroupStatus group, RuleStatus rule) {}

    private int rules(Call call) throws CommandFailure {
        RuleMonitor monitor = services.need(RuleMonitor.class, RULES);
        List<Placed> rules = monitor.groups().stream()
                .flatMap(group -> group.rules().stream().map(rule -> new Placed(group, rule)))
                .toList();
        if (call.json()) {
            call.screen().line(Json.array(rules, AlertCommands::write));
        } else {
            var table = new Table("FILE", "GROUP", "RULE", "KIND", "EVERY>", "STATE", "HEALTH", "ERROR");
            for (Placed each : rules) {
                RuleStatus rule = each.rule();
                table.row(
                        each.group().file(),
                        each.group().name(),
                        rule.name(),
                        rule instanceof RuleStatus.Alerting ? "alert" : "record",
                        HumanDuration.format(each.group().interval()),
                        rule instanceof RuleStatus.Alerting alerting
                                ? alerting.state().word()
                                : "",
                        rule.health().word(),
                        rule.lastError().orElse(""));
            }
            call.screen().table(table, "There are no rules. They go into etc/rules/*.yml, in Prometheus's format.");
        }
        for (RefusedRules file : monitor.refused()) {
            file.problems().forEach(problem -> call.screen().failure("Refused: etc/" + file.file() + ":" + problem));
        }
        return monitor.refused().isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
    }

    private int alerts(Call call) throws CommandFailure {
        List<ActiveAlert> alerts = services.need(RuleMonitor.class, RULES).groups().stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> rule instanceof RuleStatus.Alerting alerting
                        ? alerting.alerts().stream()
                        : Stream.<ActiveAlert>empty())
                .sorted(Comparator.comparing(ActiveAlert::state)
                        .reversed()
                        .thenComparing(ActiveAlert::activeAt)
                        .thenComparing(ActiveAlert::labels))
                .toList();
        if (call.json()) {
            call.screen().line(Json.array(alerts, AlertCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("STATE", "SINCE>", "ALERT", "LABELS", "VALUE>", "SUMMARY");
        for (ActiveAlert alert : alerts) {
            table.row(
                    alert.state().word(),
                    HumanDuration.format(Duration.ofSeconds(
                            Duration.between(alert.activeAt(), clock.instant()).toSeconds())),
                    alert.labels().get("alertname"),
                    alert.labels().without("alertname").toString(),
                    Numbers.exact(alert.value()),
                    alert.annotations().getOrDefault("summary", ""));
        }
        call.screen().table(table, "No alert is pending or firing.");
        return ShellCommand.OK;
    }

    private static void write(Json json, Placed each) {
        RuleStatus rule = each.rule();
        json.field("file", each.group().file())
                .field("group", each.group().name())
                .field("name", rule.name())
                .field("kind", rule instanceof RuleStatus.Alerting ? "alert" : "record")
                .field("query", rule.query())
                .field("health", rule.health().word())
                .field("lastError", rule.lastError())
                .field("lastEvaluation", rule.lastEvaluation());
        if (rule instanceof RuleStatus.Alerting alerting) {
            json.field("state", alerting.state().word());
        }
    }

    private static void write(Json json, ActiveAlert alert) {
        json.field("state", alert.state().word())
                .field("labels", alert.labels().asMap())
                .field("annotations", alert.annotations())
                .field("activeAt", alert.activeAt())
                .field("keepFiringSince", alert.keepFiringSince())
                .field("value", Numbers.exact(alert.value()));
    }
}
