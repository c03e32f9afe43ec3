package org.hearthwatch.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.hearthwatch.alert.text.GoNumber;

/** Answers as promtool writes them in JSON: numbers without an exponent, signs of HTML escaped. */
final class AnswerJson {

    private AnswerJson() {}

    /**
     * The result alone. What is handed in is changed.
     *
     * @param data with {@code resultType} and {@code result}
     */
    static String of(JsonNode data) {
        JsonNode result = data.path("result");
        if (data.path("resultType").asText().equals("scalar")) {
            plain(result);
        }
        for (JsonNode series : result) {
            plain(series.path("value"));
            series.path("values").forEach(AnswerJson::plain);
        }
        // These three stand nowhere in JSON but within texts.
        return result.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static void plain(JsonNode point) {
        if (point instanceof ArrayNode pair && pair.size() == 2) {
            GoNumber.tryParse(pair.path(1).asText())
                    .ifPresent(value -> pair.set(1, TextNode.valueOf(GoNumber.format(value, 'f', GoNumber.SHORTEST))));
        }
    }
}
