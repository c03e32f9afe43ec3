package org.hearthwatch.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON, strictly: unknown and repeated fields, trailing text and wrong types are refused. */
final class Json {

    static final String TYPE = "application/json";

    private static final int MOST_BYTES = 64 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(16 * 1024)
                            .maxNameLength(256)
                            .maxNumberLength(32)
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .addModule(SecretTexts.module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /** Reads the body of a request. */
    static <T> T read(Exchange exchange, Class<T> type) throws IOException, HttpProblem {
        String contentType = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        // Also keeps other sites out: a form cannot send this type, and a script of another site must ask first.
        if (!contentType.split(";", 2)[0].trim().equals(TYPE)) {
            throw new HttpProblem(415, "Send JSON, with Content-Type: application/json.");
        }
        try (var body = exchange.body(MOST_BYTES)) {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw new HttpProblem(400, "The body is null; it takes a JSON object.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new HttpProblem(400, "The field " + e.getPropertyName() + " is not known here.");
        } catch (JsonProcessingException e) {
            // Jackson's message may quote the body, and with it a password.
            var at = e.getLocation();
            throw new HttpProblem(
                    400,
                    "The body is not the JSON expected here"
                            + (at == null ? "." : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")."));
        }
    }

    /** A field that must be there. */
    static <T> T required(String name, @Nullable T value) throws HttpProblem {
        if (value == null) {
            throw new HttpProblem(400, "The field " + name + " is missing.");
        }
        return value;
    }

    /** A number among the parameters, from 1 on. */
    static int number(Exchange exchange, String name, int usual, int most) throws HttpProblem {
        String text = exchange.parameter(name).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new HttpProblem(400, name + " takes a number from 1 to " + most + ".");
    }

    /** Answers with a value. */
    static void write(Exchange exchange, Object value) throws IOException {
        exchange.respond(200, TYPE, MAPPER.writeValueAsBytes(value));
    }

    static String text(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }

    static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1e3;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static @Nullable Double secondsOrNull(Optional<Instant> instant) {
        return instant.map(Json::seconds).orElse(null);
    }
}
