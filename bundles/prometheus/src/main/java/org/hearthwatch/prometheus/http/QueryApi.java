package org.hearthwatch.prometheus.http;

import com.fasterxml.jackson.core.JsonGenerator;
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

/** {@code /query}, {@code /query_range} and {@code /format_query}. */
final class QueryApi {

    private static final long MOST_POINTS = 11_000;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(1);

    private final QueryEngine engine;
    private final InstantSource clock;

    QueryApi(QueryEngine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    void instant(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        Instant at = parameters.time("time", clock.instant());
        QueryOptions options = options(parameters);
        answer(exchange, parameters, engine.instant(parameters.needed("query"), at, options));
    }

    void range(Exchange exchange) throws IOException, ApiProblem, QueryException {
        var parameters = new Parameters(exchange);
        Instant start = parameters.time("start");
        Instant end = parameters.time("end");
        if (end.isBefore(start)) {
            throw ApiProblem.invalid("end", "end timestamp must not be before start time");
        }
        Duration step = parameters.duration("step");
        if (step.compareTo(SHORTEST_STEP) < 0) {
            throw ApiProblem.invalid(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if (Duration.between(start, end).dividedBy(step) > MOST_POINTS) {
            throw ApiProblem.badData("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                    + " query resolution (?step=XX)");
        }
        QueryOptions options = options(parameters);
        answer(exchange, parameters, engine.range(parameters.needed("query"), start, end, step, options));
    }

    void format(Exchange exchange) throws IOException, ApiProblem, QueryException {
        String formatted = engine.format(new Parameters(exchange).needed("query"));
        Answer.success(exchange, json -> json.writeString(formatted));
    }

    private static QueryOptions options(Parameters parameters) throws ApiProblem {
        return new QueryOptions(positive(parameters, "timeout"), positive(parameters, "lookback_delta"));
    }

    private static Optional<Duration> positive(Parameters parameters, String name) throws ApiProblem {
        return parameters.optionalDuration(name).filter(time -> !time.isZero() && !time.isNegative());
    }

    private static void answer(Exchange exchange, Parameters parameters, QueryResult result)
            throws IOException, ApiProblem {
        OptionalInt limit = parameters.limit("limit");
        int most = limit.orElse(Integer.MAX_VALUE);
        List<String> warnings = new ArrayList<>(result.warnings());
        if (Values.series(result.value()) > most) {
            warnings.add("results truncated due to limit");
        }
        boolean stats = parameters.text("stats").isPresent();
        Answer.success(exchange, warnings, result.infos(), json -> {
            json.writeStartObject();
            json.writeStringField("resultType", result.value().type());
            json.writeFieldName("result");
            Values.write(json, result.value(), most);
            if (stats) {
                stats(json, result);
            }
            json.writeEndObject();
        });
    }

    private static void stats(JsonGenerator json, QueryResult result) throws IOException {
        json.writeObjectFieldStart("stats");
        json.writeObjectFieldStart("samples");
        json.writeNumberField("totalQueryableSamples", result.samplesRead());
        json.writeEndObject();
        json.writeEndObject();
    }
}
