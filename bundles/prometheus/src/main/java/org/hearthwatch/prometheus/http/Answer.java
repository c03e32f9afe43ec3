package org.hearthwatch.prometheus.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.hearthwatch.api.web.Exchange;

/**
 * Writes the envelope every answer of the API comes in: {@code status}, {@code data}, and {@code warnings} and
 * {@code infos} where there are any. Streams: a result is never held as text.
 */
final class Answer {

    private static final String JSON = "application/json";
    private static final JsonFactory FACTORY = new JsonFactory();

    private Answer() {}

    /** Writes the value that stands under {@code data}. */
    @FunctionalInterface
    interface Data {
        void write(JsonGenerator json) throws IOException;
    }

    static void success(Exchange exchange, List<String> warnings, List<String> infos, Data data) throws IOException {
        try (OutputStream body = exchange.respond(200, JSON);
                JsonGenerator json = FACTORY.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("status", "success");
            json.writeFieldName("data");
            data.write(json);
            strings(json, "warnings", warnings);
            strings(json, "infos", infos);
            json.writeEndObject();
        }
    }

    static void success(Exchange exchange, Data data) throws IOException {
        success(exchange, List.of(), List.of(), data);
    }

    static void failure(Exchange exchange, int status, String type, String message) throws IOException {
        try (OutputStream body = exchange.respond(status, JSON);
                JsonGenerator json = FACTORY.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("status", "error");
            json.writeStringField("errorType", type);
            json.writeStringField("error", message);
            json.writeEndObject();
        }
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeFieldName(field);
            array(json, values);
        }
    }

    static void array(JsonGenerator json, List<String> values) throws IOException {
        json.writeStartArray();
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
