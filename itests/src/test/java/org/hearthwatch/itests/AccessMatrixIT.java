package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who may ask for what and run what, as the running appliance decides it, against what was agreed. To accept what changed on
 * purpose, copy the file that the failure names over {@code src/test/resources/access-matrix.txt}.
 */
class AccessMatrixIT {

    private static final Path AGREED = Path.of("src/test/resources/access-matrix.txt");

    /** What everyone may ask for without showing who they are, each with its reason. */
    private static final Map<String, String> OPEN = Map.ofEntries(
            Map.entry("GET /api/hw/session", "the page must learn whether to show the sign-in"),
            Map.entry("GET /api/hw/sign-in/provider", "the way to the OpenID provider"),
            Map.entry("GET /api/hw/sign-in/return", "the way back"),
            Map.entry("GET /{rest...}", "the console's own files"),
            Map.entry("GET /alert-link/{token}", "a link in a message, signed for one alert and one deed"),
            Map.entry("POST /alert-link/{token}", "the deed that the signed link is for"),
            Map.entry("POST /api/hw/setup", "takes the one-time code"),
            Map.entry("POST /api/hw/sign-in", "takes the password"),
            Map.entry("POST /api/hw/sign-in/forwarded", "takes the proxy's secret"),
            Map.entry("POST /api/hw/sign-in/passkey/begin", "a challenge for a passkey"),
            Map.entry("POST /api/hw/sign-in/passkey", "takes what the passkey made of it"));

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @Test
    void every_route_and_command_is_guarded_as_agreed() throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : matrix()) {
            lines.add("%-55s %-20s %s"
                    .formatted(
                            line.path("what").asText(),
                            line.path("permission").asText(),
                            line.path("roles").asText()));
        }
        Path now = Path.of("target", "access-matrix.txt");
        Files.write(now, lines);

        assertThat(lines)
                .as("the matrix, written to %s", now.toAbsolutePath())
                .containsExactlyElementsOf(Files.readAllLines(AGREED));
    }

    @Test
    void only_what_cannot_ask_who_is_there_is_open() throws Exception {
        for (JsonNode line : matrix()) {
            if (line.path("permission").asText().equals("-")) {
                assertThat(OPEN).containsKey(line.path("what").asText());
            }
        }
    }

    /** A permission without a known verb, or a command that nobody gave one, is an oversight. */
    @Test
    void no_permission_was_forgotten() throws Exception {
        for (JsonNode line : matrix()) {
            assertThat(line.path("permission").asText()).doesNotStartWith("run:" + command(line));
            assertThat(line.path("permission").asText()).matches("-|[a-z]+:[a-z-]+(:[a-z.-]+)?");
        }
    }

    private static String command(JsonNode line) {
        return line.path("what").asText().replaceFirst("^hw:", "");
    }

    private static JsonNode matrix() throws Exception {
        return new ObjectMapper()
                .readTree(appliance.command("permission-list", "--json").orThrow());
    }
}
