package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:audit-show}, {@code -verify}, {@code -checkpoint} and {@code -export}. */
final class AuditCommands {

    private static final String LOG = "the audit log";
    private static final String SINCE = "--since";
    private static final String ACTOR = "--actor";
    private static final String ACTION = "--action";
    private static final String LIMIT = "--limit";
    private static final String DIRECTORY = "DIRECTORY";
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 10_000;

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    AuditCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("audit-show", "Shows who did what, when and from where, the newest last")
                                .option(
                                        SINCE,
                                        "TIME",
                                        "From when on, " + Moments.ALLOWED,
                                        Completion.of("1h", "1d", "7d"))
                                .option(ACTOR, "NAME", "Only what this person or token did", Completion.NONE)
                                .option(
                                        ACTION,
                                        "ACTION",
                                        "Only actions that begin so, such as tokens:",
                                        Completion.of("tokens:", "users:", "plugins:", "audit:"))
                                .option(
                                        LIMIT,
                                        "N",
                                        "How many at most, 1 to " + MOST + "; 50 where not given",
                                        Completion.NONE)
                                .json(),
                        this::show),
                new ShellCommand(
                        Syntax.of(
                                        "audit-verify",
                                        "Proves that nobody changed the audit log; exit code 1 if somebody did")
                                .json(),
                        this::verify),
                new ShellCommand(
                        Syntax.of("audit-checkpoint", "Signs where the audit log stands; keep the note elsewhere"),
                        this::checkpoint),
                new ShellCommand(
                        Syntax.of("audit-export", "Copies the audit log with all a verification elsewhere needs")
                                .argument(
                                        DIRECTORY,
                                        "A folder that does not exist yet, as a whole path",
                                        Completion.NONE),
                        this::export));
    }

    private AuditTrail trail() throws CommandFailure {
        return services.need(AuditTrail.class, LOG);
    }

    private int show(Call call) throws CommandFailure, UsageException {
        Instant now = clock.instant();
        Optional<Instant> since = call.arguments().find(SINCE, text -> Moments.parse(text, now));
        Optional<String> actor = call.arguments().find(ACTOR);
        Optional<String> action = call.arguments().find(ACTION);
        int limit = call.arguments().find(LIMIT, AuditCommands::limit).orElse(USUAL_LIMIT);
        Predicate<AuditEntry> wanted = entry -> since.map(from -> !entry.time().isBefore(from))
                        .orElse(true)
                && actor.map(name -> entry.event().actor().equals(name)).orElse(true)
                && action.map(name -> entry.event().action().startsWith(name)).orElse(true);
        List<AuditEntry> entries;
        try {
            entries = trail().newest(limit, wanted);
        } catch (IOException e) {
            throw new CommandFailure("The audit log cannot be read: " + e.getMessage());
        }
        if (call.json()) {
            call.screen().line(Json.array(entries, AuditCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("N", "TIME", "WHO", "FROM", "ACTION", "WHAT", "OUTCOME", "REASON");
        entries.forEach(entry -> row(table, entry));
        call.screen().table(table, "There is no such entry in the audit log.");
        return ShellCommand.OK;
    }

    private static int limit(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= MOST) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number from 1 to " + MOST, e);
        }
        throw new IllegalArgumentException(text + " is not a number from 1 to " + MOST);
    }

    private void row(Table table, AuditEntry entry) {
        AuditEvent event = entry.event();
        table.row(
                Long.toString(entry.sequence()),
                Moments.show(entry.time(), zone),
                event.actor(),
                event.source(),
                event.action(),
                event.object(),
                event.outcome().word(),
                event.reason());
    }

    private static void write(Json json, AuditEntry entry) {
        AuditEvent event = entry.event();
        json.field("sequence", entry.sequence())
                .field("time", entry.time())
                .field("actor", event.actor())
                .field("role", event.role())
                .field("source", event.source())
                .field("action", event.action())
                .field("object", event.object())
                .field("outcome", event.outcome().word())
                .field("reason", event.reason());
    }

    private int verify(Call call) throws CommandFailure {
        AuditTrail.Verification found;
        try {
            found = trail().verify();
        } catch (IOException e) {
            throw new CommandFailure("The audit log cannot be read: " + e.getMessage());
        }
        if (call.json()) {
            call.screen()
                    .line(Json.object(json -> json.field("entries", found.entries())
                            .field("checkpoints", found.checkpoints())
                            .field("problem", found.problem())));
            return found.problem().isEmpty() ? ShellCommand.OK : ShellCommand.FAILED;
        }
        String good = found.entries() + " entries and " + found.checkpoints() + " checkpoints are as they were written";
        if (found.problem().isPresent()) {
            throw new CommandFailure("The audit log is not as it was written: "
                    + found.problem().get() + ". Before that, " + good + ".");
        }
        call.screen().line("All " + good + ".");
        return ShellCommand.OK;
    }

    private int checkpoint(Call call) throws CommandFailure {
        try {
            call.screen().line(trail().checkpoint().stripTrailing());
        } catch (IOException | AuditUnavailableException e) {
            throw new CommandFailure("No checkpoint was made: " + e.getMessage());
        }
        return ShellCommand.OK;
    }

    private int export(Call call) throws CommandFailure, UsageException {
        Path directory = call.arguments().get(DIRECTORY, Path::of);
        if (!directory.isAbsolute()) {
            throw new UsageException("name the folder by its whole path, such as /tmp/audit");
        }
        try {
            trail().export(directory);
        } catch (IOException e) {
            throw new CommandFailure("Nothing was exported: " + e.getMessage());
        }
        call.screen().foreign("The audit log is in " + directory + ".");
        return ShellCommand.OK;
    }
}
