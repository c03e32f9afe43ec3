package org.hearthwatch.query.syntax;

import java.util.Optional;

/**
 * Where in time a selector or subquery looks.
 *
 * @param offset how far back; negative is forward
 * @param at the moment that stands in for the evaluation time
 */
public record Shift(Optional<DurationExpr> offset, At at) {

    /** The evaluation time itself. */
    public static final Shift NONE = new Shift(Optional.empty(), new At.Evaluation());

    /** Whether there is an offset to tell of: a literal of zero is none, a calculation is one whatever it comes to. */
    boolean isOffset() {
        return offset.filter(length -> !(length instanceof DurationExpr.Literal) || length.millis() != 0)
                .isPresent();
    }

    public long offsetMillis() {
        return offset.map(DurationExpr::millis).orElse(0L);
    }

    /** An {@code @} modifier. */
    public sealed interface At {

        /** None: the evaluation time counts. */
        record Evaluation() implements At {}

        /** {@code @ start()}: where the query begins. */
        record Start() implements At {}

        /** {@code @ end()}: where the query ends. */
        record End() implements At {}

        /** {@code @ 1700000000}, in milliseconds since the Unix epoch. */
        record Moment(long millis) implements At {}
    }
}
