package org.hearthwatch.store.exemplar;

import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** Reports how an {@link ExemplarRing} is filled. Thread-safe. */
public final class ExemplarCollector implements Collector {

    static final Gauge EXEMPLARS = Gauge.of("hearthwatch_store_exemplars", "Exemplars in memory");
    static final Gauge LIMIT = Gauge.of("hearthwatch_store_exemplars_limit", "Exemplars there may be");
    static final Gauge SERIES = Gauge.of("hearthwatch_store_exemplar_series", "Series with an exemplar in memory");
    static final Counter APPENDED =
            Counter.of("hearthwatch_store_exemplars_appended_total", "Exemplars accepted since the start");
    static final Counter DROPPED =
            Counter.of("hearthwatch_store_exemplars_dropped_total", "Exemplars that made room for newer ones");
    static final Counter REFUSED = Counter.of(
            "hearthwatch_store_exemplars_refused_total", "Exemplars refused because their labels are too long");

    private final ExemplarRing ring;

    public ExemplarCollector(ExemplarRing ring) {
        this.ring = ring;
    }

    @Override
    public void collect(SampleSink sink) {
        ExemplarRing.Figures figures = ring.figures();
        sink.set(EXEMPLARS, (double) figures.exemplars());
        sink.set(LIMIT, (double) ring.limit());
        sink.set(SERIES, (double) figures.series());
        sink.set(APPENDED, (double) figures.appended());
        sink.set(DROPPED, (double) figures.dropped());
        sink.set(REFUSED, (double) figures.refused());
    }
}
