package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.web.Exchange;

/** {@code /query}, {@code /query_range}, {@code /format_query} and {@code /parse_query}. */
final class QueryApi {

    private static final long MOST_POINTS = 11_000;
    private static final long MOST_SECONDS_IN_NANOS = Long.MAX_VALUE / 1_000_000_000;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(1);

    private final QueryEngine engine;
    private final InstantSource clock;
    private final Outgoing outgoing;

    QueryApi(QueryEngine engine, InstantSource clock, Outgoing outgoing) {
        this.engine = engine;
        this.clock = clock;
        this.outgoing = outgoing;
    }

    void instant(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        OptionalInt limit = parameters.limit();
        Instant at = parameters.time("time", clock.instant());
        QueryOptions options = options(parameters);
        answer(exchange, parameters, limit, asked(() -> engine.instant(query(parameters), at, options)));
    }

    void range(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        OptionalInt limit = parameters.limit();
        Instant start = parameters.time("start");
        Instant end = parameters.time("end");
        if (end.isBefore(start)) {
            throw ApiProblem.invalid("end", "end timestamp must not be before start time");
        }
        Duration step = parameters.duration("step");
        if (step.isZero() || step.isNegative()) {
            throw ApiProblem.invalid(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if (steps(Duration.between(start, end), step) > MOST_POINTS) {
            throw ApiProblem.badData("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                    + " query resolution (?step=XX)");
        }
        QueryOptions options = options(parameters);
        Duration possible = step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step;
        answer(
                exchange,
                parameters,
                limit,
                asked(() -> engine.range(query(parameters), start, end, possible, options)));
    }

    private static long steps(Duration range, Duration step) {
        // The class's own division counts in decimals, which takes longer than many a query.
        boolean inNanos = Math.max(range.toSeconds(), step.toSeconds()) < MOST_SECONDS_IN_NANOS;
        return inNanos ? range.toNanos() / step.toNanos() : range.dividedBy(step);
    }

    void format(Exchange exchange) throws IOException, ApiProblem, QueryException {
        String formatted = asked(() -> engine.format(query(new Parameters(exchange))));
        Answer.success(exchange, json -> json.string(formatted));
    }

    void parse(Exchange exchange) throws IOException, ApiProblem, QueryException {
        String tree = asked(() -> engine.tree(query(new Parameters(exchange))));
        Answer.success(exchange, json -> json.raw(tree));
    }

    private static String query(Parameters parameters) {
        return parameters.text("query").orElse("");
    }

    /** A question to the engine. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws QueryException;
    }

    /** An expression that is none is a bad parameter. */
    private static <T> T asked(Question<T> question) throws ApiProblem, QueryException {
        try {
            return question.ask();
        } catch (QueryException e) {
            if (e.kind() == QueryException.Kind.BAD_DATA) {
                throw ApiProblem.invalid("query", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static QueryOptions options(Parameters parameters) throws ApiProblem {
        Optional<Duration> timeout = Optional.empty();
        if (parameters.text("timeout").isPresent()) {
            Duration given = parameters.duration("timeout");
            if (given.isZero() || given.isNegative()) {
                throw ApiProblem.invalid("query", "context deadline exceeded");
            }
            timeout = Optional.of(given);
        }
        return new QueryOptions(timeout, lookback(parameters));
    }

    private static Optional<Duration> lookback(Parameters parameters) throws ApiProblem {
        Optional<String> given = parameters.text("lookback_delta");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            // What is not greater than zero means the engine's own, as in Prometheus.
            return Optional.of(Parameters.parsedDuration(given.get()))
                    .filter(delta -> !delta.isZero() && !delta.isNegative());
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badData("error parsing lookback delta duration: " + e.getMessage());
        }
    }

    private void answer(Exchange exchange, Parameters parameters, OptionalInt limit, QueryResult result)
            throws IOException, ApiProblem {
        Outgoing.Place place = outgoing.place(result.value());
        try {
            send(exchange, parameters, limit, result);
        } finally {
            place.close();
        }
    }

    private static void send(Exchange exchange, Parameters parameters, OptionalInt limit, QueryResult result)
            throws IOException {
        int most = limit.orElse(Integer.MAX_VALUE);
        List<String> warnings = new ArrayList<>(result.warnings());
        if (Values.series(result.value()) > most) {
            warnings.add(SeriesApi.TRUNCATED);
        }
        Optional<String> stats = parameters.text("stats");
        Answer.success(exchange, warnings, result.infos(), json -> {
            json.object().key("resultType").string(result.value().type()).key("result");
            Values.write(json, result.value(), most);
            if (stats.isPresent()) {
                StatsJson.write(json.key("stats"), result);
            }
            json.endObject();
        });
    }
}
