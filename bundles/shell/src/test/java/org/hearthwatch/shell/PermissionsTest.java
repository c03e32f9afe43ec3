package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.ServedRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may run which command. */
class PermissionsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/org/hearthwatch/shell/commands-by-role.txt")
            .toAbsolutePath();

    private final FakeAccess access = new FakeAccess();
    private final TestScreen screen = new TestScreen()
            .with(Tokens.class, access.tokens())
            .with(Users.class, access.users())
            .with(Setup.class, access);

    @Test
    void every_command_names_its_permission() {
        assertThat(Commands.names(screen)).allMatch(Commands::isGuarded);
    }

    /** To accept what changed on purpose, copy the file that the failure names over the one in src/test/resources. */
    @Test
    void who_may_run_what_is_as_agreed() throws Exception {
        String matrix = Commands.names(screen).stream()
                .sorted()
                .map(command -> "%-18s %-18s %s"
                        .formatted(
                                command,
                                Commands.permission(command).name(),
                                Arrays.stream(Role.values())
                                        .filter(role -> Policy.permits(role, Commands.permission(command)))
                                        .map(Role::word)
                                        .collect(Collectors.joining(" "))))
                .collect(Collectors.joining("\n", "", "\n"));
        Path now = Files.createDirectories(Path.of("target")).resolve("commands-by-role.txt");
        Files.writeString(now, matrix);

        assertThat(matrix).as("the matrix, written to %s", now.toAbsolutePath()).isEqualTo(Files.readString(GOLDEN));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_role_runs_its_commands_and_is_refused_all_others(Role role) {
        screen.as(Principal.user("ada", Set.of(role)));
        for (String command : Commands.names(screen)) {
            boolean may = Policy.permits(role, Commands.permission(command));
            screen.run(command);

            assertThat(screen.err().contains("This needs the permission"))
                    .as("%s of %s refused for want of a permission", command, role)
                    .isEqualTo(!may && !screen.err().contains("--help"));
        }
    }

    @Test
    void who_was_refused_is_on_record_with_name_and_role() {
        screen.as(Principal.user("ada", Set.of(Role.VIEWER)));

        assertThat(screen.run("user-remove bob")).isEqualTo(1);
        assertThat(screen.err()).contains("manage:users").contains("viewer");
        assertThat(screen.audit.entries)
                .extracting(entry -> entry.event())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo("ada");
                    assertThat(event.role()).isEqualTo("viewer");
                    assertThat(event.outcome()).isEqualTo(Outcome.REFUSED);
                });
    }

    @Test
    void somebody_without_a_role_runs_nothing() {
        screen.as(Principal.user("new", Set.of()));

        assertThat(screen.run("status")).isEqualTo(1);
        assertThat(screen.err()).contains("no role");
    }

    @Test
    void the_list_shows_routes_and_commands_with_those_who_may() {
        screen.with(
                ServedRoutes.class,
                () -> List.of(
                        Route.get("/x", Guard.open(), exchange -> {}),
                        Route.get("/y", Guard.openOnLoopback(Permission.read("read:y")), exchange -> {}),
                        Route.post("/z", Guard.needs(Permission.admin("manage:vault")), exchange -> {})));

        assertThat(screen.run("permission-list --json")).isZero();
        assertThat(screen.out())
                .contains("{\"what\":\"GET /x\",\"permission\":\"-\",\"roles\":\"everyone\"}")
                .contains("\"roles\":\"viewer operator security admin and everyone on this machine\"}")
                .contains("{\"what\":\"POST /z\",\"permission\":\"manage:vault\",\"roles\":\"security admin\"}")
                .contains("{\"what\":\"hw:user-add\",\"permission\":\"manage:users\",\"roles\":\"admin\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shell:exec id",
                "([] getClass)",
                "bundle:list",
                "config:edit x",
                "hw:user-list | hw:user-list",
                "hw:role-list; shell:exec id",
                "'hw:role-list | id'"
            })
    void who_is_no_administrator_has_our_commands_and_no_language(String line) {
        assertThat(plain(line, Role.SECURITY)).isNotZero();
    }

    @Test
    void who_is_no_administrator_runs_one_command() {
        assertThat(plain("hw:role-list --json", Role.SECURITY)).isZero();
        assertThat(plain("role-list", Role.SECURITY)).isZero();
        assertThat(plain("hw:user-list", Role.SECURITY)).isEqualTo(1);
        assertThat(plain("", Role.ADMIN)).isEqualTo(2);
    }

    private int plain(String line, Role role) {
        var lines = new PlainLine(Commands.all(screen, InstantSource.system(), ZoneOffset.UTC, TestScreen.ADDRESS));
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var keyboard = new Keyboard() {
            @Override
            public Optional<String> askHidden(String prompt) {
                return Optional.empty();
            }

            @Override
            public InputStream input() {
                return new ByteArrayInputStream(new byte[0]);
            }
        };
        return lines.run(line, new Screen(nowhere, nowhere, 0), keyboard, Principal.user("ada", Set.of(role)));
    }
}
