package org.hearthwatch.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.alert.Acknowledgement;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Table;

/** {@code hw:rule-list}, {@code hw:alert-list} and {@code hw:alert-ack}. */
final class AlertCommands {

    private static final String RULES = "the rule evaluation";
    private static final String TOLD = "--told";
    private static final String FOR = "--for";
    private static final String COMMENT = "--comment";

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
                                .flag(TOLD, "What people are told of instead, from others too, and what keeps it quiet")
                                .json(),
                        call -> call.arguments().has(TOLD) ? told(call) : alerts(call)),
                new ShellCommand(
                        Syntax.of(
                                        "alert-ack",
                                        "Says that you look after alerts: they are told no more while they fire on")
                                .repeatedArgument(AlertingCall.MATCHERS, AlertingCall.MATCHERS_HELP, Completion.NONE)
                                .option(
                                        FOR,
                                        "DURATION",
                                        "How long it counts; until they are resolved where not given",
                                        Completion.of("1h", "8h", "1d"))
                                .option(COMMENT, "TEXT", "What others should know", Completion.NONE),
                        this::acknowledge));
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

    private int told(Call call) throws CommandFailure {
        List<DeskAlert> alerts =
                services.need(AlertDesk.class, AlertingCall.ROUTING).alerts();
        if (call.json()) {
            call.screen().line(Json.array(alerts, AlertCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("STATE", "SINCE>", "ALERT", "LABELS", "RECEIVERS", "WHY QUIET");
        for (DeskAlert alert : alerts) {
            table.row(
                    alert.isSuppressed() ? "quiet" : "told",
                    HumanDuration.format(Duration.ofSeconds(
                            Duration.between(alert.startsAt(), clock.instant()).toSeconds())),
                    alert.labels().get("alertname"),
                    alert.labels().without("alertname").toString(),
                    String.join(", ", alert.receivers()),
                    why(alert));
        }
        call.screen().table(table, "No alert fires.");
        return ShellCommand.OK;
    }

    private static String why(DeskAlert alert) {
        return Stream.of(
                        alert.silencedBy().stream().map(id -> "silence " + id),
                        alert.inhibitedBy().stream().map(id -> "alert " + id),
                        alert.mutedBy().stream().map(name -> "time interval " + name),
                        alert.acknowledgement().stream().map(each -> "acknowledged by " + each.by()))
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    private int acknowledge(Call call) throws CommandFailure, UsageException {
        List<Matcher> matchers = AlertingCall.matchers(call);
        Optional<Duration> lasting = call.arguments().find(FOR, HumanDuration::parse);
        AlertDesk desk = services.need(AlertDesk.class, AlertingCall.ROUTING);
        List<DeskAlert> alerts = AlertingCall.run(() -> desk.acknowledge(
                matchers, call.user(), call.arguments().find(COMMENT).orElse(""), lasting));
        alerts.forEach(alert -> call.screen().foreign("Acknowledged: " + alert.labels()));
        return ShellCommand.OK;
    }

    private static void write(Json json, DeskAlert alert) {
        json.field("fingerprint", alert.fingerprint())
                .field("labels", alert.labels().asMap())
                .field("annotations", alert.annotations())
                .field("startsAt", alert.startsAt())
                .strings("receivers", alert.receivers())
                .strings("silencedBy", alert.silencedBy())
                .strings("inhibitedBy", alert.inhibitedBy())
                .strings("mutedBy", alert.mutedBy())
                .field("acknowledgedBy", alert.acknowledgement().map(Acknowledgement::by));
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
