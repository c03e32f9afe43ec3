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
    QueryResult instant(String expression, Instant at) throws QueryException;

    /**
     * The value of an expression at every step from start to end, both included.
     *
     * @param step greater than zero; at most 11 000 points a series, as in Prometheus
     */
    QueryResult range(String expression, Instant start, Instant end, Duration step) throws QueryException;

    /** As {@link #instant}, giving up after a time shorter than the engine's own limit. */
    QueryResult instant(String expression, Instant at, Duration timeout) throws QueryException;

    /** As {@link #range}, giving up after a time shorter than the engine's own limit. */
    QueryResult range(String expression, Instant start, Instant end, Duration step, Duration timeout)
            throws QueryException;

    /**
     * Checks an expression without evaluating it and gives it back in the canonical layout.
     *
     * @throws QueryException of kind {@code BAD_DATA} if it does not parse
     */
    String format(String expression) throws QueryException;
}
