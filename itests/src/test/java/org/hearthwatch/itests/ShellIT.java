package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a person or a script gives them: {@code ./hearthwatch WORD...}. */
class ShellIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @ParameterizedTest
    @ValueSource(strings = {"collector-list", "metric-list", "token-list", "user-list", "plugin-list"})
    void every_list_answers_people_and_scripts(String command) {
        assertThat(appliance.command(command).orThrow()).isNotBlank();
        assertThat(json(command).isArray()).isTrue();
    }

    @Test
    void the_collectors_of_the_machine_are_at_work() {
        appliance.await(
                "the host collector",
                () -> collector("host").path("state").asText().equals("OK"));
        assertThat(collector("host").path("series").asInt()).isPositive();
        assertThat(json("collector-run", "host").path("samples")).isNotEmpty();
    }

    @Test
    void a_question_is_answered_at_a_moment_and_over_a_range() {
        appliance.await(
                "the first load",
                () -> !json("query", "node_load1").path("result").isEmpty());

        assertThat(appliance.command("query", "node_load1 * 0 + 42").orThrow()).contains("42");
        assertThat(appliance.command("query", "node_load1", "--from", "-5m").orThrow())
                .contains("└──")
                .contains("HIGHEST");
        assertThat(json("query", "node_load1", "--from", "-5m", "--step", "10s")
                        .path("resultType")
                        .asText())
                .isEqualTo("matrix");
        assertThat(appliance.command("query", "sum(up) + {").exitCode()).isEqualTo(1);
    }

    @Test
    void a_token_opens_the_api_until_it_is_revoked() {
        String token = appliance
                .command("token-create", "shell-it", "--scope", "read", "--ttl", "1d", "--quiet")
                .orThrow()
                .strip();
        assertThat(appliance.get("/api/hw/collectors", token).statusCode()).isEqualTo(200);
        assertThat(appliance.command("token-list").orThrow())
                .contains("shell-it")
                .doesNotContain(token);

        assertThat(appliance
                        .command("token-create", "shell-it", "--scope", "read")
                        .exitCode())
                .isEqualTo(1);
        appliance.command("token-revoke", "shell-it").orThrow();
        assertThat(appliance.get("/api/hw/collectors", token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_person_added_with_a_piped_password_can_sign_in() {
        String password = "a piped and long enough password";
        var added = appliance
                .script()
                .runWithInput(password + "\n", "user-add", "pat", "--role", "viewer", "--password-stdin");
        assertThat(added.exitCode()).as(added.out()).isZero();
        try {
            var signIn = HttpRequest.newBuilder(appliance.uri("/api/hw/sign-in"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"pat\",\"password\":\"" + password + "\"}"));
            assertThat(appliance.send(signIn).statusCode()).isEqualTo(204);
        } finally {
            appliance.command("user-remove", "pat").orThrow();
        }
    }

    @Test
    void exit_codes_tell_refused_from_not_understood() {
        var refused = appliance.command("collector-run", "no-such");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("There is no collector no-such");

        var misunderstood = appliance.command("token-create", "x");
        assertThat(misunderstood.exitCode()).isEqualTo(2);
        assertThat(misunderstood.out() + misunderstood.err()).contains("--scope SCOPE is missing");

        assertThat(appliance.command("query", "--help").orThrow())
                .contains("hw:query EXPR")
                .contains("RFC 3339");
    }

    private static JsonNode collector(String name) {
        for (JsonNode each : json("collector-list")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode json(String command, String... words) {
        String[] line = new String[words.length + 2];
        line[0] = command;
        System.arraycopy(words, 0, line, 1, words.length);
        line[line.length - 1] = "--json";
        try {
            return JSON.readTree(appliance.command(line).orThrow());
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", line) + " answers no JSON", e);
        }
    }
}
