package org.hearthwatch.shell;

import java.util.List;
import java.util.Set;
import org.hearthwatch.api.access.Group;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:group-*}: people who share roles. */
final class GroupCommands {

    private static final String ACCESS = "the access control";
    private static final String NAME = "GROUP";
    private static final String USER = "USER";
    private static final String ROLES = "ROLE";

    private final Services services;

    GroupCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion names = () -> services.find(Groups.class).map(Groups::list).orElse(List.of()).stream()
                .map(group -> new Suggestion(group.name(), RoleList.words(group.roles())))
                .toList();
        Completion users = () -> services.find(Users.class).map(Users::list).orElse(List.of()).stream()
                .map(user -> new Suggestion(user.name(), RoleList.words(user.effectiveRoles())))
                .toList();
        String known = "The group, as in hw:group-list";
        String person = "The user, as in hw:user-list";
        return List.of(
                new ShellCommand(
                        Syntax.of("group-list", "Lists the groups of users").json(), this::list),
                new ShellCommand(
                        Syntax.of("group-add", "Makes a group, whose roles all its members have")
                                .argument(NAME, "Its name", Completion.NONE)
                                .argument(ROLES, RoleList.HINT, RoleList.COMPLETION),
                        this::add),
                new ShellCommand(
                        Syntax.of("group-role", "Changes the roles of a group")
                                .argument(NAME, known, names)
                                .argument(ROLES, RoleList.HINT, RoleList.COMPLETION),
                        this::role),
                new ShellCommand(
                        Syntax.of("group-join", "Takes a person into a group")
                                .argument(NAME, known, names)
                                .argument(USER, person, users),
                        this::join),
                new ShellCommand(
                        Syntax.of("group-leave", "Takes a person out of a group")
                                .argument(NAME, known, names)
                                .argument(USER, person, users),
                        this::leave),
                new ShellCommand(
                        Syntax.of("group-remove", "Removes a group; its members lose its roles and stay")
                                .argument(NAME, known, names),
                        this::remove));
    }

    private int list(Call call) throws CommandFailure {
        List<Group> groups = groups().list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            groups,
                            (json, group) -> json.field("name", group.name())
                                    .field("roles", RoleList.words(group.roles()))
                                    .field("members", String.join(",", group.members()))));
            return ShellCommand.OK;
        }
        var table = new Table("GROUP", "ROLES", "MEMBERS");
        groups.forEach(
                group -> table.row(group.name(), RoleList.words(group.roles()), String.join(",", group.members())));
        call.screen().table(table, "There is no group. Make one: hw:group-add NAME viewer");
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Set<Role> roles = call.arguments().get(ROLES, RoleList::parse);
        groups().add(name, roles);
        return done(call, "There is a group " + name + "; hw:group-join takes people in.");
    }

    private int role(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Set<Role> roles = call.arguments().get(ROLES, RoleList::parse);
        groups().changeRoles(name, roles);
        return done(call, "The members of " + name + " are now " + RoleList.words(roles) + ".");
    }

    private int join(Call call) throws CommandFailure, Refusal {
        groups().join(call.arguments().get(NAME), call.arguments().get(USER));
        return done(
                call, call.arguments().get(USER) + " is in " + call.arguments().get(NAME) + ".");
    }

    private int leave(Call call) throws CommandFailure, Refusal {
        groups().leave(call.arguments().get(NAME), call.arguments().get(USER));
        return done(
                call,
                call.arguments().get(USER) + " is no longer in "
                        + call.arguments().get(NAME) + ".");
    }

    private int remove(Call call) throws CommandFailure, Refusal {
        groups().remove(call.arguments().get(NAME));
        return done(call, "The group " + call.arguments().get(NAME) + " is gone.");
    }

    private Groups groups() throws CommandFailure {
        return services.need(Groups.class, ACCESS);
    }

    private static int done(Call call, String sentence) {
        call.screen().foreign(sentence);
        return ShellCommand.OK;
    }
}
