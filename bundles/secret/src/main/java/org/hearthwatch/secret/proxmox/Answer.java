package org.hearthwatch.secret.proxmox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a node answers, within bounds. */
public final class Answer {

    /** The longest answer that is read. */
    public static final int MOST_BYTES = 4 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(1 << 16)
                    .maxNumberLength(32)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Answer() {}

    /** @return the object's {@code data}; null where there is none */
    public static @Nullable Object data(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            return map(value(json)).get("data");
        }
    }

    /** A value that should be an object; an empty one where it is something else. */
    @SuppressWarnings("unchecked") // value() makes no other maps
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** A value as text; empty where it is absent. */
    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Proxmox writes truths as 1 and 0, as numbers or texts, and often leaves 0 out. */
    static boolean truth(@Nullable Object value) {
        return text(value).equals("1") || Boolean.TRUE.equals(value);
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IOException("the answer is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    fields.put(name, value(json));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield items;
            }
            case VALUE_STRING, VALUE_NUMBER_FLOAT -> json.getText();
            case VALUE_NUMBER_INT -> json.getBigIntegerValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("the answer is not JSON");
        };
    }
}
