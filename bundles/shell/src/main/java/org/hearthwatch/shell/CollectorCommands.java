package org.hearthwatch.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Table;

/** {@code hw:collector-list} and {@code hw:collector-run}. */
final class CollectorCommands {

    private static final String COLLECTORS = "the collector runner";
    private static final String NAME = "NAME";

    private final Services services;
    private final InstantSource clock;

    CollectorCommands(Services services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    List<ShellCommand> all() {
        Completion names = () -> services.find(Collectors.class).map(Collectors::list).orElse(List.of()).stream()
                .map(status -> new Suggestion(status.name(), status.state().name()))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("collector-list", "Lists the collectors at work")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("collector-run", "Runs a collector once and shows what it reports; nothing is stored")
                                .argument(NAME, "The collector, as in hw:collector-list", names)
                                .json(),
                        this::run));
    }

    private int list(Call call) throws CommandFailure {
        List<CollectorStatus> all = services.need(Collectors.class, COLLECTORS).list();
        if (call.json()) {
            call.screen().line(Json.array(all, CollectorCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("NAME", "STATE", "EVERY>", "LAST RUN>", "TOOK>", "SERIES>", "REFUSED>", "ERROR");
        for (CollectorStatus each : all) {
            table.row(
                    each.name(),
                    each.state().name(),
                    HumanDuration.format(each.interval()),
                    each.lastRun()
                            .map(run -> seconds(Duration.between(run, clock.instant())) + " ago")
                            .orElse("never"),
                    each.lastDuration().map(CollectorCommands::seconds).orElse(""),
                    Integer.toString(each.series()),
                    Long.toString(each.refusedSamples()),
                    each.lastError().orElse(""));
        }
        call.screen()
                .table(
                        table,
                        "No collector is at work. hw:doctor says what is missing; a collector begins with its bundle and its etc/*.cfg.");
        return ShellCommand.OK;
    }

    private int run(Call call) throws CommandFailure, InterruptedException {
        String name = call.arguments().get(NAME);
        CollectorRun run;
        try {
            run = services.need(Collectors.class, COLLECTORS).runOnce(name);
        } catch (NoSuchElementException e) {
            throw new CommandFailure("There is no collector " + name + "; hw:collector-list shows those there are");
        }
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, run)));
        } else if (run.error().isEmpty()) {
            var table = new Table("SERIES", "VALUE>");
            run.samples().forEach(sample -> table.row(series(sample.labels()), Numbers.exact(sample.value())));
            call.screen().table(table, "It ran and reported nothing.");
            call.screen()
                    .line(run.samples().size() + (run.samples().size() == 1 ? " sample in " : " samples in ")
                            + seconds(run.duration()) + "; nothing was stored.");
        }
        if (run.error().isPresent()) {
            call.screen()
                    .failure(name + " failed after " + seconds(run.duration()) + ": "
                            + run.error().get());
            return ShellCommand.FAILED;
        }
        return ShellCommand.OK;
    }

    /** A series as PromQL writes it, bare where it has no labels. */
    static String series(Labels labels) {
        return labels.size() == 1 && labels.has(Labels.NAME) ? labels.metricName() : labels.toString();
    }

    private static String seconds(Duration duration) {
        return Numbers.brief(duration.getSeconds() + duration.getNano() / 1e9) + "s";
    }

    private static void write(Json json, CollectorStatus status) {
        json.field("name", status.name())
                .field("job", status.job())
                .field("bundle", status.bundle())
                .field("state", status.state().name())
                .field("interval", status.interval())
                .field("timeout", status.timeout())
                .field("lastRun", status.lastRun())
                .field("lastDuration", status.lastDuration())
                .field("lastError", status.lastError())
                .field("series", status.series())
                .field("refusedSamples", status.refusedSamples())
                .field("consecutiveFailures", status.consecutiveFailures());
    }

    private static void write(Json json, CollectorRun run) {
        Optional<String> error = run.error();
        json.field("collector", run.collector())
                .field("duration", run.duration())
                .field("error", error)
                .array(
                        "samples",
                        run.samples(),
                        (fields, sample) -> fields.field(
                                        "labels", sample.labels().asMap())
                                .field("time", sample.timestamp() / 1e3)
                                .field("value", Numbers.exact(sample.value())));
    }
}
