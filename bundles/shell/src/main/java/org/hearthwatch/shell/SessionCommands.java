package org.hearthwatch.shell;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:session-list} and {@code hw:session-revoke}: who is signed in at the console. */
final class SessionCommands {

    private static final String ACCESS = "the access control";
    private static final String HANDLE = "SESSION";
    private static final String USER = "--user";

    private final Services services;
    private final ZoneId zone;

    SessionCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion handles = () -> services.find(Sessions.class).map(Sessions::open).orElse(List.of()).stream()
                .map(session -> new Suggestion(session.handle(), session.user()))
                .toList();
        Completion users = () -> services.find(Sessions.class).map(Sessions::open).orElse(List.of()).stream()
                .map(session -> new Suggestion(session.user(), ""))
                .distinct()
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("session-list", "Lists who is signed in at the console")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("session-revoke", "Signs somebody out")
                                .optionalArgument(HANDLE, "The session, as in hw:session-list", handles)
                                .option(USER, "USER", "All sessions of this user instead", users),
                        this::revoke));
    }

    private int list(Call call) throws CommandFailure {
        List<Sessions.Open> sessions = services.need(Sessions.class, ACCESS).open();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            sessions,
                            (json, session) -> json.field("session", session.handle())
                                    .field("user", session.user())
                                    .field("origin", session.origin())
                                    .field("means", session.means())
                                    .field("began", session.began())
                                    .field("used", session.used())));
            return ShellCommand.OK;
        }
        var table = new Table("SESSION", "USER", "FROM", "BY", "BEGAN", "LAST USED");
        sessions.forEach(session -> table.row(
                session.handle(),
                session.user(),
                session.origin(),
                session.means(),
                Moments.show(session.began(), zone),
                Moments.show(session.used(), zone)));
        call.screen().table(table, "Nobody is signed in at the console.");
        return ShellCommand.OK;
    }

    private int revoke(Call call) throws CommandFailure, UsageException, Refusal {
        Optional<String> handle = call.arguments().find(HANDLE);
        Optional<String> user = call.arguments().find(USER);
        if (handle.isPresent() == user.isPresent()) {
            throw new UsageException("give a SESSION, or --user USER");
        }
        Sessions sessions = services.need(Sessions.class, ACCESS);
        if (user.isPresent()) {
            int ended = sessions.revokeAll(user.get());
            call.screen().foreign(ended + " sessions of " + user.get() + " have ended.");
        } else {
            sessions.revoke(handle.orElseThrow());
            call.screen().line("The session has ended.");
        }
        return ShellCommand.OK;
    }
}
