package org.hearthwatch.shell;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.ServedRoutes;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:role-list} and {@code hw:permission-list}: who may do what, as it is decided at this moment. */
final class RoleCommands {

    private final Services services;

    RoleCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("role-list", "Lists the roles and what they are for")
                                .json(),
                        this::roles),
                new ShellCommand(
                        Syntax.of("permission-list", "Lists every route and command with its permission and who has it")
                                .json(),
                        this::permissions));
    }

    private int roles(Call call) {
        List<Role> roles = List.of(Role.values());
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            roles,
                            (json, role) -> json.field("role", role.word()).field("purpose", RoleList.purpose(role))));
            return ShellCommand.OK;
        }
        var table = new Table("ROLE", "WHO HAS IT");
        roles.forEach(role -> table.row(role.word(), RoleList.purpose(role)));
        call.screen().table(table, "");
        return ShellCommand.OK;
    }

    private int permissions(Call call) throws CommandFailure {
        List<Line> lines = Stream.concat(
                        services.need(ServedRoutes.class, "the web port").routes().stream()
                                .map(Line::of),
                        Commands.names(services).stream().map(Line::of))
                .sorted(Comparator.comparing(Line::what))
                .toList();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            lines,
                            (json, line) -> json.field("what", line.what())
                                    .field("permission", line.permission())
                                    .field("roles", line.roles())));
            return ShellCommand.OK;
        }
        var table = new Table("WHAT", "PERMISSION", "ROLES");
        lines.forEach(line -> table.row(line.what(), line.permission(), line.roles()));
        call.screen().table(table, "Nothing is served.");
        return ShellCommand.OK;
    }

    /**
     * A line of the matrix.
     *
     * @param what a method and a path, or a command
     * @param permission {@code -} where none is needed
     * @param roles who has it
     */
    record Line(String what, String permission, String roles) {

        static Line of(Route route) {
            String what = route.method() + " " + route.path();
            Optional<Permission> needed = route.guard().needed();
            if (needed.isEmpty()) {
                return new Line(what, "-", "everyone");
            }
            String local = route.guard() instanceof Guard.OpenOnLoopback ? " and everyone on this machine" : "";
            return new Line(what, needed.get().name(), roles(needed.get()) + local);
        }

        static Line of(String command) {
            Permission permission = Commands.permission(command);
            return new Line(Syntax.SCOPE + ":" + command, permission.name(), roles(permission));
        }

        private static String roles(Permission permission) {
            return Arrays.stream(Role.values())
                    .filter(role -> Policy.permits(role, permission))
                    .map(Role::word)
                    .collect(Collectors.joining(" "));
        }
    }
}
