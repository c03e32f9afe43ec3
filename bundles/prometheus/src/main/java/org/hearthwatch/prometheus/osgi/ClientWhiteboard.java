package org.hearthwatch.prometheus.osgi;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.prometheus.client.ClientCollector;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Offers every {@code io.prometheus.client.Collector} service as one of our collectors, with the same service properties:
 * a plugin written for the Prometheus client needs nothing of ours.
 */
@Component(
        service = {},
        immediate = true)
public final class ClientWhiteboard {

    private final BundleContext context;
    private final Map<ServiceReference<?>, ServiceRegistration<Collector>> offered = new HashMap<>();

    @Activate
    public ClientWhiteboard(BundleContext context) {
        this.context = context;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updateClient")
    synchronized void addClient(
            ServiceReference<io.prometheus.client.Collector> reference, io.prometheus.client.Collector collector) {
        offered.put(
                reference,
                context.registerService(Collector.class, new ClientCollector(collector), properties(reference)));
    }

    synchronized void updateClient(ServiceReference<io.prometheus.client.Collector> reference) {
        ServiceRegistration<Collector> registration = offered.get(reference);
        if (registration != null) {
            registration.setProperties(properties(reference));
        }
    }

    synchronized void removeClient(ServiceReference<io.prometheus.client.Collector> reference) {
        ServiceRegistration<Collector> registration = offered.remove(reference);
        if (registration != null) {
            registration.unregister();
        }
    }

    @Deactivate
    synchronized void deactivate() {
        offered.values().forEach(ServiceRegistration::unregister);
        offered.clear();
    }

    private static Dictionary<String, Object> properties(ServiceReference<?> reference) {
        var properties = new HashMap<String, Object>();
        for (String key : reference.getPropertyKeys()) {
            if (!key.equals(Constants.OBJECTCLASS)) {
                properties.put(key, reference.getProperty(key));
            }
        }
        Bundle bundle = reference.getBundle();
        String name = bundle == null ? "prometheus-client" : bundle.getSymbolicName();
        properties.putIfAbsent(CollectorName.COLLECTOR, name);
        return FrameworkUtil.asDictionary(properties);
    }
}
