package org.hearthwatch.prometheus.otlp;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The messages of {@code opentelemetry/proto/metrics/v1} by their JSON names, as far as they are read. */
final class Schema {

    /** How a field's value is written in protobuf. */
    enum Type {
        STRING,
        /** Bytes that JSON writes in hexadecimal, as OTLP does with the ids of traces and spans. */
        HEX,
        BASE64,
        /** {@code bool}, {@code int64}, {@code uint32}, {@code uint64} and enumerations. */
        VARINT,
        SIGNED,
        FIXED64,
        DOUBLE,
        MESSAGE
    }

    /** A field; of a message, what it holds. */
    record Field(int number, Type type, Supplier<Schema> message) {}

    private static final Schema ANY = new Schema();
    private static final Schema KEY_VALUE =
            new Schema().with("key", 1, Type.STRING).message("value", 2, () -> ANY);
    private static final Schema VALUES = new Schema().message("values", 1, () -> ANY);
    private static final Schema KEY_VALUES = new Schema().message("values", 1, () -> KEY_VALUE);
    private static final Schema RESOURCE = new Schema().message("attributes", 1, () -> KEY_VALUE);
    private static final Schema EXEMPLAR = new Schema()
            .with("timeUnixNano", 2, Type.FIXED64)
            .with("asDouble", 3, Type.DOUBLE)
            .with("spanId", 4, Type.HEX)
            .with("traceId", 5, Type.HEX)
            .with("asInt", 6, Type.FIXED64)
            .message("filteredAttributes", 7, () -> KEY_VALUE);
    private static final Schema NUMBER_POINT = new Schema()
            .with("timeUnixNano", 3, Type.FIXED64)
            .with("asDouble", 4, Type.DOUBLE)
            .message("exemplars", 5, () -> EXEMPLAR)
            .with("asInt", 6, Type.FIXED64)
            .message("attributes", 7, () -> KEY_VALUE)
            .with("flags", 8, Type.VARINT);
    private static final Schema HISTOGRAM_POINT = new Schema()
            .with("timeUnixNano", 3, Type.FIXED64)
            .with("count", 4, Type.FIXED64)
            .with("sum", 5, Type.DOUBLE)
            .with("bucketCounts", 6, Type.FIXED64)
            .with("explicitBounds", 7, Type.DOUBLE)
            .message("exemplars", 8, () -> EXEMPLAR)
            .message("attributes", 9, () -> KEY_VALUE)
            .with("flags", 10, Type.VARINT);
    private static final Schema BUCKETS =
            new Schema().with("offset", 1, Type.SIGNED).with("bucketCounts", 2, Type.VARINT);
    private static final Schema EXPONENTIAL_POINT = new Schema()
            .message("attributes", 1, () -> KEY_VALUE)
            .with("timeUnixNano", 3, Type.FIXED64)
            .with("count", 4, Type.FIXED64)
            .with("sum", 5, Type.DOUBLE)
            .with("scale", 6, Type.SIGNED)
            .with("zeroCount", 7, Type.FIXED64)
            .message("positive", 8, () -> BUCKETS)
            .message("negative", 9, () -> BUCKETS)
            .with("flags", 10, Type.VARINT)
            .message("exemplars", 11, () -> EXEMPLAR)
            .with("zeroThreshold", 14, Type.DOUBLE);
    private static final Schema QUANTILE =
            new Schema().with("quantile", 1, Type.DOUBLE).with("value", 2, Type.DOUBLE);
    private static final Schema SUMMARY_POINT = new Schema()
            .with("timeUnixNano", 3, Type.FIXED64)
            .with("count", 4, Type.FIXED64)
            .with("sum", 5, Type.DOUBLE)
            .message("quantileValues", 6, () -> QUANTILE)
            .message("attributes", 7, () -> KEY_VALUE)
            .with("flags", 8, Type.VARINT);
    private static final Schema METRIC = new Schema()
            .with("name", 1, Type.STRING)
            .with("description", 2, Type.STRING)
            .with("unit", 3, Type.STRING)
            .message("gauge", 5, () -> points(NUMBER_POINT))
            .message("sum", 7, () -> points(NUMBER_POINT))
            .message("histogram", 9, () -> points(HISTOGRAM_POINT))
            .message("exponentialHistogram", 10, () -> points(EXPONENTIAL_POINT))
            .message("summary", 11, () -> points(SUMMARY_POINT));
    private static final Schema SCOPE_METRICS = new Schema().message("metrics", 2, () -> METRIC);
    private static final Schema RESOURCE_METRICS =
            new Schema().message("resource", 1, () -> RESOURCE).message("scopeMetrics", 2, () -> SCOPE_METRICS);

    /** {@code ExportMetricsServiceRequest}. */
    static final Schema REQUEST = new Schema().message("resourceMetrics", 1, () -> RESOURCE_METRICS);

    static {
        ANY.with("stringValue", 1, Type.STRING)
                .with("boolValue", 2, Type.VARINT)
                .with("intValue", 3, Type.VARINT)
                .with("doubleValue", 4, Type.DOUBLE)
                .message("arrayValue", 5, () -> VALUES)
                .message("kvlistValue", 6, () -> KEY_VALUES)
                .with("bytesValue", 7, Type.BASE64);
    }

    private final Map<String, Field> fields = new HashMap<>();

    private static Schema points(Schema point) {
        return new Schema()
                .message("dataPoints", 1, () -> point)
                .with("aggregationTemporality", 2, Type.VARINT)
                .with("isMonotonic", 3, Type.VARINT);
    }

    private Schema with(String name, int number, Type type) {
        fields.put(name, new Field(number, type, () -> this));
        return this;
    }

    private Schema message(String name, int number, Supplier<Schema> message) {
        fields.put(name, new Field(number, Type.MESSAGE, message));
        return this;
    }

    /** A field by its name in JSON, or by that of the schema, {@code time_unix_nano}, which may be written too; null if none. */
    @org.jspecify.annotations.Nullable
    Field field(String name) {
        Field field = fields.get(name);
        if (field != null || name.indexOf('_') < 0) {
            return field;
        }
        var camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean word = i > 0 && name.charAt(i - 1) == '_';
            if (c != '_') {
                camel.append(word ? Character.toUpperCase(c) : c);
            }
        }
        return fields.get(camel.toString());
    }
}
