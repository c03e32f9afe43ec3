package org.hearthwatch.collect.osgi;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.collect.CollectorRunner;
import org.hearthwatch.collect.Outlet;
import org.hearthwatch.collect.Registration;
import org.hearthwatch.collect.RunnerMetrics;
import org.hearthwatch.collect.Source;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner as a component. {@link CollectorWhiteboard} brings it the collectors: was it to bind them itself, a collector
 * that needs {@link Collectors} would close a circle.
 */
@Component(
        service = {Collectors.class, CollectComponent.class},
        configurationPid = Settings.PID)
@Designate(ocd = Config.class)
public final class CollectComponent implements Collectors {

    private static final Logger LOG = LoggerFactory.getLogger(CollectComponent.class);

    private final String ownBundle;
    private final Map<ServiceReference<Collector>, Collector> services = new HashMap<>();
    private final Map<ServiceReference<Collector>, Registration> registrations = new HashMap<>();
    private Optional<SampleWriter> store = Optional.empty();
    private volatile Engine engine;

    @Activate
    public CollectComponent(BundleContext context, Config config) {
        this.ownBundle = context.getBundle().getSymbolicName();
        Settings settings = Settings.of(config, HostName.read());
        settings.refused().forEach(refusal -> LOG.error("{}. The default holds instead", refusal));
        this.engine = new Engine(settings, ownBundle);
    }

    @Modified
    synchronized void modified(Config config) {
        Settings settings = Settings.of(config, HostName.read());
        if (!settings.refused().isEmpty()) {
            settings.refused()
                    .forEach(refusal -> LOG.error("{}. The settings before hold until it is mended", refusal));
            return;
        }
        engine.close();
        registrations.clear();
        engine = new Engine(settings, ownBundle);
        store.ifPresent(engine::connect);
        services.forEach(this::run);
    }

    @Deactivate
    synchronized void deactivate() {
        engine.close();
        registrations.clear();
    }

    /** Runs a collector until it is removed. */
    synchronized void add(ServiceReference<Collector> reference, Collector collector) {
        services.put(reference, collector);
        run(reference, collector);
    }

    /** Runs a collector by its new service properties. */
    synchronized void update(ServiceReference<Collector> reference, Collector collector) {
        end(reference);
        run(reference, collector);
    }

    synchronized void remove(ServiceReference<Collector> reference) {
        services.remove(reference);
        end(reference);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setStore(SampleWriter writer) {
        store = Optional.of(writer);
        engine.connect(writer);
    }

    synchronized void unsetStore(SampleWriter writer) {
        store = store.filter(current -> !current.equals(writer));
        engine.disconnect(writer);
    }

    @Override
    public String instance() {
        return engine.runner.instance();
    }

    @Override
    public List<CollectorStatus> list() {
        return engine.runner.list();
    }

    @Override
    public Optional<CollectorStatus> find(String name) {
        return engine.runner.find(name);
    }

    @Override
    public CollectorRun runOnce(String name) throws InterruptedException {
        return engine.runner.runOnce(name);
    }

    private void run(ServiceReference<Collector> reference, Collector collector) {
        Bundle bundle = reference.getBundle();
        var properties = new HashMap<String, Object>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        // The bundle is null when the service went in this very moment; its removal is on the way.
        Source source = engine.reader.read(collector, properties, bundle == null ? "" : bundle.getSymbolicName());
        try {
            registrations.put(reference, engine.runner.add(source));
        } catch (IllegalStateException e) {
            LOG.error(e.getMessage());
        }
    }

    private void end(ServiceReference<Collector> reference) {
        Registration registration = registrations.remove(reference);
        if (registration != null) {
            registration.close();
        }
    }

    /** All that one set of settings decides; replaced as a whole when they change. */
    private static final class Engine implements AutoCloseable {

        private final ScheduledExecutorService timer;
        private final PoolWorkers workers;
        private final SourceReader reader;
        private final CollectorRunner runner;

        Engine(Settings settings, String ownBundle) {
            var threads = new WorkerThreads();
            var calls = new ScheduledThreadPoolExecutor(1, threads);
            calls.setRemoveOnCancelPolicy(true);
            this.timer = calls;
            this.workers = new PoolWorkers(
                    settings.threads(),
                    settings.replacements(),
                    2 * settings.runner().collectors(),
                    threads);
            this.reader = new SourceReader(settings);
            this.runner = new CollectorRunner(
                    settings.runner(), Clock.systemUTC(), new ExecutorTimer(timer), workers, new Outlet());
            runner.add(new Source(
                    new RunnerMetrics(runner),
                    "collect",
                    "hearthwatch",
                    ownBundle,
                    settings.interval(),
                    settings.timeout()));
        }

        void connect(SampleWriter store) {
            runner.connect(store);
        }

        void disconnect(SampleWriter store) {
            runner.disconnect(store);
        }

        @Override
        public void close() {
            runner.close();
            timer.shutdownNow();
            workers.close();
        }
    }
}
