package org.hearthwatch.prometheus.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * Turns OTLP's JSON into its protobuf, so that there is one reader for both. 64-bit numbers may be strings, as the mapping
 * wants it, or numbers, as Proxmox VE 9 writes them; unknown fields are passed over. Thread-safe.
 */
final class JsonRequest {

    private static final int DEEPEST = 40;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(400)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private JsonRequest() {}

    /** @throws WireException if it is no JSON, or a value has the wrong type */
    static ProtoWriter toProtobuf(byte[] json) throws WireException {
        var out = new ProtoWriter();
        try (JsonParser in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new WireException("json: expected an object");
            }
            message(in, Schema.REQUEST, out);
            if (in.nextToken() != null) {
                throw new WireException("json: there is something behind the object");
            }
        } catch (JsonProcessingException e) {
            throw new WireException("json: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new WireException("json: " + e.getMessage());
        }
        return out;
    }

    private static void message(JsonParser in, Schema schema, ProtoWriter out) throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            Schema.Field field = schema.field(in.currentName());
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(in, field, out);
                }
            } else {
                value(in, field, out);
            }
        }
    }

    private static void value(JsonParser in, Schema.Field field, ProtoWriter out) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field.type()) {
            case STRING -> out.string(field.number(), text(in));
            case HEX -> out.bytes(field.number(), hexadecimal(in));
            case BASE64 -> out.bytes(field.number(), base64(in));
            case VARINT -> out.integer(field.number(), integer(in));
            case SIGNED -> out.signed(field.number(), integer(in));
            case FIXED64 -> out.fixed64(field.number(), integer(in));
            case DOUBLE -> out.float64(field.number(), number(in));
            case MESSAGE -> {
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    throw wrong(in, "an object");
                }
                out.begin(field.number());
                message(in, field.message().get(), out);
                out.end();
            }
        }
    }

    private static String text(JsonParser in) throws IOException {
        if (!in.currentToken().isScalarValue()) {
            throw wrong(in, "a string");
        }
        return in.getText();
    }

    private static byte[] hexadecimal(JsonParser in) throws IOException {
        try {
            return HexFormat.of().parseHex(text(in));
        } catch (IllegalArgumentException e) {
            throw wrong(in, "hexadecimal digits");
        }
    }

    private static byte[] base64(JsonParser in) throws IOException {
        try {
            return Base64.getDecoder().decode(text(in));
        } catch (IllegalArgumentException e) {
            throw wrong(in, "base64");
        }
    }

    private static long integer(JsonParser in) throws IOException {
        switch (in.currentToken()) {
            case VALUE_TRUE -> {
                return 1;
            }
            case VALUE_FALSE -> {
                return 0;
            }
            default -> {
                try {
                    return exact(text(in));
                } catch (ArithmeticException | NumberFormatException e) {
                    throw wrong(in, "a whole number");
                }
            }
        }
    }

    private static long exact(String text) {
        return switch (text) {
            case "AGGREGATION_TEMPORALITY_UNSPECIFIED" -> 0;
            case "AGGREGATION_TEMPORALITY_DELTA" -> 1;
            case "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
            default -> new BigDecimal(text).longValueExact();
        };
    }

    private static double number(JsonParser in) throws IOException {
        String text = text(in);
        try {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw wrong(in, "a number");
        }
    }

    private static JsonParseException wrong(JsonParser in, String expected) throws IOException {
        return new JsonParseException(in, "expected " + expected + " for " + in.currentName());
    }
}
