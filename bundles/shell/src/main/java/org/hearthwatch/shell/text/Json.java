package org.hearthwatch.shell.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one JSON document on one line, with the conventions of the HTTP API: durations in seconds, moments in seconds since
 * the Unix epoch, what is absent as {@code null}. All that is not ASCII is written as its code, so that nothing in it
 * reaches a terminal.
 */
public final class Json {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The object that the writer fills. */
    public static String object(Consumer<Json> fields) {
        return document(json -> json.inObject(fields));
    }

    /** The array of one object for each item. */
    public static <T> String array(Iterable<T> items, Fields<T> fields) {
        return document(json -> json.inArray(items, fields));
    }

    private static String document(Consumer<Json> content) {
        var text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            content.accept(new Json(generator));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text.toString();
    }

    /** How an item's fields are written. */
    @FunctionalInterface
    public interface Fields<T> {
        void write(Json json, T item);
    }

    public Json field(String name, String value) {
        return write(() -> generator.writeStringField(name, value));
    }

    public Json field(String name, long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    /** A number, or a text such as {@code "NaN"} for what JSON has no number for. */
    public Json field(String name, double value) {
        return write(() -> {
            generator.writeFieldName(name);
            if (Double.isFinite(value)) {
                generator.writeNumber(Numbers.exact(value));
            } else {
                generator.writeString(Numbers.exact(value));
            }
        });
    }

    public Json field(String name, boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    public Json field(String name, Instant value) {
        return field(name, value.getEpochSecond() + value.getNano() / 1e9);
    }

    public Json field(String name, Duration value) {
        return field(name, value.getSeconds() + value.getNano() / 1e9);
    }

    /** A text, moment or duration that may be absent. */
    public Json field(String name, Optional<?> value) {
        Object present = value.orElse(null);
        if (present instanceof Instant instant) {
            return field(name, instant);
        }
        if (present instanceof Duration duration) {
            return field(name, duration);
        }
        return present == null ? write(() -> generator.writeNullField(name)) : field(name, present.toString());
    }

    public Json field(String name, Map<String, String> texts) {
        return object(name, json -> texts.forEach(json::field));
    }

    public Json strings(String name, Iterable<String> values) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (String value : values) {
                generator.writeString(value);
            }
            generator.writeEndArray();
        });
    }

    public Json object(String name, Consumer<Json> fields) {
        write(() -> generator.writeFieldName(name));
        inObject(fields);
        return this;
    }

    public <T> Json array(String name, Iterable<T> items, Fields<T> fields) {
        write(() -> generator.writeFieldName(name));
        inArray(items, fields);
        return this;
    }

    /** A sample as Prometheus writes it: {@code [seconds, "value"]}. */
    public Json sample(String name, long timestampMillis, double value) {
        return write(() -> {
            generator.writeFieldName(name);
            pair(timestampMillis, Numbers.exact(value));
        });
    }

    /** A moment with a text as Prometheus writes it. */
    public Json sample(String name, long timestampMillis, String value) {
        return write(() -> {
            generator.writeFieldName(name);
            pair(timestampMillis, value);
        });
    }

    /** Many samples as Prometheus writes them. */
    public Json samples(String name, long[] timestamps, double[] values) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (int i = 0; i < timestamps.length; i++) {
                pair(timestamps[i], Numbers.exact(values[i]));
            }
            generator.writeEndArray();
        });
    }

    private void pair(long timestampMillis, String value) throws IOException {
        generator.writeStartArray();
        generator.writeNumber(Numbers.exact(timestampMillis / 1e3));
        generator.writeString(value);
        generator.writeEndArray();
    }

    private void inObject(Consumer<Json> fields) {
        write(generator::writeStartObject);
        fields.accept(this);
        write(generator::writeEndObject);
    }

    private <T> void inArray(Iterable<T> items, Fields<T> fields) {
        write(generator::writeStartArray);
        items.forEach(item -> inObject(json -> fields.write(json, item)));
        write(generator::writeEndArray);
    }

    private Json write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
