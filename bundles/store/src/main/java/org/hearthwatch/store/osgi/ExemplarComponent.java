package org.hearthwatch.store.osgi;

import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.store.exemplar.ExemplarCollector;
import org.hearthwatch.store.exemplar.ExemplarRing;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers the newest exemplars as a service; they need no disk and are there at once. */
@Component(service = ExemplarStore.class, immediate = true)
public final class ExemplarComponent implements ExemplarStore {

    /** About 6 MB when full. */
    private static final int MOST = 20_000;

    private static final int MOST_OF_SERIES = 50;

    private final ExemplarRing ring = new ExemplarRing(MOST, MOST_OF_SERIES);
    private final ServiceRegistration<Collector> collector;

    /** Registers its metrics, too. */
    @Activate
    public ExemplarComponent(BundleContext context) {
        collector = context.registerService(
                Collector.class,
                new ExemplarCollector(ring),
                FrameworkUtil.asDictionary(
                        Map.of(CollectorName.COLLECTOR, "exemplars", CollectorName.JOB, "hearthwatch")));
    }

    @Deactivate
    void close() {
        collector.unregister();
    }

    @Override
    public void add(List<Exemplar> exemplars) {
        ring.add(exemplars);
    }

    @Override
    public List<Exemplar> select(List<List<Matcher>> selectors, long from, long to) {
        return ring.select(selectors, from, to);
    }
}
