package org.hearthwatch.prometheus.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.http.json.JsonOut;

/**
 * The reading and looking-after part of the Prometheus HTTP API, so that Grafana, promtool and Prometheus work as with
 * Prometheus (prometheus.io/docs/prometheus/latest/querying/api). Thread-safe.
 */
public final class PrometheusApi implements Routes {

    private static final Guard READ = Guard.needs(Permission.read("metrics:read"));
    private static final Guard ADMIN = Guard.needs(Permission.admin("store:manage"));
    private static final Guard SCRAPE = Guard.openOnLoopback(Permission.read("metrics:read"));
    private static final String ROOT = "/api/v1/";

    private final ApiStats stats;
    private final List<Route> routes = new ArrayList<>();

    /** @param ownVersion of this program */
    public PrometheusApi(
            QueryEngine engine,
            SeriesLookup lookup,
            SeriesReader store,
            Services services,
            InstantSource clock,
            String ownVersion,
            Supplier<ApiSettings> settings,
            ApiStats stats) {
        this.stats = stats;
        asking(
                new QueryApi(engine, clock, new Outgoing(stats.outgoing())),
                new ExemplarApi(engine, services.exemplars()),
                new SeriesApi(lookup, store));
        looking(new TargetsApi(services.collectors(), store, clock), new RulesApi(services.rules()));
        var build = new BuildInfo(ownVersion);
        status(new StatusApi(services, build, clock, settings));
        administration(new AdminApi(services.admin(), settings, clock));
        var federation = new Federation(store, clock, settings);
        routes.add(Route.get("/federate", SCRAPE, exchange -> answer("federate", federation::federate, exchange)));
        routes.add(Route.get(
                "/version", SCRAPE, exchange -> answer("version", each -> version(build, each), exchange)));
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private void asking(QueryApi queries, ExemplarApi exemplars, SeriesApi series) {
        getAndPost("query", queries::instant);
        getAndPost("query_range", queries::range);
        getAndPost("query_exemplars", exemplars::exemplars);
        getAndPost("format_query", queries::format);
        getAndPost("parse_query", queries::parse);
        getAndPost("series", series::series);
        routes.add(Route.delete(ROOT + "series", READ, exchange -> answer("series", PrometheusApi::nobody, exchange)));
        getAndPost("labels", series::labelNames);
        get("label/{name}/values", series::labelValues);
        get("metadata", series::metadata);
    }

    private void looking(TargetsApi targets, RulesApi rules) {
        get("targets", targets::targets);
        get("targets/metadata", targets::metadata);
        get("scrape_pools", targets::pools);
        get("rules", rules::rules);
        get("alerts", rules::alerts);
        get("alertmanagers", PrometheusApi::alertmanagers);
    }

    private void status(StatusApi status) {
        get("status/buildinfo", status::buildInfo);
        get("status/runtimeinfo", status::runtimeInfo);
        get("status/config", status::config);
        get("status/flags", status::flags);
        get("status/tsdb", status::tsdb);
        get("status/tsdb/blocks", status::blocks);
        get("status/walreplay", status::walReplay);
        get("notifications", status::notifications);
        get("notifications/live", status::notificationsLive);
    }

    private void administration(AdminApi admin) {
        change("admin/tsdb/snapshot", admin::snapshot);
        change("admin/tsdb/delete_series", admin::deleteSeries);
        change("admin/tsdb/clean_tombstones", admin::cleanTombstones);
    }

    /** An endpoint, free to throw what is answered with the error envelope. */
    @FunctionalInterface
    private interface Endpoint {
        void answer(Exchange exchange) throws IOException, ApiProblem, QueryException, HttpProblem;
    }

    private void get(String name, Endpoint endpoint) {
        routes.add(Route.get(ROOT + name, READ, exchange -> answer(name, endpoint, exchange)));
    }

    private void getAndPost(String name, Endpoint endpoint) {
        get(name, endpoint);
        routes.add(Route.post(ROOT + name, READ, exchange -> answer(name, endpoint, exchange)));
    }

    private void change(String name, Endpoint endpoint) {
        routes.add(Route.post(ROOT + name, ADMIN, exchange -> answer(name, endpoint, exchange)));
        routes.add(Route.put(ROOT + name, ADMIN, exchange -> answer(name, endpoint, exchange)));
    }

    private void answer(String name, Endpoint endpoint, Exchange exchange) throws IOException, HttpProblem {
        int status = 200;
        try {
            endpoint.answer(exchange);
        } catch (QueryException e) {
            status = refuse(exchange, ApiProblem.of(e));
        } catch (ApiProblem e) {
            status = refuse(exchange, e);
        } catch (IllegalArgumentException e) { // a matcher's pattern that the store cannot read
            status = refuse(exchange, ApiProblem.badData(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) { // a pattern that is within the bounds, but not for the stack of this thread
            status = refuse(
                    exchange,
                    ApiProblem.of(new QueryException(
                            QueryException.Kind.EXECUTION,
                            "a pattern is too deep to be matched; ask with a simpler one")));
        } finally {
            stats.count(name, status);
        }
    }

    private static int refuse(Exchange exchange, ApiProblem problem) throws IOException {
        Answer.failure(exchange, problem.status(), problem.type(), problem.text());
        return problem.status();
    }

    /** Prometheus has this route too, and nothing behind it. */
    private static void nobody(Exchange exchange) throws ApiProblem {
        throw ApiProblem.internal("not implemented");
    }

    private static void alertmanagers(Exchange exchange) throws IOException {
        Answer.success(
                exchange,
                json -> json.object()
                        .key("activeAlertmanagers")
                        .array()
                        .endArray()
                        .key("droppedAlertmanagers")
                        .array()
                        .endArray()
                        .endObject());
    }

    private static void version(BuildInfo build, Exchange exchange) throws IOException {
        var text = new ByteArrayOutputStream();
        try (var json = new JsonOut(text)) {
            build.write(json);
        }
        text.write('\n');
        exchange.respond(200, "text/plain; charset=utf-8", text.toByteArray());
    }
}
