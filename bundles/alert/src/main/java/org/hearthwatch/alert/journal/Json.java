package org.hearthwatch.alert.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;

/** JSON as trees, bounded in depth. */
public final class Json {

    private static final int DEEPEST = 64;

    /** Thread-safe. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** @throws IllegalArgumentException if the text is no JSON */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** On one line. */
    public static String text(JsonNode node) {
        return node.toString();
    }

    /** A moment as Alertmanager's API writes it, to the millisecond, however round it is. */
    public static String moment(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    public static ObjectNode texts(Map<String, String> texts) {
        ObjectNode node = object();
        new TreeMap<>(texts).forEach(node::put);
        return node;
    }

    /** Texts by name; what is no text is passed over. */
    public static Map<String, String> texts(JsonNode node) {
        var texts = new TreeMap<String, String>();
        node.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                texts.put(field.getKey(), field.getValue().textValue());
            }
        });
        return texts;
    }

    public static ObjectNode labels(Labels labels) {
        ObjectNode node = object();
        labels.forEach(node::put);
        return node;
    }

    public static Labels labels(JsonNode node) {
        Labels.Builder labels = Labels.builder();
        texts(node).forEach(labels::set);
        return labels.build();
    }

    /** @throws IllegalArgumentException if there is no moment in ISO 8601 */
    public static Instant instant(JsonNode node) {
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a time: " + node.asText(), e);
        }
    }
}
