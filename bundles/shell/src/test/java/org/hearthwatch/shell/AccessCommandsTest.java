package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.access.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandsTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private final FakeAccess access = new FakeAccess();
    private final TestScreen screen = new TestScreen()
            .with(Tokens.class, access.tokens())
            .with(Users.class, access.users())
            .with(Setup.class, access);

    @Test
    void a_token_is_shown_once_with_what_it_is_good_for() {
        assertThat(screen.run("token-create grafana --scope read --ttl 90d")).isZero();

        assertThat(screen.out())
                .startsWith("hwt_secret" + System.lineSeparator())
                .contains("not shown again")
                .contains("until 2026-04-02 03:04:05")
                .contains("Authorization: Bearer");
        assertThat(access.token("grafana").expires())
                .contains(screen.clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void quiet_prints_the_token_and_nothing_else() {
        screen.run("token-create grafana --scope admin --quiet");

        assertThat(screen.out()).isEqualTo("hwt_secret" + System.lineSeparator());
        assertThat(access.token("grafana").scope()).isEqualTo(Scope.ADMIN);
    }

    @Test
    void a_script_gets_the_token_as_json() {
        screen.run("token-create grafana --scope write --json");

        assertThat(screen.out().strip())
                .isEqualTo(
                        "{\"name\":\"grafana\",\"scope\":\"write\",\"source\":null,\"expires\":null,\"token\":\"hwt_secret\"}");
    }

    @Test
    void a_refusal_is_exit_code_one_and_a_wrong_word_two() {
        screen.run("token-create grafana --scope read");

        assertThat(screen.run("token-create grafana --scope read")).isEqualTo(1);
        assertThat(screen.err().strip()).isEqualTo("There is a token grafana already");
        assertThat(screen.run("token-create other --scope root")).isEqualTo(2);
        assertThat(screen.err()).contains("there are read, write, admin and push");
        assertThat(screen.run("token-create other --scope read --ttl soon")).isEqualTo(2);
        assertThat(screen.err()).contains("--ttl").contains("15d");
    }

    @Test
    void a_push_token_is_made_for_a_source() {
        assertThat(screen.run("token-create nas-agent --scope push --source nas"))
                .isZero();
        assertThat(screen.out()).contains("It may push as nas");
        assertThat(access.tokens)
                .hasEntrySatisfying(
                        "nas-agent", token -> assertThat(token.source()).contains("nas"));

        assertThat(screen.run("token-create other --scope push")).isEqualTo(2);
        assertThat(screen.err()).contains("--scope push and --source NAME go together");
        assertThat(screen.run("token-create other --scope read --source nas")).isEqualTo(2);
    }

    @Test
    void lists_tokens_without_the_tokens() {
        screen.run("token-list");
        assertThat(screen.out()).contains("hw:token-create NAME --scope read");

        screen.run("token-create grafana --scope read --ttl 1d");
        screen.clock.advance(Duration.ofDays(2));
        screen.run("token-list");
        assertThat(screen.out()).contains("grafana  read").contains("expired").doesNotContain("hwt_");

        screen.run("token-revoke grafana");
        assertThat(access.tokens).isEmpty();
        assertThat(screen.run("token-revoke grafana")).isEqualTo(1);
    }

    @Test
    void a_password_is_typed_twice_unseen() {
        screen.typing(PASSWORD, PASSWORD);

        assertThat(screen.run("user-add ada --role admin")).isZero();
        assertThat(access.passwords).containsEntry("ada", PASSWORD);
        assertThat(screen.out()).contains("ada may sign in").doesNotContain(PASSWORD);
    }

    @Test
    void two_different_passwords_change_nothing() {
        screen.typing(PASSWORD, PASSWORD + "!");

        assertThat(screen.run("user-add ada --role admin")).isEqualTo(1);
        assertThat(screen.err()).contains("not the same");
        assertThat(access.users).isEmpty();
    }

    @Test
    void a_script_pipes_the_password_in() {
        screen.piping(PASSWORD + "\r\nmore");

        assertThat(screen.run("user-add ada --role viewer --password-stdin")).isZero();
        assertThat(access.passwords).containsEntry("ada", PASSWORD);
    }

    @Test
    void a_script_names_a_file_with_the_password() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

        assertThat(screen.run("user-add ada --role viewer --password-file " + file))
                .isZero();
        assertThat(access.passwords).containsEntry("ada", PASSWORD);
    }

    @Test
    void where_nobody_can_be_asked_the_ways_are_named() {
        assertThat(screen.run("user-add ada --role viewer")).isEqualTo(1);
        assertThat(screen.err()).contains("--password-stdin").contains("--password-file");
    }

    @Test
    void a_password_source_that_cannot_be_is_refused() {
        assertThat(screen.run("user-add ada --role viewer --password-file relative"))
                .isEqualTo(2);
        assertThat(screen.run("user-add ada --role viewer --password-file /x --password-stdin"))
                .isEqualTo(2);
        assertThat(screen.run("user-add ada --role viewer --password-file " + folder.resolve("none")))
                .isEqualTo(1);
        assertThat(screen.run("user-add ada --role viewer --password-stdin")).isEqualTo(1);
        assertThat(screen.err()).contains("empty");
        screen.piping("x".repeat(5000));
        assertThat(screen.run("user-add ada --role viewer --password-stdin")).isEqualTo(1);
        assertThat(screen.err()).contains("longer than 4096");
    }

    @Test
    void the_rules_for_passwords_are_the_domains() {
        screen.piping("short");

        assertThat(screen.run("user-add ada --role viewer --password-stdin")).isEqualTo(1);
        assertThat(screen.err().strip()).isEqualTo("A password needs at least 12 characters");
    }

    @Test
    void people_come_change_and_go() {
        screen.run("user-list");
        assertThat(screen.out()).contains("hw:setup-link");

        screen.piping(PASSWORD).run("user-add ada --role viewer --password-stdin");
        assertThat(screen.run("user-role ada operator,security")).isZero();
        assertThat(screen.piping("another fine password").run("user-password ada --password-stdin"))
                .isZero();
        screen.run("user-list");
        assertThat(screen.out()).contains("ada   operator,security          no    local  never");
        screen.run("user-list --json");
        assertThat(screen.out().strip())
                .startsWith("[{\"name\":\"ada\",\"roles\":\"operator,security\",\"groups\":\"\",")
                .contains("\"enabled\":true,\"secondFactor\":false,\"provider\":\"local\"");
        assertThat(access.passwords).containsEntry("ada", "another fine password");
        assertThat(screen.run("user-remove ada")).isZero();
        assertThat(access.users).isEmpty();
    }

    @Test
    void the_set_up_link_is_for_the_first_start_only() {
        assertThat(screen.run("setup-link")).isZero();
        assertThat(screen.out()).startsWith("http://127.0.0.1:8470/setup#code=ABCD" + System.lineSeparator());

        screen.piping(PASSWORD).run("user-add ada --role admin --password-stdin");
        assertThat(screen.run("setup-link")).isEqualTo(1);
        assertThat(screen.err()).contains("Set-up is done");
    }
}
