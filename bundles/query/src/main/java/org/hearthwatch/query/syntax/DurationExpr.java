package org.hearthwatch.query.syntax;

/** A length of time in an expression: mostly one literal, a small calculation where that feature is on. */
public sealed interface DurationExpr {

    /** Index of its first character. */
    int at();

    /** Index behind its last character. */
    int end();

    /** Its length in seconds; not a number or infinite where the calculation has no result. */
    double seconds();

    /**
     * One number.
     *
     * @param duration whether it was written as a duration ({@code 5m}) or as a number of seconds ({@code 300})
     */
    record Literal(double seconds, boolean duration, int at, int end) implements DurationExpr {}

    /** The opposite of a calculation. */
    record Negated(DurationExpr operand, int at) implements DurationExpr {
        @Override
        public int end() {
            return operand.end();
        }

        @Override
        public double seconds() {
            return -operand.seconds();
        }
    }

    /** Two lengths and an arithmetic operator. */
    record Operation(BinaryOperator operator, DurationExpr left, DurationExpr right) implements DurationExpr {
        @Override
        public int at() {
            return left.at();
        }

        @Override
        public int end() {
            return right.end();
        }

        @Override
        public double seconds() {
            return Arithmetic.apply(operator, left.seconds(), right.seconds());
        }
    }

    /** A calculation in parentheses. */
    record Wrapped(DurationExpr inner) implements DurationExpr {
        @Override
        public int at() {
            return inner.at();
        }

        @Override
        public int end() {
            return inner.end();
        }

        @Override
        public double seconds() {
            return inner.seconds();
        }
    }

    /** In whole milliseconds, the grain of all times, cut towards zero as Prometheus does. */
    default long millis() {
        return Math.round(seconds() * 1e9) / 1_000_000;
    }
}
