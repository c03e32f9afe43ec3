package org.hearthwatch.alert.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hearthwatch.alert.api.AlertmanagerApi;
import org.hearthwatch.alert.api.LinkRoutes;
import org.hearthwatch.alert.api.SignedLinks;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.SelfWatch;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.notify.SwitchboardRouting;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertSink;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.api.web.Routes;
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
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts in and lets messages go out. Its files are opened on its own thread, so that the appliance's start does not
 * wait for them; alerts that come before wait.
 */
@Component(
        service = {AlertSink.class, Collector.class},
        configurationPid = AlertSettings.PID,
        immediate = true)
@CollectorName(collector = "alert-routing", job = "hearthwatch")
public final class RoutingComponent implements AlertSink, Collector, SwitchboardRouting.Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingComponent.class);

    /** How often it is looked at whether rules are evaluated. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final long PATIENCE_SECONDS = 10;
    private static final long IDLE_SECONDS = 30;

    private final BundleContext context;
    private final InstantSource clock = InstantSource.system();
    private final ChannelBook book = new ChannelBook();
    private final ScheduledThreadPoolExecutor thread = AlertThreads.pool(1);
    private final OneThread timers = new OneThread(thread);
    private final Sealer sealer = new Sealer(clock, System::nanoTime);
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final Inbox inbox = new Inbox();
    private final Outside outside = new Outside();
    private final Neighbours neighbours = new Neighbours();
    private final PlanFollower follower;
    private volatile RoutingSettings settings;
    private volatile Optional<Opened> opened = Optional.empty();

    /** What there is once the files are open. */
    private record Opened(RoutingFiles files, Switchboard switchboard) {}

    @Activate
    public RoutingComponent(BundleContext context, AlertConfig config) {
        this.context = context;
        settings = read(config).orElse(RoutingSettings.DEFAULT);
        Path home = Path.of(String.valueOf(context.getProperty(AlertComponent.HOME)))
                .toAbsolutePath();
        follower = new PlanFollower(home.resolve("etc"), book, clock, () -> settings);
        thread.execute(() -> open(0));
    }

    private static Optional<RoutingSettings> read(AlertConfig config) {
        try {
            return Optional.of(RoutingSettings.of(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    private static Path folder(BundleContext context) throws IOException {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IOException("the framework property karaf.data names no state folder");
        }
        Path folder = Path.of(data, "hearthwatch", "alert").toAbsolutePath();
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folder;
    }

    private void open(int failures) {
        try {
            var files = new RoutingFiles(folder(context), clock, labels -> Causes.names(labels, neighbours.graph()));
            var parts = new Switchboard.Parts(
                    clock,
                    timers,
                    files.outbox(),
                    files.silences(),
                    files.acknowledgements(),
                    RoutingComponent::lane,
                    sealer,
                    new Causes(neighbours::graph, neighbours::pending),
                    LOG::warn);
            begin(new Opened(files, new Switchboard(parts, follower.first(), follower.desk(), links(files))));
        } catch (IOException | RuntimeException e) {
            if (failures == 0) {
                LOG.error(
                        "Alerts cannot be delivered: the state of deliveries cannot be opened. It is tried again.", e);
            }
            Duration pause = Duration.ofSeconds(Math.min(60, 1L << Math.min(failures + 1, 6)));
            var unused = timers.after(pause, () -> open(failures + 1));
        }
    }

    private void begin(Opened now) {
        opened = Optional.of(now);
        Switchboard switchboard = now.switchboard();
        var routing = new SwitchboardRouting(switchboard, sealer, clock, System::nanoTime, this);
        offer(AlertDesk.class, switchboard);
        offer(Silences.class, now.files().silences());
        offer(Routing.class, routing);
        String version = context.getBundle().getVersion().toString();
        offer(Routes.class, new AlertmanagerApi(switchboard, routing, clock, version));
        offer(
                Routes.class,
                new LinkRoutes(
                        () -> links(now.files()), switchboard, now.files().silences(), neighbours::audit, clock));
        takeIn();
        var watch = new SelfWatch(switchboard, clock);
        look(watch);
        outside.begin(switchboard, timers, () -> settings, watch::isAlive);
        rescan(now);
    }

    private <T> void offer(Class<T> type, T service) {
        // Not while services are locked: whoever is told of this one may be slow, or stop us.
        ServiceRegistration<T> registration =
                context.registerService(type, service, FrameworkUtil.asDictionary(Map.of()));
        synchronized (services) {
            services.push(registration);
        }
    }

    /** One thread for a channel, which goes when it has nothing to do. */
    private static ExecutorService lane() {
        var lane = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AlertThreads.factory());
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }

    private SignedLinks links(RoutingFiles files) {
        Duration lifetime = settings.linkLifetime();
        String url = lifetime.isZero() ? "" : settings.withFile().externalUrl();
        return new SignedLinks(files.linkKey(), url, lifetime, clock);
    }

    private void look(SelfWatch watch) {
        neighbours.rules().ifPresent(rules -> watch.look(rules.groups(), rules.refused(), follower.problems()));
        var unused = timers.after(LOOK, () -> look(watch));
    }

    private void rescan(Opened now) {
        follower.look(now.switchboard(), links(now.files()));
        var unused = timers.after(settings.rescanInterval(), () -> rescan(now));
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    void modified(AlertConfig config) {
        read(config)
                .ifPresent(changed -> thread.execute(() -> {
                    settings = changed;
                    follower.setChanged();
                }));
    }

    @Override
    public void reload() throws AlertingRefusal {
        Opened now =
                opened.orElseThrow(() -> new AlertingRefusal(AlertingRefusal.Kind.FAILED, "Routing has not begun yet"));
        try {
            thread.submit(() -> follower.apply(now.switchboard(), links(now.files())))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AlertingRefusal(AlertingRefusal.Kind.FAILED, "Interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new AlertingRefusal(AlertingRefusal.Kind.FAILED, "It could not be read anew: " + e);
        }
        var wrong = new ArrayList<>(problems());
        Optional<RuleMonitor> rules = neighbours.rules();
        if (rules.isPresent()) {
            try {
                rules.get().reload();
            } catch (AlertingRefusal e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, String.join("; ", wrong));
        }
    }

    @Override
    public List<String> problems() {
        return follower.problems();
    }

    @Override
    public void accept(List<RaisedAlert> alerts) {
        inbox.add(alerts);
        outside.forward(alerts, settings);
        var unused = timers.after(Duration.ZERO, this::takeIn);
    }

    private void takeIn() {
        opened.ifPresent(now -> now.switchboard().raise(inbox.take()));
    }

    @Override
    public void collect(SampleSink sink) {
        opened.ifPresent(
                now -> RoutingMetrics.report(now.switchboard(), problems().size(), inbox.dropped(), outside, sink));
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        takeBack();
        thread.shutdownNow();
        outside.close();
        boolean ended = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        // What was just being opened has been offered meanwhile.
        takeBack();
        opened.ifPresent(now -> {
            now.switchboard().close();
            now.files().close();
        });
        if (!ended) {
            LOG.warn("The routing of alerts does not end; its thread is left behind");
        }
    }

    private void takeBack() {
        synchronized (services) {
            while (!services.isEmpty()) {
                services.pop().unregister();
            }
        }
    }

    private void channelsChanged() {
        var unused = timers.after(Duration.ZERO, follower::setChanged);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFactory(NotifierFactory factory) {
        book.add(factory);
        channelsChanged();
    }

    void removeFactory(NotifierFactory factory) {
        book.remove(factory);
        channelsChanged();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addNotifier(Notifier notifier) {
        book.add(notifier);
        channelsChanged();
    }

    void removeNotifier(Notifier notifier) {
        book.remove(notifier);
        channelsChanged();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setAudit(AuditLog log) {
        neighbours.audit(Optional.of(log));
    }

    void unsetAudit(AuditLog log) {
        neighbours.audit(neighbours.audit().filter(current -> current != log));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setRules(RuleMonitor monitor) {
        neighbours.rules(Optional.of(monitor));
    }

    void unsetRules(RuleMonitor monitor) {
        neighbours.rules(neighbours.rules().filter(current -> current != monitor));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setInventory(Inventory known) {
        neighbours.inventory(Optional.of(known));
    }

    void unsetInventory(Inventory known) {
        neighbours.inventory(neighbours.inventory().filter(current -> current != known));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setEgress(Egress gate) {
        outside.use(gate);
    }

    void unsetEgress(Egress gate) {
        outside.stopUsing(gate);
    }
}
