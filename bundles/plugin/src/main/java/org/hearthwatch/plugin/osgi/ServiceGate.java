package org.hearthwatch.plugin.osgi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearthwatch.api.store.StoreAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Which services plugins see. What has to do with secrets, people, connections, records and settings is hidden from them, and
 * in place of {@code Secrets} and {@code Egress} stand gates of ours that hand out what the plugin declared. What plugins offer
 * of that kind is hidden from the appliance. This is what OSGi's own registry answers; it is no sandbox.
 */
final class ServiceGate implements FindHook, EventListenerHook {

    /** The property of the gates that stand in for the services themselves. */
    static final String FOR_PLUGINS = "hearthwatch.for.plugins";

    private static final List<String> PACKAGES = List.of(
            "org.hearthwatch.api.access.",
            "org.hearthwatch.api.audit.",
            "org.hearthwatch.api.backup.",
            "org.hearthwatch.api.net.",
            "org.hearthwatch.api.plugin.",
            "org.hearthwatch.api.secret.",
            "org.hearthwatch.api.security.",
            "org.osgi.service.cm.ConfigurationAdmin",
            "org.osgi.framework.hooks.",
            StoreAdmin.class.getName());

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        boolean plugin = FrameworkHost.isPlugin(context.getBundle());
        references.removeIf(reference -> isHidden(reference, plugin));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        ServiceReference<?> reference = event.getServiceReference();
        if (isSensitive(reference)) {
            listeners
                    .keySet()
                    .removeIf(context -> isHidden(reference, FrameworkHost.isPlugin(context.getBundle())));
        }
    }

    private static boolean isHidden(ServiceReference<?> reference, boolean fromPlugin) {
        if (!isSensitive(reference)) {
            return false;
        }
        Bundle owner = reference.getBundle();
        boolean ofPlugin = owner != null && FrameworkHost.isPlugin(owner);
        boolean gate = !ofPlugin && Boolean.TRUE.equals(reference.getProperty(FOR_PLUGINS));
        return fromPlugin ? !gate && !ofPlugin : gate || ofPlugin;
    }

    private static boolean isSensitive(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Stream.of(types).anyMatch(type -> PACKAGES.stream().anyMatch(type::startsWith));
    }
}
