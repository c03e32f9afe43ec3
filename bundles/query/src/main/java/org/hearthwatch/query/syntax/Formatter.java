package org.hearthwatch.query.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.query.syntax.VectorMatching.Cardinality;

/**
 * The canonical layout of an expression: on one line where it fits into {@value #WIDTH} bytes, else opened up with
 * two blanks a level. The layout is that of Prometheus's {@code format_query}.
 */
public final class Formatter {

    private static final int WIDTH = 100;

    private Formatter() {}

    /** The expression laid out over as many lines as it takes. */
    public static String pretty(Expr expr) {
        return pretty(expr, 0);
    }

    private static String pretty(Expr expr, int level) {
        String indent = "  ".repeat(level);
        String line = line(expr);
        if (expr instanceof Expr.Unary unary) {
            return indent
                    + (unary.negative() ? "-" : "+")
                    + pretty(unary.expr(), level).strip();
        }
        if (line.getBytes(StandardCharsets.UTF_8).length <= WIDTH) {
            return expr instanceof Expr.Subquery ? line : indent + line;
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            String parameter = aggregation
                    .parameter()
                    .map(found -> pretty(found, level + 1) + ",\n")
                    .orElse("");
            return indent + head(aggregation) + "(\n" + parameter + pretty(aggregation.expr(), level + 1) + "\n"
                    + indent + ")";
        }
        if (expr instanceof Expr.Binary binary) {
            return pretty(binary.left(), level + 1) + "\n" + indent + sign(binary) + "\n"
                    + pretty(binary.right(), level + 1);
        }
        if (expr instanceof Expr.Call call) {
            String arguments = call.arguments().stream()
                    .map(argument -> pretty(argument, level + 1))
                    .collect(Collectors.joining(",\n"));
            return indent + call.function().name() + "(\n" + arguments + "\n" + indent + ")";
        }
        if (expr instanceof Expr.Paren paren) {
            return indent + "(\n" + pretty(paren.expr(), level + 1) + "\n" + indent + ")";
        }
        if (expr instanceof Expr.Subquery subquery) {
            return pretty(subquery.expr(), level) + suffix(subquery);
        }
        return indent + line;
    }

    /** The expression on one line. */
    public static String line(Expr expr) {
        if (expr instanceof Expr.NumberLiteral number) {
            return number.duration() ? duration(number.value()) : GoText.plain(number.value());
        }
        if (expr instanceof Expr.StringLiteral string) {
            return GoText.quote(string.value());
        }
        if (expr instanceof Expr.VectorSelector selector) {
            return selector(selector) + modifiers(selector.shift());
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            return selector(matrix.selector()) + "[" + range(matrix.range()) + "]"
                    + modifiers(matrix.selector().shift());
        }
        if (expr instanceof Expr.Subquery subquery) {
            return line(subquery.expr()) + suffix(subquery);
        }
        if (expr instanceof Expr.Unary unary) {
            return (unary.negative() ? "-" : "+") + line(unary.expr());
        }
        if (expr instanceof Expr.Binary binary) {
            return line(binary.left()) + " " + sign(binary) + " " + line(binary.right());
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            String parameter =
                    aggregation.parameter().map(found -> line(found) + ", ").orElse("");
            return head(aggregation) + "(" + parameter + line(aggregation.expr()) + ")";
        }
        if (expr instanceof Expr.Call call) {
            return call.function().name()
                    + call.arguments().stream().map(Formatter::line).collect(Collectors.joining(", ", "(", ")"));
        }
        return "(" + line(((Expr.Paren) expr).expr()) + ")";
    }

    private static String head(Expr.Aggregation aggregation) {
        String word = aggregation.aggregator().word();
        if (aggregation.without()) {
            return word + " without (" + names(aggregation.labels()) + ") ";
        }
        return aggregation.labels().isEmpty() ? word : word + " by (" + names(aggregation.labels()) + ") ";
    }

    private static String names(List<String> labels) {
        return labels.stream().map(label -> name(label, true)).collect(Collectors.joining(", "));
    }

    private static String name(String label, boolean colons) {
        boolean plain = !label.isEmpty()
                && !Lexer.isDigit(label.charAt(0))
                && label.chars().allMatch(c -> Lexer.isAlphaNumeric(c) || (colons && c == ':'));
        return plain ? label : GoText.quote(label);
    }

    private static String sign(Expr.Binary binary) {
        var text = new StringBuilder(binary.operator().sign());
        if (binary.bool()) {
            text.append(" bool");
        }
        VectorMatching matching = binary.matching();
        if (binary.matches() && (matching.on() || !matching.labels().isEmpty())) {
            text.append(matching.on() ? " on (" : " ignoring (")
                    .append(String.join(", ", matching.labels()))
                    .append(')');
            boolean left = matching.cardinality() == Cardinality.MANY_TO_ONE;
            if (left || matching.cardinality() == Cardinality.ONE_TO_MANY) {
                text.append(left ? " group_left (" : " group_right (")
                        .append(String.join(", ", matching.include()))
                        .append(')');
            }
        }
        return text.toString();
    }

    private static String selector(Expr.VectorSelector selector) {
        var conditions = new ArrayList<String>();
        for (Matcher matcher : selector.matchers()) {
            boolean isName = !selector.name().isEmpty() && matcher.equals(Matcher.equal(Labels.NAME, selector.name()));
            if (!isName) {
                conditions.add(name(matcher.label(), false) + matcher.kind().sign() + GoText.quote(matcher.value()));
            }
        }
        conditions.sort(String::compareTo);
        return conditions.isEmpty() ? selector.name() : selector.name() + "{" + String.join(",", conditions) + "}";
    }

    private static String suffix(Expr.Subquery subquery) {
        String step = subquery.step().map(Formatter::range).orElse("");
        return "[" + range(subquery.range()) + ":" + step + "]" + modifiers(subquery.shift());
    }

    private static String modifiers(Shift shift) {
        String at = "";
        if (shift.at() instanceof Shift.At.Start) {
            at = " @ start()";
        } else if (shift.at() instanceof Shift.At.End) {
            at = " @ end()";
        } else if (shift.at() instanceof Shift.At.Moment moment) {
            at = String.format(Locale.ROOT, " @ %.3f", moment.millis() / 1000.0);
        }
        return at
                + shift.offset()
                        .filter(offset -> shift.isOffset())
                        .map(offset -> " offset " + range(offset))
                        .orElse("");
    }

    private static String range(DurationExpr length) {
        return length instanceof DurationExpr.Literal literal ? duration(literal.seconds()) : calculation(length);
    }

    private static String calculation(DurationExpr length) {
        if (length instanceof DurationExpr.Literal literal) {
            return literal.duration() ? duration(literal.seconds()) : GoText.plain(literal.seconds());
        }
        if (length instanceof DurationExpr.Negated negated) {
            return "-" + calculation(negated.operand());
        }
        if (length instanceof DurationExpr.Wrapped wrapped) {
            return "(" + calculation(wrapped.inner()) + ")";
        }
        var operation = (DurationExpr.Operation) length;
        return calculation(operation.left()) + " " + operation.operator().sign() + " " + calculation(operation.right());
    }

    /** As Prometheus writes durations: years and weeks only where nothing is left over. */
    private static String duration(double seconds) {
        long millis = Math.round(Math.abs(seconds) * 1000);
        if (millis == 0) {
            return "0s";
        }
        var text = new StringBuilder(seconds < 0 ? "-" : "");
        long[] sizes = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};
        String[] units = {"y", "w", "d", "h", "m", "s", "ms"};
        for (int i = 0; i < sizes.length; i++) {
            boolean whole = i > 1 || millis % sizes[i] == 0;
            if (whole && millis >= sizes[i]) {
                text.append(millis / sizes[i]).append(units[i]);
                millis %= sizes[i];
            }
        }
        return text.toString();
    }
}
