package org.hearthwatch.collector.runtime.osgi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.health.Finding;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line for each setting that is not allowed, when its file is saved and when the bundle it is for starts. */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigurationWatch implements ConfigurationListener, BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final int REMEMBERED = 1000;

    private final BundleContext context;
    private final Configurations configurations;
    private final Set<Finding> logged = new HashSet<>();

    @Activate
    public ConfigurationWatch(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.configurations = new Configurations(context, admin);
        context.addBundleListener(this);
        log(configurations.examine());
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            List<Finding> findings = configurations.examine(event.getPid());
            forget(findings);
            log(findings);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED) {
            log(configurations.examine(event.getBundle()));
        }
    }

    /** Whoever saves a file anew is told anew. */
    private synchronized void forget(List<Finding> findings) {
        logged.removeAll(Set.copyOf(findings));
    }

    private synchronized void log(List<Finding> findings) {
        if (logged.size() > REMEMBERED) {
            logged.clear();
        }
        for (Finding finding : findings) {
            if (finding.severity() != Finding.Severity.INFO && logged.add(finding)) {
                LOG.error("{}: {}", finding.subject(), finding.problem());
            }
        }
    }
}
