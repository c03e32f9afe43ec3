package org.hearthwatch.collector.external.osgi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Schedule;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program, as its file says. With settings that are not allowed it does not run; after a change the former ones hold. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ExternalConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ExternalConfig.class, factory = true)
public final class ExternalComponent {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalComponent.class);
    /** So that the program's own time-out is the one that is told of. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final BundleContext context;
    private final ExternalsComponent externals;
    private final String instance;
    private Optional<Running> running = Optional.empty();

    private record Running(String name, ServiceRegistration<Collector> service) {}

    @Activate
    public ExternalComponent(
            BundleContext context,
            @Reference ExternalsComponent externals,
            ExternalConfig config,
            Map<String, Object> properties) {
        this.context = context;
        this.externals = externals;
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        instance = pid.substring(pid.indexOf('~') + 1);
        try {
            start(Settings.of(config, instance));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The program is not run until it is mended", e.getMessage());
        }
    }

    private void start(Settings settings) {
        Optional<Collector> collector = externals.add(settings.program());
        if (collector.isEmpty()) {
            LOG.warn("SAFE MODE: the external collector {} is not started", settings.program().name());
            return;
        }
        Duration most = settings.program().timeout().plus(GRACE);
        Duration timeout = most.compareTo(settings.interval()) < 0 ? most : settings.interval();
        ServiceRegistration<Collector> service = context.registerService(
                Collector.class,
                collector.get(),
                FrameworkUtil.asDictionary(Map.of(
                        CollectorName.COLLECTOR, settings.program().name(),
                        CollectorName.JOB, settings.job(),
                        Schedule.INTERVAL, HumanDuration.format(settings.interval()),
                        Schedule.TIMEOUT, HumanDuration.format(timeout))));
        running = Optional.of(new Running(settings.program().name(), service));
    }

    @Modified
    synchronized void modified(ExternalConfig config) {
        try {
            Settings settings = Settings.of(config, instance);
            stop();
            start(settings);
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before hold until it is mended", e.getMessage());
        }
    }

    @Deactivate
    synchronized void stop() {
        running.ifPresent(current -> {
            current.service().unregister();
            externals.remove(current.name());
        });
        running = Optional.empty();
    }
}
