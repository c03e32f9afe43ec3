package org.hearthwatch.query.remote;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryValue;

/**
 * The envelope of Prometheus's API, read. What is not there is empty.
 *
 * @param success whether the status is {@code success}
 * @param value a query's result
 * @param texts a list of names or values
 * @param series a list of label sets
 */
record RemoteAnswer(
        boolean success,
        String errorType,
        String error,
        Optional<QueryValue> value,
        List<String> texts,
        List<Labels> series,
        List<String> warnings,
        List<String> infos) {}
