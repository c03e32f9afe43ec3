package org.hearthwatch.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** The commands {@code hw:route-*}, {@code hw:receiver-*} and {@code hw:notification-log}. */
final class RoutingCommands {

    private static final String LABEL = "LABEL=VALUE";
    private static final String RECEIVER = "RECEIVER";
    private static final String LAST = "--last";
    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private final Services services;
    private final ZoneId zone;

    RoutingCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion receivers = () -> services.find(Routing.class).map(Routing::receivers).orElse(List.of()).stream()
                .map(receiver -> new Suggestion(receiver.name(), ""))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("route-test", "Says where an alert would go now, and why")
                                .repeatedArgument(
                                        LABEL, "The alert's labels, such as severity=critical", Completion.NONE)
                                .json(),
                        this::trace),
                new ShellCommand(
                        Syntax.of("route-reload", "Reads etc/alertmanager.yml anew and says what is wrong with it"),
                        this::reload),
                new ShellCommand(
                        Syntax.of("receiver-list", "Lists who may be told of alerts, by which channels")
                                .json(),
                        this::receivers),
                new ShellCommand(
                        Syntax.of("receiver-test", "Sends a test through every channel of a receiver")
                                .argument(RECEIVER, "Its name, or the id of one channel", receivers)
                                .json(),
                        this::test),
                new ShellCommand(
                        Syntax.of("notification-log", "Lists messages that went out or were given up, the newest first")
                                .option(LAST, "NUMBER", "How many; 20 where not given", Completion.of("50", "200"))
                                .json(),
                        this::log));
    }

    private Routing routing() throws CommandFailure {
        return services.need(Routing.class, AlertingCall.ROUTING);
    }

    private static Labels labels(Call call) throws UsageException {
        Labels.Builder labels = Labels.builder();
        for (String word : call.arguments().all(LABEL)) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("\"" + word + "\" is not " + LABEL);
            }
            labels.set(word.substring(0, equals), word.substring(equals + 1));
        }
        return labels.build();
    }

    private int trace(Call call) throws CommandFailure, UsageException {
        Routing.Trace trace = routing().trace(labels(call));
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, trace)));
            return ShellCommand.OK;
        }
        for (Routing.Step step : trace.steps()) {
            call.screen()
                    .foreign("  ".repeat(step.depth()) + (step.matches() ? "+ " : "- ") + step.matchers() + " -> "
                            + step.receiver() + (step.continues() ? " (and on)" : ""));
        }
        var table = new Table("RECEIVER", "GROUP", "WAIT>", "INTERVAL>", "REPEAT>", "CHANNELS", "MUTED BY");
        for (Routing.Destination to : trace.destinations()) {
            table.row(
                    to.receiver(),
                    to.groupLabels().toString(),
                    HumanDuration.format(to.groupWait()),
                    HumanDuration.format(to.groupInterval()),
                    HumanDuration.format(to.repeatInterval()),
                    String.join(", ", to.channels()),
                    String.join(", ", to.mutedBy()));
        }
        call.screen().table(table, "");
        if (!trace.silencedBy().isEmpty()) {
            call.screen().foreign("Silenced by " + String.join(", ", trace.silencedBy()));
        }
        if (!trace.inhibitedBy().isEmpty()) {
            call.screen().foreign("Inhibited by the alert " + String.join(", ", trace.inhibitedBy()));
        }
        return ShellCommand.OK;
    }

    private static void write(Json json, Routing.Trace trace) {
        json.array(
                "steps",
                trace.steps(),
                (each, step) -> each.field("depth", step.depth())
                        .field("matchers", step.matchers())
                        .field("receiver", step.receiver())
                        .field("matches", step.matches())
                        .field("continue", step.continues()));
        json.array(
                "destinations",
                trace.destinations(),
                (each, to) -> each.field("receiver", to.receiver())
                        .field("route", to.route())
                        .field("groupLabels", to.groupLabels().asMap())
                        .field("groupWait", to.groupWait())
                        .field("groupInterval", to.groupInterval())
                        .field("repeatInterval", to.repeatInterval())
                        .strings("channels", to.channels())
                        .strings("mutedBy", to.mutedBy()));
        json.strings("silencedBy", trace.silencedBy()).strings("inhibitedBy", trace.inhibitedBy());
    }

    private int reload(Call call) throws CommandFailure {
        Routing routing = routing();
        AlertingCall.run(() -> {
            routing.reload();
            return routing;
        });
        call.screen().foreign("Alerts are routed by " + routing.status().source() + ".");
        return ShellCommand.OK;
    }

    private int receivers(Call call) throws CommandFailure {
        Routing routing = routing();
        List<Routing.Receiver> receivers = routing.receivers();
        List<String> problems = routing.status().problems();
        if (call.json()) {
            call.screen().line(Json.array(receivers, RoutingCommands::write));
        } else {
            var table = new Table("RECEIVER", "CHANNEL", "KIND", "WAITING>", "LAST DELIVERED", "PROBLEM");
            receivers.forEach(receiver -> receiver.channels()
                    .forEach(channel -> table.row(
                            receiver.name(),
                            channel.id(),
                            channel.kind(),
                            Integer.toString(channel.waiting()),
                            channel.lastDelivered()
                                    .map(moment -> Moments.show(moment, zone))
                                    .orElse("never"),
                            channel.failure().orElse(""))));
            call.screen()
                    .table(
                            table,
                            "There is no channel. Configure one, such as etc/org.hearthwatch.notifier.mail-me.cfg, or"
                                    + " write an etc/alertmanager.yml.");
            call.screen().foreign("By " + routing.status().source() + ".");
        }
        problems.forEach(problem -> call.screen().failure("Refused: " + problem));
        return problems.isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
    }

    private static void write(Json json, Routing.Receiver receiver) {
        json.field("name", receiver.name())
                .field("labels", receiver.labels())
                .array(
                        "channels",
                        receiver.channels(),
                        (each, channel) -> each.field("id", channel.id())
                                .field("kind", channel.kind())
                                .field("waiting", channel.waiting())
                                .field("lastDelivered", channel.lastDelivered())
                                .field("failure", channel.failure()));
    }

    private int test(Call call) throws CommandFailure, InterruptedException {
        Routing routing = routing();
        String receiver = call.arguments().get(RECEIVER);
        List<Routing.TestResult> results = new ArrayList<>();
        try {
            results.addAll(routing.test(receiver));
        } catch (AlertingRefusal e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            results,
                            (json, result) -> json.field("channel", result.channel())
                                    .field("delivered", result.delivered())
                                    .field("took", result.took())
                                    .field("answer", result.answer())));
        } else {
            var table = new Table("CHANNEL", "RESULT", "TOOK>", "ANSWER");
            results.forEach(result -> table.row(
                    result.channel(),
                    result.delivered() ? "delivered" : "failed",
                    result.took().toMillis() + "ms",
                    result.answer()));
            call.screen()
                    .table(
                            table,
                            "The receiver " + receiver + " has no channel: whoever is sent there is told nothing.");
        }
        return results.stream().allMatch(Routing.TestResult::delivered) ? ShellCommand.OK : ShellCommand.FAILED;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number from 1 to " + MOST);
    }

    private int log(Call call) throws CommandFailure, UsageException {
        List<Routing.Notice> notices = routing()
                .notices(call.arguments().find(LAST, RoutingCommands::number).orElse(USUAL));
        if (call.json()) {
            call.screen().line(Json.array(notices, RoutingCommands::write));
            return ShellCommand.OK;
        }
        var table =
                new Table("TIME", "RESULT", "CHANNEL", "TRIES>", "FIRING>", "RESOLVED>", "REASON", "GROUP", "ANSWER");
        notices.forEach(notice -> table.row(
                show(notice.at()),
                notice.delivered() ? "delivered" : "given up",
                notice.channel(),
                Integer.toString(notice.tries()),
                Integer.toString(notice.firing()),
                Integer.toString(notice.resolved()),
                notice.reason(),
                notice.group(),
                notice.answer()));
        call.screen().table(table, "No message has gone out yet.");
        return ShellCommand.OK;
    }

    private String show(Instant moment) {
        return Moments.show(moment, zone);
    }

    private static void write(Json json, Routing.Notice notice) {
        json.field("at", notice.at())
                .field("key", notice.key())
                .field("receiver", notice.receiver())
                .field("channel", notice.channel())
                .field("group", notice.group())
                .field("reason", notice.reason())
                .field("delivered", notice.delivered())
                .field("tries", notice.tries())
                .field("firing", notice.firing())
                .field("resolved", notice.resolved())
                .field("answer", notice.answer());
    }
}
