package org.hearthwatch.prometheus.osgi;

import java.time.Clock;
import java.util.List;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.http.ApiStats;
import org.hearthwatch.prometheus.http.PrometheusApi;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves {@code /api/v1} while there are a query engine and a store, and reports how it is used. */
@Component(service = {Routes.class, Collector.class})
@CollectorName(collector = "query-api", job = "hearthwatch")
public final class ApiComponent implements Routes, Collector {

    private static final Counter ANSWERS =
            Counter.of("hearthwatch_prometheus_api_answers_total", "Answers of the query API", "endpoint", "status");

    private final ApiStats stats = new ApiStats();
    private final PrometheusApi api;

    @Activate
    public ApiComponent(BundleContext context, @Reference QueryEngine engine, @Reference SeriesReader store) {
        this.api = new PrometheusApi(
                engine,
                store,
                Clock.systemUTC(),
                context.getBundle().getVersion().toString(),
                stats);
    }

    @Override
    public List<Route> routes() {
        return api.routes();
    }

    @Override
    public void collect(SampleSink sink) {
        stats.counts()
                .forEach((key, count) ->
                        sink.set(ANSWERS, (double) count, key.endpoint(), Integer.toString(key.status())));
    }
}
