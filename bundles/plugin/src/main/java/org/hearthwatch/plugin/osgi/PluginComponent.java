package org.hearthwatch.plugin.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.security.Promises;
import org.hearthwatch.plugin.Journal;
import org.hearthwatch.plugin.Outlook;
import org.hearthwatch.plugin.PluginFolder;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.weaving.WeavingHook;
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

/** The plugin engine as a component, and its own measurements. */
@Component(
        service = {Plugins.class, Collector.class},
        configurationPid = Config.PID,
        immediate = true)
@CollectorName(collector = "plugin", job = "hearthwatch")
@Designate(ocd = Config.class)
public final class PluginComponent implements Plugins, Collector {

    /** The framework property that names the folder plugins are dropped into. */
    static final String FOLDER = "hearthwatch.deploy";

    /** The framework property that says to start without plugins. */
    static final String SAFE = "hearthwatch.safe";

    private static final String HOME = "hearthwatch.home";
    private static final Logger LOG = LoggerFactory.getLogger(PluginComponent.class);

    private static final Gauge PLUGINS =
            Gauge.of("hearthwatch_plugin_files", "Jars in the plugin folder, by what became of them", "state");
    private static final Gauge IGNORED = Gauge.of(
            "hearthwatch_plugin_ignored_files", "Jars that are left alone because there are more than maxFiles");
    private static final Gauge STRAYS = Gauge.of(
            "hearthwatch_plugin_stray_threads", "Threads of plugins that are gone which ignored their interrupt");
    private static final Counter STARTS = Counter.of("hearthwatch_plugin_starts_total", "Plugins started");
    private static final Counter FAILURES =
            Counter.of("hearthwatch_plugin_start_failures_total", "Plugins that could not be started");
    private static final Counter QUARANTINES = Counter.of(
            "hearthwatch_plugin_quarantines_total", "Files found in the plugin folder that do not come in as things are");
    private static final Counter ROLL_BACKS = Counter.of(
            "hearthwatch_plugin_roll_backs_total",
            "Plugins put back to their former version because the new one failed");

    private final BundleContext context;
    private final FrameworkHost host;
    private final PluginFolder plugins;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final Thread watch;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Collectors collectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Secrets secrets;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Egress egress;

    private volatile Config.Read config;

    @Activate
    public PluginComponent(BundleContext context, Config settings) throws IOException {
        this.context = context;
        config = Config.Read.of(settings);
        Path folder = Path.of(property(FOLDER)).toAbsolutePath();
        Path state = Path.of(property("karaf.data")).toAbsolutePath().resolve("hearthwatch/plugin");
        boolean safe = Boolean.parseBoolean(context.getProperty(SAFE));
        host = new FrameworkHost(context, () -> config.settings(), () -> Optional.ofNullable(collectors));
        var trust = new TrustFolder(Path.of(property(HOME), "etc", "trust").toAbsolutePath(), InstantSource.system());
        plugins = new PluginFolder(
                new PluginFolder.Place(folder, state, safe),
                host,
                trust,
                new Journal(() -> Optional.ofNullable(audit)),
                InstantSource.system(),
                config.settings());
        offer(WeavingHook.class, new ExitWeaver());
        offer(new String[] {FindHook.class.getName(), EventListenerHook.class.getName()}, new ServiceGate(), false);
        offer(new String[] {Secrets.class.getName()}, DeclaredServices.secrets(() -> Optional.ofNullable(secrets)), true);
        offer(new String[] {Egress.class.getName()}, DeclaredServices.egress(() -> Optional.ofNullable(egress)), true);
        offer(TrustStore.class, trust);
        var outlook = new Outlook(plugins, trust, safe);
        offer(Notices.class, outlook);
        offer(Promises.class, outlook);
        if (safe) {
            LOG.warn("SAFE MODE: no plugin and no external collector is started");
        }
        watch = new Thread(new FolderWatch(folder, plugins, () -> config.rescanInterval()), "hearthwatch-plugin-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private <T> void offer(Class<T> type, T service) {
        services.push(context.registerService(type, service, null));
    }

    private void offer(String[] types, Object service, boolean forPlugins) {
        services.push(context.registerService(
                types, service, FrameworkUtil.asDictionary(Map.of(ServiceGate.FOR_PLUGINS, forPlugins))));
    }

    @Modified
    void modified(Config settings) {
        try {
            config = Config.Read.of(settings);
            plugins.use(config.settings());
        } catch (InvalidSettingException e) {
            LOG.error("{}. The former settings stay in force", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        watch.interrupt();
        watch.join(Duration.ofSeconds(1).plus(config.settings().startTimeout()).toMillis());
        // When the framework itself stops, it stops every bundle in its order.
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.STOPPING) {
            plugins.close();
        }
        while (!services.isEmpty()) {
            services.pop().unregister();
        }
    }

    @Override
    public List<Plugin> list() {
        return plugins.list();
    }

    @Override
    public Plugin approve(String sha256, String approver) throws PluginRefusal {
        return plugins.approve(sha256, approver);
    }

    @Override
    public Plugin approveDowngrade(String sha256, String approver) throws PluginRefusal {
        return plugins.approveDowngrade(sha256, approver);
    }

    @Override
    public void remove(String sha256) throws PluginRefusal {
        plugins.remove(sha256);
    }

    @Override
    public void collect(SampleSink sink) {
        List<State> states = plugins.list().stream().map(Plugin::state).toList();
        for (State state : State.values()) {
            sink.set(PLUGINS, Collections.frequency(states, state), state.name().toLowerCase(Locale.ROOT));
        }
        sink.set(IGNORED, plugins.ignored());
        sink.set(STRAYS, host.strayThreads());
        sink.set(STARTS, (double) plugins.tally().starts());
        sink.set(FAILURES, (double) plugins.tally().failures());
        sink.set(QUARANTINES, (double) plugins.tally().quarantines());
        sink.set(ROLL_BACKS, (double) plugins.tally().rollBacks());
    }

    private String property(String name) {
        String value = context.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The framework property " + name
                    + " is not set; the hearthwatch script sets it, another launcher must too");
        }
        return value;
    }
}
