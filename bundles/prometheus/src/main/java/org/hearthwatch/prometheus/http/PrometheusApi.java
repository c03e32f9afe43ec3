package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * The query part of the Prometheus HTTP API, so that Grafana and promtool work as with Prometheus
 * (prometheus.io/docs/prometheus/latest/querying/api). Thread-safe.
 */
public final class PrometheusApi implements Routes {

    /** The Prometheus whose API this is; Grafana decides by it what it may ask for. */
    public static final String PROMETHEUS_VERSION = "3.0.0";

    private static final Guard READ = Guard.needs(Permission.read("metrics:read"));
    private static final String ROOT = "/api/v1/";

    private final QueryApi queries;
    private final SeriesApi series;
    private final String ownVersion;
    private final ApiStats stats;

    public PrometheusApi(
            QueryEngine engine, SeriesReader store, InstantSource clock, String ownVersion, ApiStats stats) {
        this.queries = new QueryApi(engine, clock);
        this.series = new SeriesApi(store);
        this.ownVersion = ownVersion;
        this.stats = stats;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                get("query", queries::instant),
                post("query", queries::instant),
                get("query_range", queries::range),
                post("query_range", queries::range),
                get("format_query", queries::format),
                post("format_query", queries::format),
                get("query_exemplars", PrometheusApi::exemplars),
                post("query_exemplars", PrometheusApi::exemplars),
                get("series", series::series),
                post("series", series::series),
                get("labels", series::labelNames),
                post("labels", series::labelNames),
                get("label/{name}/values", series::labelValues),
                get("metadata", series::metadata),
                get("status/buildinfo", this::buildInfo));
    }

    /** An endpoint, free to throw what is answered with the error envelope. */
    @FunctionalInterface
    private interface Endpoint {
        void answer(Exchange exchange) throws IOException, ApiProblem, QueryException;
    }

    private Route get(String name, Endpoint endpoint) {
        return Route.get(ROOT + name, READ, exchange -> answer(name, endpoint, exchange));
    }

    private Route post(String name, Endpoint endpoint) {
        return Route.post(ROOT + name, READ, exchange -> answer(name, endpoint, exchange));
    }

    private void answer(String name, Endpoint endpoint, Exchange exchange) throws IOException {
        int status = 200;
        try {
            endpoint.answer(exchange);
        } catch (QueryException e) {
            status = refuse(exchange, ApiProblem.of(e));
        } catch (ApiProblem e) {
            status = refuse(exchange, e);
        } catch (IllegalArgumentException e) { // a matcher's pattern that the store cannot read
            status = refuse(exchange, ApiProblem.badData(String.valueOf(e.getMessage())));
        } finally {
            stats.count(name, status);
        }
    }

    private static int refuse(Exchange exchange, ApiProblem problem) throws IOException {
        Answer.failure(exchange, problem.status(), problem.type(), problem.text());
        return problem.status();
    }

    /** Nothing here stores exemplars; Grafana asks on opening and takes an empty list for that. */
    private static void exemplars(Exchange exchange) throws IOException {
        Answer.success(exchange, json -> Answer.array(json, List.of()));
    }

    private void buildInfo(Exchange exchange) throws IOException {
        Answer.success(exchange, json -> {
            json.writeStartObject();
            json.writeStringField("version", PROMETHEUS_VERSION);
            json.writeStringField("revision", "hearthwatch-" + ownVersion);
            json.writeStringField("branch", "");
            json.writeStringField("buildUser", "");
            json.writeStringField("buildDate", "");
            json.writeStringField("goVersion", "");
            json.writeEndObject();
        });
    }
}
