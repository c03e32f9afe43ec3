package org.hearthwatch.query.evaluation;

import java.util.List;
import org.hearthwatch.api.query.QueryValue;

/** What an expression came to, by its type. */
sealed interface Answer {

    /** A number for every step. */
    @SuppressWarnings("ArrayRecordComponent") // a column, handed over
    record Scalar(double[] cells) implements Answer {}

    /** One text. */
    record Text(String value) implements Answer {}

    /** Series with a cell for every step. */
    record Vector(List<Row> rows) implements Answer {}

    /** Series with samples of their own times. */
    record Matrix(List<QueryValue.Series> series) implements Answer {}
}
