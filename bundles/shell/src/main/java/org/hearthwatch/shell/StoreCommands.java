package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.Cardinality.Count;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreAdmin.CheckReport;
import org.hearthwatch.api.store.StoreAdmin.Snapshot;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Table;

/** {@code hw:store-status}, {@code -check}, {@code -cardinality} and {@code -snapshot}: how the store is. */
final class StoreCommands {

    static final String STORE = "the store";

    private static final String BLOCKS = "--blocks";
    private static final String DEEP = "--deep";
    private static final String TOP = "--top";
    private static final String DIRECTORY = "DIR";
    private static final int USUAL_TOP = 10;
    private static final int MOST_TOP = 10_000;

    private final Services services;
    private final ZoneId zone;
    private final StoreViews views;

    StoreCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
        this.views = new StoreViews(zone);
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("store-status", "Shows where samples are: log, memory, blocks by tier, damage")
                                .flag(BLOCKS, "Lists every block file, too")
                                .json(),
                        this::status),
                new ShellCommand(
                        Syntax.of("store-check", "Reads what is on disk and says what is wrong with it")
                                .flag(DEEP, "Reads every sample rather than the begin and end of each file")
                                .json()
                                .details("Changes nothing. Exit code 1 when something is wrong."),
                        this::check),
                new ShellCommand(
                        Syntax.of("store-cardinality", "Counts the series by who sends them, by metric and by label")
                                .option(
                                        TOP,
                                        "N",
                                        "How many of each are listed, 1 to 10000; 10 where not given",
                                        Completion.of("10", "50"))
                                .json(),
                        this::cardinality),
                new ShellCommand(
                        Syntax.of("store-snapshot", "Makes a consistent copy of the store for a backup")
                                .argument(
                                        DIRECTORY,
                                        "A directory that does not exist yet or is empty, from the root /",
                                        Completion.NONE)
                                .json()
                                .details("On the store's own file system it takes next to no room at first: the files"
                                        + " are shared by hard links.\nTo restore, see docs/operations.md."),
                        this::snapshot));
    }

    /** While it cannot be opened only the monitor is there, and knows why. */
    private StoreAdmin admin() throws CommandFailure {
        Optional<StoreAdmin> admin = services.find(StoreAdmin.class);
        if (admin.isPresent()) {
            return admin.get();
        }
        Optional<String> why = services.find(StoreMonitor.class)
                .flatMap(monitor -> monitor.status().readOnly());
        if (why.isPresent()) {
            throw new CommandFailure("The store is not open: " + why.get());
        }
        return services.need(StoreAdmin.class, STORE);
    }

    private int status(Call call) throws CommandFailure {
        StoreAdmin store = admin();
        StoreStatus status = services.need(StoreMonitor.class, STORE).status();
        if (call.json()) {
            call.screen().line(Json.object(json -> StoreViews.write(json, store.layout(), status, store.retention())));
        } else {
            views.show(
                    store.layout(), status, store.retention(), call.arguments().has(BLOCKS), call.screen());
        }
        return ShellCommand.OK;
    }

    private int check(Call call) throws CommandFailure, InterruptedException {
        StoreAdmin store = admin();
        CheckReport report;
        try {
            report = store.check(call.arguments().has(DEEP), progress(call));
        } catch (IOException e) {
            throw new CommandFailure("The check did not come to its end: " + e.getMessage());
        }
        if (call.json()) {
            call.screen()
                    .line(Json.object(json -> json.field("files", report.files())
                            .field("bytes", report.bytes())
                            .field("samples", report.samples())
                            .strings("problems", report.problems())));
        } else {
            report.problems().forEach(call.screen()::foreign);
            call.screen()
                    .line(report.files() + " files, " + new ByteSize(report.bytes()) + ", "
                            + Numbers.brief((double) report.samples()) + " samples in blocks: "
                            + (report.problems().isEmpty()
                                    ? "all is well."
                                    : problems(report.problems().size())));
        }
        return report.problems().isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
    }

    private static String problems(int count) {
        return (count == 1 ? "1 problem" : count + " problems")
                + ". What is damaged is left out of answers; docs/operations.md says what can be done.";
    }

    private int cardinality(Call call) throws CommandFailure, UsageException {
        StoreAdmin store = admin();
        int top = call.arguments().find(TOP, StoreCommands::top).orElse(USUAL_TOP);
        Cardinality counted = store.cardinality(top);
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, counted)));
            return ShellCommand.OK;
        }
        Screen screen = call.screen();
        screen.line(counted.series() + " series with " + counted.labelPairs() + " different label pairs, "
                + Numbers.brief((double) counted.samples()) + " samples in memory"
                + (counted.oldest() > counted.newest()
                        ? ""
                        : ", " + Moments.show(Instant.ofEpochMilli(counted.oldest()), zone) + " to "
                                + Moments.show(Instant.ofEpochMilli(counted.newest()), zone)));
        list("SOURCE", "SERIES>", counted.seriesBySource(), screen);
        list("METRIC", "SERIES>", counted.seriesByMetric(), screen);
        list("LABEL", "VALUES>", counted.valuesByLabel(), screen);
        list("LABEL", "BYTES>", counted.bytesByLabel(), screen);
        list("LABEL PAIR", "SERIES>", counted.seriesByPair(), screen);
        return ShellCommand.OK;
    }

    private static int top(String text) {
        try {
            int top = Integer.parseInt(text);
            if (top >= 1 && top <= MOST_TOP) {
                return top;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new IllegalArgumentException("\"" + text + "\" is no number from 1 to " + MOST_TOP);
    }

    private static void list(String what, String howMany, List<Count> counts, Screen screen) {
        var table = new Table(what, howMany);
        counts.forEach(count -> table.row(count.name(), Long.toString(count.value())));
        if (!table.isEmpty()) {
            screen.line("");
            screen.table(table, "");
        }
    }

    private static void write(Json json, Cardinality counted) {
        json.field("series", counted.series())
                .field("labelPairs", counted.labelPairs())
                .field("samples", counted.samples());
        write(json, "seriesBySource", counted.seriesBySource());
        write(json, "seriesByMetric", counted.seriesByMetric());
        write(json, "valuesByLabel", counted.valuesByLabel());
        write(json, "bytesByLabel", counted.bytesByLabel());
        write(json, "seriesByPair", counted.seriesByPair());
    }

    private static void write(Json json, String name, List<Count> counts) {
        json.array(
                name,
                counts,
                (fields, count) -> fields.field("name", count.name()).field("value", count.value()));
    }

    private int snapshot(Call call) throws CommandFailure, UsageException {
        StoreAdmin store = admin();
        Path directory = call.arguments().get(DIRECTORY, StoreCommands::absolute);
        Snapshot made;
        try {
            made = store.snapshot(directory);
        } catch (IOException e) {
            throw new CommandFailure("There is no snapshot: " + e.getMessage());
        }
        if (call.json()) {
            call.screen()
                    .line(Json.object(
                            json -> json.field("directory", made.directory().toString())
                                    .field("bytes", made.bytes())
                                    .field("samples", made.samples())));
        } else {
            call.screen()
                    .foreign(made.directory() + " holds " + Numbers.brief((double) made.samples()) + " samples in "
                            + new ByteSize(made.bytes()) + ".");
        }
        return ShellCommand.OK;
    }

    /** The appliance has a working directory of its own, which nobody who types has in mind. */
    static Path absolute(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no path: " + e.getReason(), e);
        }
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("\"" + text + "\" does not begin with /");
        }
        return path.normalize();
    }

    /** Lines for people while work goes on; a script gets one document at the end. */
    static Consumer<String> progress(Call call) {
        return call.json() ? line -> {} : call.screen()::foreign;
    }
}
