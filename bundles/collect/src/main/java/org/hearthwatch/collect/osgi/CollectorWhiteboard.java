package org.hearthwatch.collect.osgi;

import org.hearthwatch.api.collect.Collector;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Brings every {@link Collector} service to the runner, and takes it away again. */
@Component(
        service = {},
        immediate = true)
public final class CollectorWhiteboard {

    private final CollectComponent runner;

    @Activate
    public CollectorWhiteboard(@Reference CollectComponent runner) {
        this.runner = runner;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updateCollector")
    void addCollector(ServiceReference<Collector> reference, Collector collector) {
        runner.add(reference, collector);
    }

    void updateCollector(ServiceReference<Collector> reference, Collector collector) {
        runner.update(reference, collector);
    }

    void removeCollector(ServiceReference<Collector> reference) {
        runner.remove(reference);
    }
}
