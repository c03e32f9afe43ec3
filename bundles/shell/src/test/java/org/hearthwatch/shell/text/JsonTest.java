package org.hearthwatch.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void keeps_the_conventions_of_the_http_api() {
        String json = Json.object(fields -> fields.field("at", Instant.parse("2023-11-14T22:13:20.250Z"))
                .field("took", Duration.ofMillis(1500))
                .field("error", Optional.empty())
                .field("labels", Map.of("job", "node"))
                .sample("value", 1_700_000_000_250L, Double.POSITIVE_INFINITY)
                .strings("notes", List.of("a")));

        assertThat(json)
                .isEqualTo("{\"at\":1700000000.25,\"took\":1.5,\"error\":null,\"labels\":{\"job\":\"node\"},"
                        + "\"value\":[1700000000.25,\"+Inf\"],\"notes\":[\"a\"]}");
    }

    @Test
    void no_byte_of_it_commands_a_terminal() {
        assertThat(Json.array(List.of("\u001b[2J\u009b\u202e"), (json, text) -> json.field("name", text)))
                .isEqualTo("[{\"name\":\"\\u001B[2J\\u009B\\u202E\"}]");
    }

    @Test
    void an_empty_list_is_an_empty_array() {
        assertThat(Json.array(List.of(), (json, item) -> json.field("x", 1))).isEqualTo("[]");
    }
}
