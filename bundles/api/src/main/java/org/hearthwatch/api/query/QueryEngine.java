package org.hearthwatch.api.query;

import java.time.Duration;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers PromQL. Bounded in time, samples and result size by its configuration; what passes a bound is refused, never
 * cut short silently. Thread-safe.
 */
@ProviderType
public interface QueryEngine {

    /** The value of an expression at one moment. */
    default QueryResult instant(String expression, Instant at) throws QueryException {
        return instant(expression, at, QueryOptions.DEFAULT);
    }

    /** The value of an expression at every step from start to end, both included. */
    default QueryResult range(String expression, Instant start, Instant end, Duration step) throws QueryException {
        return range(expression, start, end, step, QueryOptions.DEFAULT);
    }

    /** The value of an expression at one moment. */
    QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException;

    /**
     * The value of an expression at every step from start to end, both included.
     *
     * @param step greater than zero; at most 11 000 points a series, as in Prometheus
     */
    QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException;

    /**
     * Checks an expression without evaluating it and gives it back in the canonical layout.
     *
     * @throws QueryException of kind {@code BAD_DATA} if it does not parse
     */
    String format(String expression) throws QueryException;

    /**
     * The syntax tree of an expression as one JSON object, in the form of Prometheus's {@code /api/v1/parse_query}.
     *
     * @throws QueryException of kind {@code BAD_DATA} if it does not parse, {@code UNAVAILABLE} from an engine that keeps
     *     its trees to itself
     */
    default String tree(String expression) throws QueryException {
        throw new QueryException(
                QueryException.Kind.UNAVAILABLE, "this engine does not show the tree of an expression");
    }
}
