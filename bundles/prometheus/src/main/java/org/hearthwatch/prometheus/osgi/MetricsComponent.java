package org.hearthwatch.prometheus.osgi;

import java.time.Clock;
import java.util.List;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.exposition.Exposition;
import org.hearthwatch.prometheus.exposition.MetricsPage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves {@code /metrics} while there is a store, and reports how it is used. */
@Component(service = {Routes.class, Collector.class})
@CollectorName(collector = "exposition", job = "hearthwatch")
public final class MetricsComponent implements Routes, Collector {

    private static final Counter SCRAPES =
            Counter.of("hearthwatch_prometheus_scrapes_total", "Times /metrics was written");
    private static final Gauge SERIES =
            Gauge.of("hearthwatch_prometheus_exposed_series", "Series at the newest writing of /metrics");
    private static final Gauge DUPLICATES = Gauge.of(
            "hearthwatch_prometheus_duplicate_series",
            "Series left out of the newest writing of /metrics because another looks the same without job and instance");

    private final Exposition exposition;

    @Activate
    public MetricsComponent(@Reference SeriesReader store, @Reference Collectors collectors) {
        this.exposition = new Exposition(store, collectors::instance, Clock.systemUTC());
    }

    @Override
    public List<Route> routes() {
        return new MetricsPage(exposition).routes();
    }

    @Override
    public void collect(SampleSink sink) {
        sink.set(SCRAPES, (double) exposition.scrapes());
        sink.set(SERIES, exposition.series());
        sink.set(DUPLICATES, exposition.duplicates());
    }
}
