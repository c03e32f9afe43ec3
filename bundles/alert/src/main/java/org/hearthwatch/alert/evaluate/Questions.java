package org.hearthwatch.alert.evaluate;

import java.time.Instant;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryValue;

/** Asks what rules ask: the samples of an expression at a moment. */
record Questions(QueryEngine engine) {

    List<Sample> ask(String expression, Instant at) throws RuleException {
        try {
            QueryValue value = engine.instant(expression, at).value();
            if (value instanceof QueryValue.Vector vector) {
                return vector.samples();
            }
            if (value instanceof QueryValue.Scalar scalar) {
                return List.of(new Sample(Labels.EMPTY, scalar.timestamp(), scalar.value()));
            }
            throw new RuleException("rule result is not a vector or scalar");
        } catch (QueryException e) {
            throw new RuleException(String.valueOf(e.getMessage()));
        }
    }
}
