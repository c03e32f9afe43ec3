package org.hearthwatch.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:user-*} and {@code hw:setup-link}. */
final class UserCommands {

    private static final String ACCESS = "the access control";
    private static final String NAME = "NAME";
    private static final String NEW_SCOPE = "SCOPE";
    private static final String SCOPE = "--scope";

    private final Services services;
    private final ZoneId zone;
    private final String consoleAddress;

    UserCommands(Services services, ZoneId zone, String consoleAddress) {
        this.services = services;
        this.zone = zone;
        this.consoleAddress = consoleAddress;
    }

    List<ShellCommand> all() {
        Completion names = () -> services.find(Users.class).map(Users::list).orElse(List.of()).stream()
                .map(user -> new Suggestion(user.name(), user.scope().word()))
                .toList();
        String known = "The user, as in hw:user-list";
        return List.of(
                new ShellCommand(
                        Syntax.of("user-list", "Lists the people who may sign in")
                                .json(),
                        this::list),
                new ShellCommand(
                        Passwords.options(Syntax.of("user-add", "Lets a person sign in")
                                .argument(NAME, "The name to sign in with", Completion.NONE)
                                .requiredOption(SCOPE, "SCOPE", "read, write or admin", TokenCommands.SCOPES)),
                        this::add),
                new ShellCommand(
                        Syntax.of("user-remove", "Takes a person's access away and ends their sessions")
                                .argument(NAME, known, names),
                        this::remove),
                new ShellCommand(
                        Passwords.options(
                                Syntax.of("user-password", "Changes a person's password and ends their sessions")
                                        .argument(NAME, known, names)),
                        this::password),
                new ShellCommand(
                        Syntax.of("user-scope", "Changes how far a person may go")
                                .argument(NAME, known, names)
                                .argument(NEW_SCOPE, "read, write or admin", TokenCommands.SCOPES),
                        this::scope),
                new ShellCommand(
                        Syntax.of(
                                        "setup-link",
                                        "Makes a new one-time link for the first administrator; the former ends")
                                .json(),
                        this::setupLink));
    }

    private int list(Call call) throws CommandFailure {
        List<User> users = services.need(Users.class, ACCESS).list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            users,
                            (json, user) -> json.field("name", user.name())
                                    .field("scope", user.scope().word())
                                    .field("created", user.created())
                                    .field("lastSignIn", user.lastSignIn())));
            return ShellCommand.OK;
        }
        Function<Instant, String> show = moment -> Moments.show(moment, zone);
        var table = new Table("NAME", "SCOPE", "CREATED", "LAST SIGN-IN");
        users.forEach(user -> table.row(
                user.name(),
                user.scope().word(),
                show.apply(user.created()),
                user.lastSignIn().map(show).orElse("never")));
        call.screen().table(table, "Nobody may sign in yet. hw:setup-link makes a link for the first administrator.");
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Scope scope = call.arguments().get(SCOPE, Scope::of);
        Users users = services.need(Users.class, ACCESS);
        try (Secret password = Passwords.read(call)) {
            users.add(name, scope, password);
        }
        return done(call, name + " may sign in with the scope " + scope.word() + ".");
    }

    private int remove(Call call) throws CommandFailure, Refusal {
        String name = call.arguments().get(NAME);
        services.need(Users.class, ACCESS).remove(name);
        return done(call, name + " can no longer sign in.");
    }

    private int password(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Users users = services.need(Users.class, ACCESS);
        try (Secret password = Passwords.read(call)) {
            users.changePassword(name, password);
        }
        return done(call, "The password of " + name + " is changed and their sessions have ended.");
    }

    private int scope(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Scope scope = call.arguments().get(NEW_SCOPE, Scope::of);
        services.need(Users.class, ACCESS).changeScope(name, scope);
        return done(call, name + " now has the scope " + scope.word() + ".");
    }

    private int setupLink(Call call) throws CommandFailure, Refusal {
        String link = consoleAddress + services.need(Setup.class, ACCESS).renewLink();
        if (call.json()) {
            call.screen().line(Json.object(json -> json.field("link", link)));
        } else {
            call.screen().foreign(link);
            call.screen().line("It works once and creates the first administrator.");
        }
        return ShellCommand.OK;
    }

    private static int done(Call call, String sentence) {
        call.screen().foreign(sentence);
        return ShellCommand.OK;
    }
}
