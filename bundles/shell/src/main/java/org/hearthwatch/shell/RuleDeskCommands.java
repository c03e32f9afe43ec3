package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:rule-check}, {@code hw:rule-history} and {@code hw:rule-backtest}. */
final class RuleDeskCommands {

    private static final String FILE = "FILE";
    private static final String WHAT = "FILE|EXPR";
    private static final String SINCE = "--since";
    private static final String FOR = "--for";
    private static final String INTERVAL = "--interval";
    private static final String RULES = "the rule evaluation";
    private static final long LONGEST = 4L << 20;

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    RuleDeskCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion files = () -> services.find(RuleFiles.class).map(RuleFiles::list).orElse(List.of()).stream()
                .map(entry -> new Suggestion(entry.name(), ""))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("rule-check", "Says what is wrong with a rule file, with line and column")
                                .argument(FILE, "One of etc/rules, another file, or - for the standard input", files)
                                .json(),
                        this::check),
                new ShellCommand(
                        Syntax.of("rule-history", "Lists the versions of a rule file that were made here")
                                .argument(FILE, "One of etc/rules, also a deleted one", files)
                                .json(),
                        this::history),
                new ShellCommand(
                        Syntax.of("rule-backtest", "Says when rules would have fired on what is stored")
                                .argument(WHAT, "A rule file, or an expression in quotes", files)
                                .option(
                                        SINCE,
                                        "DURATION",
                                        "How far back; 7d where not given",
                                        Completion.of("1d", "30d"))
                                .option(
                                        FOR,
                                        "DURATION",
                                        "How long an expression has to hold; 0s where not given",
                                        Completion.of("5m", "10m"))
                                .option(
                                        INTERVAL,
                                        "DURATION",
                                        "Between evaluations of an expression; 1m where not given",
                                        Completion.of("15s", "1m"))
                                .json(),
                        this::backtest));
    }

    private String text(Call call, String name) throws CommandFailure {
        RuleFiles files = services.need(RuleFiles.class, RULES);
        if (files.list().stream().anyMatch(entry -> entry.name().equals(name))) {
            return AlertingCall.run(() -> files.read(name));
        }
        try {
            if (name.equals("-")) {
                return new String(call.keyboard().input().readAllBytes(), StandardCharsets.UTF_8);
            }
            Path file = Path.of(name);
            if (Files.size(file) > LONGEST) {
                throw new CommandFailure(name + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("There is no file " + name + ", nor one of this name in etc/rules");
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(name + " cannot be read: " + e.getMessage());
        }
    }

    private int check(Call call) throws CommandFailure {
        String name = call.arguments().get(FILE);
        List<String> problems = services.need(RuleFiles.class, RULES).check(text(call, name));
        if (call.json()) {
            call.screen()
                    .line(Json.object(json -> json.field("file", name)
                            .field("usable", problems.isEmpty())
                            .strings("problems", problems)));
            return problems.isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
        }
        problems.forEach(problem -> call.screen().failure(name + ":" + problem));
        if (problems.isEmpty()) {
            call.screen().foreign(name + " can be used.");
        }
        return problems.isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
    }

    private int history(Call call) throws CommandFailure {
        RuleFiles files = services.need(RuleFiles.class, RULES);
        List<RuleFiles.Version> versions =
                AlertingCall.run(() -> files.history(call.arguments().get(FILE)));
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            versions,
                            (json, version) -> json.field("number", version.number())
                                    .field("at", version.at())
                                    .field("by", version.by())
                                    .field("comment", version.comment())
                                    .field("text", version.text())));
            return ShellCommand.OK;
        }
        var table = new Table("NUMBER>", "TIME", "BY", "CHARACTERS>", "COMMENT");
        versions.forEach(version -> table.row(
                Integer.toString(version.number()),
                Moments.show(version.at(), zone),
                version.by(),
                version.text().map(text -> Integer.toString(text.length())).orElse("deleted"),
                version.comment()));
        call.screen().table(table, "No version of this file was made here.");
        return ShellCommand.OK;
    }

    private int backtest(Call call) throws CommandFailure, UsageException, QueryException {
        String what = call.arguments().get(WHAT);
        Duration since = call.arguments().find(SINCE, HumanDuration::parse).orElse(Duration.ofDays(7));
        Optional<Duration> holdFor = call.arguments().find(FOR, HumanDuration::parse);
        Optional<Duration> interval = call.arguments().find(INTERVAL, HumanDuration::parse);
        boolean isFile = what.equals("-") || what.endsWith(".yml") || what.endsWith(".yaml");
        if (isFile && (holdFor.isPresent() || interval.isPresent())) {
            throw new UsageException(FOR + " and " + INTERVAL + " go with an expression; a file has its own");
        }
        if (interval.filter(each -> each.toMillis() < 1_000).isPresent()) {
            throw new UsageException(INTERVAL + " takes at least 1s");
        }
        RuleBacktest backtest = services.need(RuleBacktest.class, RULES);
        Instant end = clock.instant();
        Instant start = end.minus(since);
        List<RuleBacktest.Report> reports;
        if (isFile) {
            String text = text(call, what);
            try {
                reports = backtest.file(text, start, end);
            } catch (AlertingRefusal e) {
                throw new CommandFailure(what + ":" + e.getMessage());
            }
        } else {
            reports = List.of(backtest.expression(
                    what, holdFor.orElse(Duration.ZERO), interval.orElse(Duration.ofMinutes(1)), start, end));
        }
        if (call.json()) {
            call.screen().line(Json.array(reports, RuleDeskCommands::write));
        } else {
            reports.forEach(report -> show(call, report, since, end));
        }
        return ShellCommand.OK;
    }

    private void show(Call call, RuleBacktest.Report report, Duration since, Instant end) {
        Duration all = report.firings().stream()
                .map(firing ->
                        Duration.between(firing.firedAt(), firing.endedAt().orElse(end)))
                .reduce(Duration.ZERO, Duration::plus);
        String name = report.name().isEmpty() ? report.expression() : report.name();
        call.screen()
                .foreign(name + " would have fired " + times(report.firings().size()) + " in "
                        + HumanDuration.format(since) + ", for " + HumanDuration.format(seconds(all))
                        + " in all (looked at every " + HumanDuration.format(report.step()) + ")");
        var table = new Table("FIRED", "FOR>", "LABELS");
        report.firings()
                .forEach(firing -> table.row(
                        Moments.show(firing.firedAt(), zone),
                        firing.endedAt()
                                .map(ended -> HumanDuration.format(seconds(Duration.between(firing.firedAt(), ended))))
                                .orElse("still"),
                        firing.labels().without("alertname").toString()));
        if (!table.isEmpty()) {
            call.screen().table(table, "");
        }
        report.warnings().forEach(warning -> call.screen().failure("Warning: " + warning));
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    private static Duration seconds(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }

    private static void write(Json json, RuleBacktest.Report report) {
        json.field("name", report.name())
                .field("expression", report.expression())
                .field("for", report.holdFor())
                .field("step", report.step())
                .strings("warnings", report.warnings())
                .array(
                        "firings",
                        report.firings(),
                        (each, firing) -> each.field("activeAt", firing.activeAt())
                                .field("firedAt", firing.firedAt())
                                .field("endedAt", firing.endedAt())
                                .field("labels", firing.labels().asMap()));
    }
}
