package org.hearthwatch.api.query;

import java.time.Duration;
import java.util.Optional;

/**
 * How a question is to be answered, where it differs from the engine's configuration.
 *
 * @param timeout give up after this, if it is shorter than the engine's own limit
 * @param lookback how far back an instant selector looks; the engine's own (5 min) where empty
 */
public record QueryOptions(Optional<Duration> timeout, Optional<Duration> lookback) {

    /** As configured. */
    public static final QueryOptions DEFAULT = new QueryOptions(Optional.empty(), Optional.empty());

    /** As configured, but giving up earlier. */
    public static QueryOptions within(Duration timeout) {
        return new QueryOptions(Optional.of(timeout), Optional.empty());
    }

    public QueryOptions withLookback(Duration lookback) {
        return new QueryOptions(timeout, Optional.of(lookback));
    }
}
