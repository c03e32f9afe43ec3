package org.hearthwatch.query.syntax;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.store.Matcher;

/** A PromQL expression. Immutable; {@link #at} is the index of its first character in the text. */
public sealed interface Expr {

    int at();

    ValueType type();

    /**
     * A number.
     *
     * @param duration whether it was written as a duration, {@code 5m} for 300
     */
    record NumberLiteral(double value, boolean duration, int at) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /** A text. */
    record StringLiteral(String value, int at) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /**
     * The newest sample of some series.
     *
     * @param name the metric's as written before the braces, else empty
     * @param matchers all conditions, that on the name included and last
     */
    record VectorSelector(String name, List<Matcher> matchers, Shift shift, int at) implements Expr {
        public VectorSelector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }

        VectorSelector with(Shift changed) {
            return new VectorSelector(name, matchers, changed, at);
        }
    }

    /** The samples of some series over a range of time. */
    record MatrixSelector(VectorSelector selector, DurationExpr range) implements Expr {
        @Override
        public int at() {
            return selector.at();
        }

        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /** An expression evaluated at many moments. */
    record Subquery(Expr expr, DurationExpr range, Optional<DurationExpr> step, Shift shift) implements Expr {
        @Override
        public int at() {
            return expr.at();
        }

        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /** A sign before an expression that is no literal. */
    record Unary(boolean negative, Expr expr, int at) implements Expr {
        @Override
        public ValueType type() {
            return expr.type();
        }
    }

    /**
     * Two expressions and an operator.
     *
     * @param bool whether a comparison answers 0 or 1 instead of filtering
     * @param operatorAt index of the operator's first character
     */
    record Binary(BinaryOperator operator, boolean bool, VectorMatching matching, Expr left, Expr right, int operatorAt)
            implements Expr {
        @Override
        public int at() {
            return left.at();
        }

        @Override
        public ValueType type() {
            return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
                    ? ValueType.SCALAR
                    : ValueType.VECTOR;
        }

        /** Whether series meet series; {@code on} and {@code ignoring} mean nothing else. */
        boolean matches() {
            return left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
        }
    }

    /**
     * An aggregation.
     *
     * @param labels those that make the groups, or with {@code without} those that do not
     * @param end where Prometheus takes it to end, see {@link ClosingParens}
     */
    record Aggregation(
            Aggregator aggregator,
            Optional<Expr> parameter,
            Expr expr,
            boolean without,
            List<String> labels,
            int at,
            int end)
            implements Expr {
        public Aggregation {
            labels = List.copyOf(labels);
        }

        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /**
     * A function call.
     *
     * @param end where Prometheus takes it to end, see {@link ClosingParens}
     */
    record Call(Signature function, List<Expr> arguments, int at, int end) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueType type() {
            return function.returns();
        }
    }

    /** An expression in parentheses. */
    record Paren(Expr expr, int at) implements Expr {
        @Override
        public ValueType type() {
            return expr.type();
        }
    }

    /** Without the parentheses around it. */
    default Expr bare() {
        Expr bare = this;
        while (bare instanceof Paren paren) {
            bare = paren.expr();
        }
        return bare;
    }
}
