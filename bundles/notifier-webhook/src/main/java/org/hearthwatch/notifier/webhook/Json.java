package org.hearthwatch.notifier.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON to and from services. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Fields in the order they are added; texts that are empty are left out. */
    public static final class Fields {

        private final Map<String, Object> fields = new LinkedHashMap<>();

        /** Adds a field whatever its value. */
        public Fields put(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        /** Adds a text that is there. */
        public Fields some(String name, String text) {
            if (!text.isEmpty()) {
                fields.put(name, text);
            }
            return this;
        }

        public Map<String, Object> map() {
            return fields;
        }
    }

    /** The bytes of maps, lists, texts, numbers and truths. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request with a JSON body. */
    public static Call post(URI address, Map<String, Object> fields) {
        return new Call("POST", address, Map.of("Content-Type", "application/json"), bytes(fields));
    }

    /** What a text holds; a missing node if it is no JSON. */
    public static JsonNode read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
