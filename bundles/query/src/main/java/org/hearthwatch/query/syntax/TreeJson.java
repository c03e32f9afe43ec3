package org.hearthwatch.query.syntax;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;

/** The tree of an expression as JSON, in the form of Prometheus's {@code /api/v1/parse_query}: keys sorted, no blanks. */
public final class TreeJson {

    private static final Map<Cardinality, String> CARDINALITIES = Map.of(
            Cardinality.ONE_TO_ONE, "one-to-one",
            Cardinality.MANY_TO_ONE, "many-to-one",
            Cardinality.ONE_TO_MANY, "one-to-many",
            Cardinality.MANY_TO_MANY, "many-to-many");

    private final StringBuilder json = new StringBuilder();

    private TreeJson() {}

    /** The whole tree as one JSON object. */
    public static String of(Expr expr) {
        var tree = new TreeJson();
        tree.write(node(expr));
        return tree.json.toString();
    }

    private static Map<String, Object> node(Expr expr) {
        if (expr instanceof Expr.NumberLiteral number) {
            return object("type", "numberLiteral", "val", GoText.plain(number.value()));
        }
        if (expr instanceof Expr.StringLiteral text) {
            return object("type", "stringLiteral", "val", RawBytes.replaced(text.value()));
        }
        if (expr instanceof Expr.VectorSelector selector) {
            return selector("vectorSelector", selector);
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            Map<String, Object> node = selector("matrixSelector", matrix.selector());
            node.put("range", literalMillis(Optional.of(matrix.range())));
            return node;
        }
        if (expr instanceof Expr.Subquery subquery) {
            Map<String, Object> node = object("type", "subquery", "expr", node(subquery.expr()));
            node.put("range", literalMillis(Optional.of(subquery.range())));
            node.put("step", literalMillis(subquery.step()));
            return shifted(node, subquery.shift());
        }
        if (expr instanceof Expr.Paren paren) {
            return object("type", "parenExpr", "expr", node(paren.expr()));
        }
        if (expr instanceof Expr.Unary unary) {
            return object("type", "unaryExpr", "op", unary.negative() ? "-" : "+", "expr", node(unary.expr()));
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary);
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            return aggregation(aggregation);
        }
        return call((Expr.Call) expr);
    }

    private static Map<String, Object> selector(String type, Expr.VectorSelector selector) {
        Map<String, Object> node = object("type", type, "name", selector.name());
        node.put("matchers", selector.matchers().stream().map(TreeJson::matcher).toList());
        return shifted(node, selector.shift());
    }

    private static Map<String, Object> matcher(Matcher matcher) {
        return object(
                "name",
                matcher.label(),
                "value",
                matcher.value(),
                "type",
                matcher.kind().sign());
    }

    private static Map<String, Object> shifted(Map<String, Object> node, Shift shift) {
        node.put("offset", literalMillis(shift.offset()));
        node.put(
                "timestamp",
                shift.at() instanceof Shift.At.Moment moment ? Optional.of(moment.millis()) : Optional.empty());
        Optional<String> word = Optional.empty();
        if (shift.at() instanceof Shift.At.Start) {
            word = Optional.of("start");
        } else if (shift.at() instanceof Shift.At.End) {
            word = Optional.of("end");
        }
        node.put("startOrEnd", word);
        return node;
    }

    /** A length of time that still has to be calculated counts as zero, as in Prometheus. */
    private static long literalMillis(Optional<DurationExpr> length) {
        return length.filter(DurationExpr.Literal.class::isInstance)
                .map(DurationExpr::millis)
                .orElse(0L);
    }

    private static Map<String, Object> binary(Expr.Binary binary) {
        Map<String, Object> node =
                object("type", "binaryExpr", "op", binary.operator().sign());
        node.put("lhs", node(binary.left()));
        node.put("rhs", node(binary.right()));
        node.put("bool", binary.bool());
        VectorMatching matching = binary.matching();
        node.put(
                "matching",
                binary.matches()
                        ? Optional.of(object(
                                "card",
                                CARDINALITIES.getOrDefault(matching.cardinality(), ""),
                                "labels",
                                matching.labels(),
                                "on",
                                matching.on(),
                                "include",
                                matching.include()))
                        : Optional.empty());
        return node;
    }

    private static Map<String, Object> aggregation(Expr.Aggregation aggregation) {
        return object(
                "type",
                "aggregation",
                "op",
                aggregation.aggregator().word(),
                "expr",
                node(aggregation.expr()),
                "param",
                aggregation.parameter().map(TreeJson::node),
                "grouping",
                aggregation.labels(),
                "without",
                aggregation.without());
    }

    private static Map<String, Object> call(Expr.Call call) {
        Signature function = call.function();
        return object(
                "type",
                "call",
                "func",
                object(
                        "name",
                        function.name(),
                        "argTypes",
                        function.parameters().stream().map(ValueType::word).toList(),
                        "variadic",
                        function.optional(),
                        "returnType",
                        function.returns().word()),
                "args",
                call.arguments().stream().map(TreeJson::node).toList());
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    private void write(Object value) {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                write(optional.get());
            } else {
                json.append("null");
            }
        } else if (value instanceof Map<?, ?> object) {
            String before = "{";
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                json.append(before);
                string((String) entry.getKey());
                json.append(':');
                write(entry.getValue());
                before = ",";
            }
            json.append('}');
        } else if (value instanceof Collection<?> list) {
            String before = "";
            json.append('[');
            for (Object element : List.copyOf(list)) {
                json.append(before);
                write(element);
                before = ",";
            }
            json.append(']');
        } else if (value instanceof String text) {
            string(text);
        } else {
            json.append(value);
        }
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
