package org.hearthwatch.collect.osgi;

import java.time.Duration;
import java.time.InstantSource;
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

/** The inventory as a component: looks again every half minute, and at once when a source comes. */
@Component(
        service = {Inventory.class, Collector.class},
        immediate = true)
@CollectorName(collector = "inventory", job = "hearthwatch")
public final class InventoryComponent implements Inventory, Collector {

    private static final Duration EVERY = Duration.ofSeconds(30);

    /** Long enough for a question over the network with its retries. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_THREADS = 32;

    static final Gauge ENTITIES = Gauge.of("hearthwatch_collect_inventory_entities", "Entities of the inventory");
    static final Gauge EDGES = Gauge.of("hearthwatch_collect_inventory_edges", "Edges of the inventory");
    static final Gauge REFUSED = Gauge.of(
            "hearthwatch_collect_inventory_refused", "Entities, edges and ties that the inventory has no room for");
    static final Gauge SOURCES = Gauge.of("hearthwatch_collect_inventory_sources", "Sources of the inventory");
    static final Gauge FAILING = Gauge.of(
            "hearthwatch_collect_inventory_sources_failing",
            "Sources of the inventory that could not report last time");
    static final Gauge HANGING = Gauge.of(
            "hearthwatch_collect_inventory_sources_hanging",
            "Sources of the inventory that were interrupted and still do not answer");

    private final InventoryBook book = new InventoryBook(InventoryGraph.Limits.DEFAULT);
    private final InventoryLanes lanes;
    private @Nullable SeriesLookup series;
    private @Nullable QueryEngine engine;
    private @Nullable InventorySource survey;

    @Activate
    public InventoryComponent(@Reference Collectors collectors) {
        this(collectors, PATIENCE);
    }

    InventoryComponent(Collectors collectors, Duration patience) {
        lanes = new InventoryLanes(book, collectors::instance, EVERY, patience, MOST_THREADS);
    }

    @Deactivate
    void deactivate() {
        lanes.close();
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
        sink.set(SOURCES, lanes.sources());
        sink.set(FAILING, (double) lanes.failing());
        sink.set(HANGING, (double) lanes.hanging());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSource(InventorySource source) {
        lanes.add(source);
    }

    void removeSource(InventorySource source) {
        lanes.remove(source);
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
