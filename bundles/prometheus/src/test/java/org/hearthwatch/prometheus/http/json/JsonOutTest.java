package org.hearthwatch.prometheus.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonOutTest {

    private interface Writing {
        void to(JsonOut json) throws IOException;
    }

    @Test
    void commas_stand_between_values_and_fields() throws Exception {
        assertThat(written(json -> json.object()
                        .key("a")
                        .array()
                        .number(1)
                        .number(-2)
                        .string("x")
                        .nothing()
                        .array()
                        .endArray()
                        .endArray()
                        .key("b")
                        .object()
                        .endObject()
                        .key("c")
                        .bool(true)
                        .endObject()))
                .isEqualTo("{\"a\":[1,-2,\"x\",null,[]],\"b\":{},\"c\":true}");
    }

    @Test
    void labels_that_come_again_are_written_as_fields_are() throws Exception {
        var random = new Random(5);
        var texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            // Some are longer than all that is gathered before it is handed on.
            int length = random.nextInt(12) == 0 ? random.nextInt(70_000) : random.nextInt(80);
            var text = new StringBuilder();
            while (text.length() < length) {
                text.append("abcdefgh<\u2028\u00e4".charAt(random.nextInt(11)));
            }
            texts[i] = text.toString();
        }
        int[] order = random.ints(3_000, 0, texts.length).toArray();
        String fields = written(json -> {
            json.array();
            for (int i = 0; i + 20 <= order.length; i += 20) {
                json.object();
                for (int k = 0; k < 20; k += 2) {
                    json.key(texts[order[i + k]]).string(texts[order[i + k + 1]]);
                }
                json.endObject();
            }
            json.endArray();
        });
        assertThat(written(json -> {
                    json.array();
                    for (int i = 0; i + 20 <= order.length; i += 20) {
                        json.object();
                        for (int k = 0; k < 20; k += 2) {
                            json.label(k, texts[order[i + k]], texts[order[i + k + 1]]);
                        }
                        json.endObject();
                    }
                    json.endArray();
                }))
                .isEqualTo(fields);
    }

    @Test
    void texts_are_escaped_as_go_escapes_them() throws Exception {
        assertThat(written(json -> json.string("a<b>&\"\\\n\r\t\u0001\u2028ä€😀\ud800x")))
                .isEqualTo("\"a\\u003cb\\u003e\\u0026\\\"\\\\\\n\\r\\t\\u0001\\u2028ä€😀\ufffdx\"");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1", "1435781451781, 1435781451.781", "16050, 16.050", "5, 0.005", "-500, -0.500"})
    void times_are_seconds_with_three_decimals_unless_whole(long millis, String text) throws Exception {
        assertThat(written(json -> json.time(millis))).isEqualTo(text);
    }

    @Test
    void numbers_are_written_whole_or_as_json_has_them() throws Exception {
        assertThat(written(json -> json.array()
                        .number(Long.MIN_VALUE)
                        .number(Long.MAX_VALUE)
                        .number(1.5)
                        .number(Double.NaN)
                        .seconds(Duration.ofNanos(73_517))
                        .seconds(Duration.ofSeconds(15))
                        .value(1e21, Layout.JSON)
                        .endArray()))
                .isEqualTo("[-9223372036854775808,9223372036854775807,1.5,null,0.000073517,15,\"1e+21\"]");
    }

    @Test
    void what_is_longer_than_the_buffer_arrives_whole() throws Exception {
        ForAll.cases(20, random -> "ä<x".repeat(random.nextInt(20_000))).check(text -> {
            String json = written(out -> {
                out.array();
                for (int i = 0; i < 3; i++) {
                    out.string(text).raw("\"" + text.replace('<', '(') + "\"");
                }
                out.endArray();
            });
            String escaped = "\"" + text.replace("<", "\\u003c") + "\",\"" + text.replace('<', '(') + "\"";
            assertThat(json.equals("[" + escaped + "," + escaped + "," + escaped + "]"))
                    .isTrue();
        });
    }

    private static String written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var json = new JsonOut(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
