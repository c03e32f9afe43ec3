package org.hearthwatch.alert.osgi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.inventory.InventoryFile;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.rule.RuleFolder;
import org.hearthwatch.alert.rule.RulePack;
import org.hearthwatch.api.alert.AlertSink;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.RefusedRules;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.store.SampleWriter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rule files, keeps them evaluated and tells whoever wants to know of the alerts. */
@Component(
        service = {RuleMonitor.class, Collector.class},
        configurationPid = AlertSettings.PID,
        immediate = true)
@CollectorName(collector = "alert", job = "hearthwatch")
@Designate(ocd = AlertConfig.class)
public final class AlertComponent implements RuleMonitor, Collector {

    /** The framework property that names the folder with {@code etc} in it. */
    static final String HOME = "hearthwatch.home";

    private static final Logger LOG = LoggerFactory.getLogger(AlertComponent.class);

    /** How long evaluations may go on when the bundle stops. */
    private static final long PATIENCE_SECONDS = 10;

    private final QueryEngine engine;
    private final SampleWriter writer;
    private final List<AlertSink> sinks = new CopyOnWriteArrayList<>();
    private final AtomicLong sinkFailures = new AtomicLong();
    private final InstantSource clock = InstantSource.system();
    private final ScheduledThreadPoolExecutor threads;
    private final BundleContext context;
    private final RuleFolder folder;
    private final InventoryFile inventory;
    private Optional<RulePack> pack = Optional.empty();
    private final RuleRunner runner;
    private final Set<RefusedRules> told = new HashSet<>();
    private Optional<ServiceRegistration<InventorySource>> declared = Optional.empty();
    private volatile AlertSettings settings;
    private volatile boolean settingsChanged = true;

    @Activate
    public AlertComponent(
            BundleContext context, @Reference QueryEngine engine, @Reference SampleWriter writer, AlertConfig config) {
        this.context = context;
        this.engine = engine;
        this.writer = writer;
        settings = read(config).orElse(AlertSettings.DEFAULT);
        threads = AlertThreads.pool(settings.threads() + 1);
        Path home = Path.of(String.valueOf(context.getProperty(HOME))).toAbsolutePath();
        folder = new RuleFolder(home.resolve("etc"), new RuleFileReader(engine, false), clock, System.getenv());
        inventory = new InventoryFile(home.resolve("etc"), clock);
        runner = new RuleRunner(threads, clock);
        threads.execute(this::rescan);
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    void modified(AlertConfig config) {
        read(config).ifPresent(changed -> {
            settings = changed;
            settingsChanged = true;
            threads.setCorePoolSize(changed.threads() + 1);
        });
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        threads.shutdownNow();
        runner.halt();
        synchronized (this) {
            declared.ifPresent(ServiceRegistration::unregister);
            declared = Optional.empty();
        }
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("An evaluation of rules does not end; its thread is left behind");
        }
    }

    private static Optional<AlertSettings> read(AlertConfig config) {
        try {
            return Optional.of(AlertSettings.of(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSink(AlertSink sink) {
        sinks.add(sink);
    }

    void removeSink(AlertSink sink) {
        sinks.remove(sink);
    }

    private void rescan() {
        look();
        if (!threads.isShutdown()) {
            Future<?> unused =
                    threads.schedule(this::rescan, settings.rescanInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void reload() throws AlertingRefusal {
        look();
        List<String> problems = refused().stream()
                .flatMap(file -> file.problems().stream().map(problem -> "etc/" + file.file() + ":" + problem))
                .toList();
        if (!problems.isEmpty()) {
            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, String.join("; ", problems));
        }
    }

    private synchronized void look() {
        if (threads.isShutdown()) {
            return;
        }
        try {
            boolean changed = folder.refresh();
            if (pack.isEmpty()) {
                // Here, not when activated: the rest of the start would wait for it.
                pack = Optional.of(new RulePack());
            }
            if (changed || settingsChanged) {
                settingsChanged = false;
                var surroundings = new GroupEvaluation.Surroundings(
                        engine, writer, this::tell, settings.with(folder.globals()), System::nanoTime);
                Map<String, RuleFile> files = pack.orElseThrow().with(folder.files(), settings.pack());
                runner.use(files, surroundings);
                LOG.info(
                        "{} rules in {} files are evaluated",
                        files.values().stream().mapToInt(file -> file.size()).sum(),
                        files.size());
            }
            if (inventory.refresh()) {
                declare();
            }
            report(refused());
        } catch (RuntimeException e) {
            LOG.error("Looking for rule files failed unexpectedly; those in force go on", e);
        }
    }

    /** Offers what is declared now in place of what was before, so that whoever keeps the inventory hears of it at once. */
    private void declare() {
        Optional<ServiceRegistration<InventorySource>> before = declared;
        declared = inventory.report().map(report -> {
            InventorySource source = instance -> report;
            return context.registerService(InventorySource.class, source, FrameworkUtil.asDictionary(Map.of()));
        });
        before.ifPresent(ServiceRegistration::unregister);
    }

    /** Each refusal is logged once. */
    private void report(List<RefusedRules> refused) {
        told.retainAll(refused);
        for (RefusedRules file : refused) {
            if (told.add(file)) {
                String where = "etc/" + file.file() + ":";
                LOG.error(
                        "A file is refused, and what it said before goes on: {}{}",
                        where,
                        String.join("; " + where, file.problems()));
            }
        }
    }

    private void tell(List<RaisedAlert> alerts) {
        for (AlertSink sink : sinks) {
            try {
                sink.accept(alerts);
            } catch (RuntimeException e) {
                sinkFailures.incrementAndGet();
                LOG.error("{} did not take {} alerts", sink.getClass().getName(), alerts.size(), e);
            }
        }
    }

    @Override
    public List<RuleGroupStatus> groups() {
        return runner.groups().stream().map(GroupEvaluation::status).toList();
    }

    @Override
    public List<RefusedRules> refused() {
        return Stream.concat(folder.refused().stream(), inventory.refused().stream())
                .toList();
    }

    @Override
    public void collect(SampleSink sink) {
        AlertMetrics.report(runner.groups(), refused().size(), sinkFailures.get(), sink);
    }
}
