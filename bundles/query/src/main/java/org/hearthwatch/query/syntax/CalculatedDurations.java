package org.hearthwatch.query.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What calculated lengths of time come to is only known when an expression is evaluated: until then it reads well, and
 * has a layout. What is wrong is told with the place Prometheus tells, the first byte and the one behind the last.
 */
public final class CalculatedDurations {

    private final String text;

    private CalculatedDurations(String text) {
        this.text = text;
    }

    /** What is wrong with the first of them that cannot be; empty if all can. */
    public static Optional<String> complaint(String text, Expr expr) {
        return new CalculatedDurations(text).in(expr);
    }

    private Optional<String> in(Expr expr) {
        if (expr instanceof Expr.VectorSelector selector) {
            return selector.shift().offset().flatMap(this::impossible);
        }
        if (expr instanceof Expr.MatrixSelector matrix) {
            return length(matrix.range()).or(() -> in(matrix.selector()));
        }
        if (expr instanceof Expr.Subquery subquery) {
            return subquery.shift()
                    .offset()
                    .flatMap(this::impossible)
                    .or(() -> subquery.step().flatMap(this::length))
                    .or(() -> length(subquery.range()))
                    .or(() -> in(subquery.expr()));
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            return in(aggregation.expr()).or(() -> aggregation.parameter().flatMap(this::in));
        }
        if (expr instanceof Expr.Binary binary) {
            return in(binary.left()).or(() -> in(binary.right()));
        }
        if (expr instanceof Expr.Unary unary) {
            return in(unary.expr());
        }
        if (expr instanceof Expr.Paren paren) {
            return in(paren.expr());
        }
        Stream<Expr> arguments = expr instanceof Expr.Call call ? call.arguments().stream() : Stream.of();
        return arguments.flatMap(argument -> in(argument).stream()).findFirst();
    }

    private Optional<String> length(DurationExpr length) {
        return division(length)
                .or(() -> length.seconds() <= 0
                        ? Optional.of(told(length, "duration must be greater than 0"))
                        : impossible(length));
    }

    private Optional<String> impossible(DurationExpr duration) {
        return division(duration)
                .or(() -> Math.abs(duration.seconds()) <= Literals.LONGEST_SECONDS
                        ? Optional.empty()
                        : Optional.of(told(duration, "duration is out of range")));
    }

    private Optional<String> division(DurationExpr duration) {
        if (duration instanceof DurationExpr.Wrapped wrapped) {
            return division(wrapped.inner());
        }
        if (duration instanceof DurationExpr.Negated negated) {
            return division(negated.operand());
        }
        if (duration instanceof DurationExpr.Operation operation) {
            return division(operation.left())
                    .or(() -> division(operation.right()))
                    .or(() -> byZero(operation));
        }
        return Optional.empty();
    }

    private Optional<String> byZero(DurationExpr.Operation operation) {
        if (operation.right().seconds() != 0) {
            return Optional.empty();
        }
        return switch (operation.operator()) {
            case DIVIDE -> Optional.of(told(operation, "division by zero"));
            case MODULO -> Optional.of(told(operation, "modulo by zero"));
            default -> Optional.empty();
        };
    }

    private String told(DurationExpr duration, String complaint) {
        return bytes(duration.at()) + ":" + bytes(duration.end()) + ": " + complaint;
    }

    private int bytes(int index) {
        return text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    }
}
