package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.util.List;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.prometheus.http.json.JsonOut;

/**
 * Writes the envelope every answer of the API comes in: {@code status}, {@code data}, and {@code warnings} and
 * {@code infos} where there are any. Streams: a result is never held as text.
 */
final class Answer {

    private static final String JSON = "application/json";

    /** As many remarks of a kind are shown; of the others only the number. */
    private static final int MOST_REMARKS = 10;

    private Answer() {}

    /** Writes the value that stands under {@code data}. */
    @FunctionalInterface
    interface Data {
        void write(JsonOut json) throws IOException;
    }

    static void success(Exchange exchange, List<String> warnings, List<String> infos, Data data) throws IOException {
        try (var json = new JsonOut(exchange.respond(200, JSON))) {
            json.object().key("status").string("success").key("data");
            data.write(json);
            remarks(json, "warnings", "warning", warnings);
            remarks(json, "infos", "info", infos);
            json.endObject();
        }
    }

    static void success(Exchange exchange, Data data) throws IOException {
        success(exchange, List.of(), List.of(), data);
    }

    static void failure(Exchange exchange, int status, String type, String message) throws IOException {
        try (var json = new JsonOut(exchange.respond(status, JSON))) {
            json.object().key("status").string("error");
            json.key("errorType").string(type).key("error").string(message).endObject();
        }
    }

    private static void remarks(JsonOut json, String field, String word, List<String> remarks) throws IOException {
        if (remarks.isEmpty()) {
            return;
        }
        json.key(field).array();
        for (String remark : remarks.subList(0, Math.min(MOST_REMARKS, remarks.size()))) {
            json.string(remark);
        }
        if (remarks.size() > MOST_REMARKS) {
            json.string((remarks.size() - MOST_REMARKS) + " more " + word + " annotations omitted");
        }
        json.endArray();
    }

    static void array(JsonOut json, Iterable<String> values) throws IOException {
        json.array();
        for (String value : values) {
            json.string(value);
        }
        json.endArray();
    }
}
