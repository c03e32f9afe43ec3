package org.hearthwatch.collect.osgi;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.collect.inventory.InventoryBook;
import org.hearthwatch.collect.inventory.SeriesSurvey;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inventory as a component: looks again every half minute, and at once when a source comes or goes. */
@Component(
        service = {Inventory.class, Collector.class},
        immediate = true)
@CollectorName(collector = "inventory", job = "hearthwatch")
public final class InventoryComponent implements Inventory, Collector {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryComponent.class);

    private static final long EVERY_SECONDS = 30;

    static final Gauge ENTITIES = Gauge.of("hearthwatch_collect_inventory_entities", "Entities of the inventory");
    static final Gauge EDGES = Gauge.of("hearthwatch_collect_inventory_edges", "Edges of the inventory");
    static final Gauge REFUSED = Gauge.of(
            "hearthwatch_collect_inventory_refused", "Entities, edges and ties that the inventory has no room for");

    private final Collectors collectors;
    private final InventoryBook book = new InventoryBook(InventoryGraph.Limits.DEFAULT, this::failed);
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, new WorkerThreads());
    private Set<InventorySource> failed = Set.of();
    private Set<InventorySource> failing = new HashSet<>();
    private @Nullable SeriesLookup series;
    private @Nullable QueryEngine engine;
    private @Nullable InventorySource survey;

    @Activate
    public InventoryComponent(@Reference Collectors collectors) {
        this.collectors = collectors;
        var unused = thread.scheduleWithFixedDelay(this::look, 1, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            failing = new HashSet<>();
            book.look(collectors.instance());
            failed = failing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The inventory could not be taken; what is known of it stays", e);
        }
    }

    private void lookSoon() {
        thread.execute(this::look);
    }

    /** Is told once of one that goes on failing. */
    private void failed(InventorySource source, Exception why) {
        failing.add(source);
        if (!failed.contains(source)) {
            LOG.warn("A source of the inventory cannot report, what it reported before stays: {}", why.getMessage());
        }
    }

    @Override
    public InventoryGraph graph() {
        return book.graph();
    }

    @Override
    public void collect(SampleSink sink) {
        InventoryGraph graph = book.graph();
        sink.set(ENTITIES, graph.entities().size());
        sink.set(EDGES, graph.edges().size());
        sink.set(REFUSED, graph.refused());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSource(InventorySource source) {
        book.add(source);
        lookSoon();
    }

    void removeSource(InventorySource source) {
        book.remove(source);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setSeries(SeriesLookup lookup) {
        series = lookup;
        surveyAnew();
    }

    synchronized void unsetSeries(SeriesLookup lookup) {
        if (series == lookup) {
            series = null;
            surveyAnew();
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setEngine(QueryEngine known) {
        engine = known;
        surveyAnew();
    }

    synchronized void unsetEngine(QueryEngine known) {
        if (engine == known) {
            engine = null;
            surveyAnew();
        }
    }

    private void surveyAnew() {
        if (survey != null) {
            removeSource(survey);
            survey = null;
        }
        if (series != null && engine != null) {
            survey = new SeriesSurvey(series, engine, InstantSource.system());
            addSource(survey);
        }
    }
}
