package org.hearthwatch.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
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
    private static final String ROLE = "--role";
    private static final String ROLES = "ROLE";

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
                .map(user -> new Suggestion(user.name(), RoleList.words(user.effectiveRoles())))
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
                                .requiredOption(ROLE, "ROLE,...", RoleList.HINT, RoleList.COMPLETION)),
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
                        Syntax.of("user-role", "Changes what a person is here to do; their sessions end")
                                .argument(NAME, known, names)
                                .argument(ROLES, RoleList.HINT, RoleList.COMPLETION),
                        this::role),
                new ShellCommand(
                        Syntax.of("user-disable", "Keeps a person out, without forgetting them")
                                .argument(NAME, known, names),
                        call -> enable(call, false)),
                new ShellCommand(
                        Syntax.of("user-enable", "Lets a person in again").argument(NAME, known, names),
                        call -> enable(call, true)),
                new ShellCommand(
                        Syntax.of("user-unlock", "Forgets the failed sign-ins that make a person wait")
                                .argument(NAME, known, names),
                        this::unlock),
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
                                    .field("roles", RoleList.words(user.roles()))
                                    .field("groups", String.join(",", new TreeSet<>(user.groups())))
                                    .field("effectiveRoles", RoleList.words(user.effectiveRoles()))
                                    .field("enabled", user.enabled())
                                    .field("secondFactor", user.secondFactor())
                                    .field("provider", user.provider())
                                    .field("created", user.created())
                                    .field("lastSignIn", user.lastSignIn())));
            return ShellCommand.OK;
        }
        Function<Instant, String> show = moment -> Moments.show(moment, zone);
        var table = new Table("NAME", "ROLES", "GROUPS", "CODE", "FROM", "LAST SIGN-IN");
        users.forEach(user -> table.row(
                user.name() + (user.enabled() ? "" : " (disabled)"),
                RoleList.words(user.effectiveRoles()),
                String.join(",", new TreeSet<>(user.groups())),
                user.secondFactor() ? "yes" : "no",
                user.provider(),
                user.lastSignIn().map(show).orElse("never")));
        call.screen().table(table, "Nobody may sign in yet. hw:setup-link makes a link for the first administrator.");
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Set<Role> roles = call.arguments().get(ROLE, RoleList::parse);
        Users users = services.need(Users.class, ACCESS);
        try (Secret password = Passwords.read(call)) {
            users.add(name, roles, password);
        }
        return done(call, name + " may sign in as " + RoleList.words(roles) + ".");
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

    private int role(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Set<Role> roles = call.arguments().get(ROLES, RoleList::parse);
        services.need(Users.class, ACCESS).changeRoles(name, roles);
        return done(call, name + " is now " + RoleList.words(roles) + ".");
    }

    private int enable(Call call, boolean enabled) throws CommandFailure, Refusal {
        String name = call.arguments().get(NAME);
        services.need(Users.class, ACCESS).enable(name, enabled);
        return done(call, name + (enabled ? " may sign in again." : " can no longer sign in; sessions have ended."));
    }

    private int unlock(Call call) throws CommandFailure, Refusal {
        String name = call.arguments().get(NAME);
        services.need(Users.class, ACCESS).unlock(name);
        return done(call, name + " may try again at once.");
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
