package org.hearthwatch.transport.osgi;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.transport.egress.AuthorityFiles;
import org.hearthwatch.transport.egress.EgressFigures;
import org.hearthwatch.transport.egress.EgressGate;
import org.hearthwatch.transport.egress.EgressRules;
import org.hearthwatch.transport.egress.OutgoingTls;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the gate for outgoing connections up. With settings that are wrong from the start nothing may leave. */
@Component(
        service = {},
        immediate = true,
        configurationPid = TransportConfig.PID)
@Designate(ocd = TransportConfig.class)
public final class TransportComponent {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private volatile Settings settings;

    @Activate
    public TransportComponent(BundleContext context, TransportConfig config) {
        settings = Settings.of(config);
        var figures = new EgressFigures();
        var files = new AuthorityFiles();
        var tls = new OutgoingTls(this::rules, () -> files.certificates(settings.authorities()), figures);
        var gate = new EgressGate(this::rules, InetAddress::getAllByName, tls, figures);
        services.push(context.registerService(
                Collector.class,
                figures,
                FrameworkUtil.asDictionary(
                        Map.of(CollectorName.COLLECTOR, "transport", CollectorName.JOB, "hearthwatch"))));
        services.push(context.registerService(Egress.class, gate, FrameworkUtil.asDictionary(Map.of())));
    }

    private EgressRules rules() {
        return settings.egress();
    }

    /** Takes other settings; wrong ones are reported and those before stay. */
    @Modified
    public void modified(TransportConfig config) {
        try {
            settings = Settings.of(config);
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    @Deactivate
    public void deactivate() {
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
    }
}
