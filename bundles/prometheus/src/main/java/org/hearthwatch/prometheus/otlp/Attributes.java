package org.hearthwatch.prometheus.otlp;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;

/** The attributes of a resource, a data point or an exemplar, by key. Not thread-safe. */
final class Attributes {

    private static final int MOST = 200;
    private static final int DEEPEST = 8;
    private static final int LONGEST = 64 * 1024;

    private final Map<String, String> values = new TreeMap<>();

    /** Reads the {@code KeyValue} that the field here holds. */
    void read(ProtoReader in) throws WireException {
        if (values.size() >= MOST) {
            throw in.malformed("more than " + MOST + " attributes");
        }
        var value = new StringBuilder();
        String key = keyValue(in, value, 0);
        if (!key.isEmpty()) {
            values.put(key, value.toString());
        }
    }

    String get(String key) {
        return values.getOrDefault(key, "");
    }

    Map<String, String> values() {
        return values;
    }

    /** Puts them among labels. Keys that become the same label are joined, in order of the keys. */
    void addTo(Labels.Builder labels) {
        var joined = new TreeMap<String, String>();
        values.forEach((key, value) -> {
            String label = Translation.label(key);
            if (!label.isEmpty() && !label.equals(Labels.NAME)) {
                joined.merge(label, value, (one, other) -> one + ";" + other);
            }
        });
        joined.forEach(labels::set);
    }

    private static String keyValue(ProtoReader in, StringBuilder value, int depth) throws WireException {
        String key = "";
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.string();
                case 2 -> any(in, value, depth);
                default -> in.skip();
            }
        }
        in.leave(outer);
        return key;
    }

    /** Reads an {@code AnyValue} as text: structures as JSON. */
    private static void any(ProtoReader in, StringBuilder text, int depth) throws WireException {
        if (depth > DEEPEST || text.length() > LONGEST) {
            throw in.malformed("an attribute nested too deeply, or too long");
        }
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> string(in.string(), text, depth);
                case 2 -> text.append(in.integer() != 0);
                case 3 -> text.append(in.integer());
                case 4 -> text.append(number(in.float64()));
                case 5 -> list(in, text, depth);
                case 6 -> object(in, text, depth);
                case 7 -> {
                    int length = in.length();
                    byte[] bytes = java.util.Arrays.copyOfRange(in.bytes(), in.at(), in.at() + length);
                    in.moveTo(in.at() + length);
                    string(Base64.getEncoder().encodeToString(bytes), text, depth);
                }
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    private static void string(String value, StringBuilder text, int depth) {
        if (depth == 0) {
            text.append(value);
        } else {
            text.append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }

    private static void list(ProtoReader in, StringBuilder text, int depth) throws WireException {
        text.append('[');
        int outer = in.enter();
        boolean first = true;
        while (in.next()) {
            if (in.field() == 1) {
                text.append(first ? "" : ",");
                first = false;
                any(in, text, depth + 1);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
        text.append(']');
    }

    private static void object(ProtoReader in, StringBuilder text, int depth) throws WireException {
        text.append('{');
        int outer = in.enter();
        boolean first = true;
        while (in.next()) {
            if (in.field() == 1) {
                var value = new StringBuilder();
                String key = keyValue(in, value, depth + 1);
                text.append(first ? "" : ",");
                first = false;
                string(key, text, depth + 1);
                text.append(':').append(value);
            } else {
                in.skip();
            }
        }
        in.leave(outer);
        text.append('}');
    }

    /** A number as Go writes it: no exponent, nothing behind the point that is not needed. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }
}
