package org.hearthwatch.shell;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.hearthwatch.api.store.Importer;
import org.hearthwatch.api.store.Importer.ImportException;
import org.hearthwatch.api.store.Importer.ImportReport;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;

/** {@code hw:import}. */
final class ImportCommand {

    private static final String FORMAT = "FORMAT";
    private static final String FILE = "FILE";
    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER = 1 << 16;

    private final Services services;
    private final ZoneId zone;

    ImportCommand(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    ShellCommand command() {
        Completion formats = () -> services.find(Importer.class).map(Importer::formats).orElse(List.of()).stream()
                .map(format -> new Suggestion(format, ""))
                .toList();
        return new ShellCommand(
                Syntax.of("import", "Takes samples of any age out of a file, straight to blocks")
                        .argument(FORMAT, "openmetrics, or prometheus for its text format with timestamps", formats)
                        .argument(
                                FILE,
                                "A file on the appliance's machine, from the root /; - for the standard input",
                                Completion.NONE)
                        .json()
                        .details("All of the file is stored, or nothing when something is wrong with it.\n"
                                + "openmetrics: OpenMetrics 1.0 as promtool's \"tsdb create-blocks-from openmetrics\""
                                + " takes it; every sample has a timestamp, the last line is # EOF.\n"
                                + "A sample with the time of one already stored replaces it."),
                this::run);
    }

    private int run(Call call) throws CommandFailure, UsageException, InterruptedException {
        String format = call.arguments().get(FORMAT);
        String file = call.arguments().get(FILE);
        boolean piped = file.equals(STANDARD_INPUT);
        Path path = piped ? Path.of("") : call.arguments().get(FILE, StoreCommands::absolute);
        Importer importer = services.need(Importer.class, "the import");
        if (!importer.formats().contains(format)) {
            throw new UsageException(
                    FORMAT + ": \"" + format + "\" is none of " + String.join(", ", importer.formats()));
        }
        String name = piped ? "standard input" : path.toString();
        // The standard input belongs to the session, which closes it.
        try (InputStream opened = piped ? InputStream.nullInputStream() : open(path)) {
            InputStream text = piped ? call.keyboard().input() : opened;
            show(call, name, importer.load(format, name, text, StoreCommands.progress(call)));
            return ShellCommand.OK;
        } catch (ImportException | StoreUnavailableException e) {
            throw new CommandFailure(e.getMessage() + ". Nothing was imported.");
        } catch (IOException e) {
            throw new CommandFailure("Importing " + name + " failed, nothing was imported: " + e.getMessage());
        }
    }

    private static InputStream open(Path path) throws CommandFailure, IOException {
        if (Files.isDirectory(path)) {
            throw new CommandFailure(path + " is a directory");
        }
        try {
            return new BufferedInputStream(Files.newInputStream(path), BUFFER);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(path + " does not exist on the appliance's machine");
        } catch (AccessDeniedException e) {
            throw new CommandFailure("The appliance may not read " + path);
        }
    }

    private void show(Call call, String name, ImportReport report) {
        if (call.json()) {
            call.screen()
                    .line(Json.object(json -> json.field("lines", report.lines())
                            .field("samples", report.samples())
                            .field("series", report.series())
                            .field("from", report.from())
                            .field("to", report.to())));
            return;
        }
        call.screen()
                .foreign("Imported " + report.samples() + " samples of " + report.series() + " series from "
                        + name
                        + report.from()
                                .map(from -> ", " + Moments.show(from, zone))
                                .orElse("")
                        + report.to().map(to -> " to " + Moments.show(to, zone)).orElse("") + ".");
    }
}
