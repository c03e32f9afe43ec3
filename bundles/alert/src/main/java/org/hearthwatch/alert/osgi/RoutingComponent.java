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
import java.util.stream.Stream;
import org.hearthwatch.alert.api.AlertmanagerApi;
import org.hearthwatch.alert.api.LinkRoutes;
import org.hearthwatch.alert.api.SignedLinks;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.PlanReader;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.SelfWatch;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.notify.SwitchboardRouting;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertSink;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;
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
 * Takes alerts in, follows {@code etc/alertmanager.yml} or the defaults, and lets messages go out. Its files are opened on
 * its own thread, so that the appliance's start does not wait for them; alerts that come before wait.
 */
@Component(
        service = {AlertSink.class, Collector.class},
        configurationPid = AlertSettings.PID,
        immediate = true)
@CollectorName(collector = "alert-routing", job = "hearthwatch")
public final class RoutingComponent implements AlertSink, Collector, SwitchboardRouting.Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingComponent.class);

    private static final int MOST_QUEUED = 10_000;
    /** Alerts that wait to be taken in; they are told again, so none is lost for good. */
    private static final int MOST_WAITING = 100_000;

    /** How often it is looked at whether rules are evaluated. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final long PATIENCE_SECONDS = 10;
    private static final long IDLE_SECONDS = 30;

    private final BundleContext context;
    private final InstantSource clock = InstantSource.system();
    private final ChannelBook book = new ChannelBook();
    private final ScheduledThreadPoolExecutor thread = AlertThreads.pool(1);
    private final OneThread timers = new OneThread(thread);
    private final PlanReader reader;
    private final Sealer sealer;
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final List<AutoCloseable> files = new ArrayList<>();
    private final Deque<RaisedAlert> inbox = new ArrayDeque<>();
    private final Outside outside;
    private volatile RoutingSettings settings;
    private volatile List<String> problems = List.of();
    private volatile @Nullable Switchboard switchboard;
    private volatile @Nullable AuditLog audit;
    private volatile @Nullable RuleMonitor rules;
    private volatile @Nullable Inventory inventory;
    private byte[] linkKey = {};
    private long dropped;
    private boolean settingsChanged;
    private boolean channelsChanged;

    @Activate
    public RoutingComponent(BundleContext context, AlertConfig config) {
        this.context = context;
        settings = read(config).orElse(RoutingSettings.DEFAULT);
        Path home = Path.of(String.valueOf(context.getProperty(AlertComponent.HOME)))
                .toAbsolutePath();
        reader = new PlanReader(home.resolve("etc"), book, clock);
        sealer = new Sealer(clock, System::nanoTime);
        outside = new Outside();
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
            Path state = folder(context);
            linkKey = LinkKey.of(state.resolve("link.key"));
            Outbox outbox = Outbox.open(state.resolve("outbox.log"), clock, MOST_QUEUED);
            files.add(outbox);
            if (outbox.damaged() > 1) {
                LOG.warn("{} damaged records of {} were passed over", outbox.damaged(), state.resolve("outbox.log"));
            }
            SilenceBook silences = SilenceBook.open(
                    state.resolve("silences.log"), clock, labels -> Causes.names(labels, graph()));
            files.add(silences);
            Acknowledgements acknowledgements = Acknowledgements.open(state.resolve("acknowledged.log"), clock);
            files.add(acknowledgements);
            var parts = new Switchboard.Parts(
                    clock, timers, outbox, silences, acknowledgements, RoutingComponent::lane, sealer, new Causes(this::graph, this::pending), LOG::warn);
            begin(new Switchboard(parts, plan(), desk(), links()), silences);
        } catch (IOException | RuntimeException e) {
            files.forEach(RoutingComponent::close);
            files.clear();
            if (failures == 0) {
                LOG.error(
                        "Alerts cannot be delivered: the state of deliveries cannot be opened. It is tried again.", e);
            }
            retry(failures + 1);
        }
    }

    private void retry(int failures) {
        Duration pause = Duration.ofSeconds(Math.min(60, 1L << Math.min(failures, 6)));
        var unused = timers.after(pause, () -> open(failures));
    }

    private void begin(Switchboard opened, SilenceBook silences) {
        var routing = new SwitchboardRouting(opened, sealer, clock, System::nanoTime, this);
        switchboard = opened;
        offer(AlertDesk.class, opened);
        offer(Silences.class, silences);
        offer(Routing.class, routing);
        String version = context.getBundle().getVersion().toString();
        offer(Routes.class, new AlertmanagerApi(opened, routing, clock, version));
        offer(Routes.class, new LinkRoutes(this::links, opened, silences, () -> Optional.ofNullable(audit), clock));
        takeIn();
        var watch = new SelfWatch(opened, clock);
        look(watch);
        outside.begin(opened, timers, () -> settings, watch::isAlive);
        rescan();
    }

    private InventoryGraph graph() {
        Inventory current = inventory;
        return current == null ? InventoryGraph.EMPTY : current.graph();
    }

    private List<ActiveAlert> pending() {
        RuleMonitor current = rules;
        List<RuleGroupStatus> groups = current == null ? List.of() : current.groups();
        return groups.stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> rule instanceof RuleStatus.Alerting alerting ? alerting.alerts().stream() : Stream.empty())
                .filter(alert -> alert.state() == AlertState.PENDING)
                .toList();
    }

    private void look(SelfWatch watch) {
        RuleMonitor current = rules;
        if (current != null) {
            watch.look(current.groups(), current.refused(), problems);
        }
        var unused = timers.after(LOOK, () -> look(watch));
    }

    private <T> void offer(Class<T> type, T service) {
        synchronized (services) {
            services.push(context.registerService(type, service, FrameworkUtil.asDictionary(Map.of())));
        }
    }

    /** One thread for a channel, which goes when it has nothing to do. */
    private static ExecutorService lane() {
        var lane = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AlertThreads.factory());
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }

    private DeskSettings desk() {
        return reader.hasFile() ? settings.withFile() : settings.withoutFile();
    }

    private SignedLinks links() {
        DeskSettings desk = settings.withFile();
        String url = settings.linkLifetime().isZero() ? "" : desk.externalUrl();
        return new SignedLinks(linkKey, url, settings.linkLifetime(), clock);
    }

    /** The plan to begin with: the file's, or the defaults if there is none or it is wrong. */
    private Plan plan() {
        if (!reader.hasFile()) {
            problems = List.of();
            return reader.of(settings.defaults(), "defaults, as there is no etc/alertmanager.yml");
        }
        PlanReader.Result result = reader.read();
        problems = result.problems();
        tell(result);
        return result.plan()
                .orElseGet(() -> new PlanReader(Path.of(""), book, clock)
                        .of(settings.defaults(), "defaults, as etc/alertmanager.yml is wrong"));
    }

    private static void tell(PlanReader.Result result) {
        if (!result.problems().isEmpty()) {
            LOG.error(
                    "The routing of alerts is refused, and what held before goes on: {}",
                    String.join("; ", result.problems()));
        }
    }

    private void rescan() {
        Switchboard current = switchboard;
        if (current != null) {
            try {
                boolean again = settingsChanged || channelsChanged;
                if (again || reader.isChanged()) {
                    settingsChanged = false;
                    channelsChanged = false;
                    apply(current);
                }
            } catch (RuntimeException e) {
                LOG.error("Looking for a change of the routing failed unexpectedly; what holds goes on", e);
            }
        }
        var unused = timers.after(settings.rescanInterval(), this::rescan);
    }

    private void apply(Switchboard current) {
        boolean byDefault = !reader.hasFile();
        Optional<Plan> changed;
        if (byDefault) {
            changed = Optional.of(plan());
        } else {
            PlanReader.Result result = reader.read();
            problems = result.problems();
            tell(result);
            changed = result.plan();
        }
        changed.ifPresent(plan -> {
            current.use(plan, desk(), links());
            LOG.info("Alerts are routed by {}", plan.source());
        });
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    void modified(AlertConfig config) {
        read(config)
                .ifPresent(changed -> thread.execute(() -> {
                    settings = changed;
                    settingsChanged = true;
                }));
    }

    @Override
    public void reload() throws AlertingRefusal {
        Switchboard current = switchboard;
        if (current == null) {
            throw new AlertingRefusal(AlertingRefusal.Kind.FAILED, "Routing has not begun yet");
        }
        try {
            thread.submit(() -> apply(current)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AlertingRefusal(AlertingRefusal.Kind.FAILED, "Interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new AlertingRefusal(AlertingRefusal.Kind.FAILED, "It could not be read anew: " + e);
        }
        if (!problems.isEmpty()) {
            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, String.join("; ", problems));
        }
        RuleMonitor monitor = rules;
        if (monitor != null) {
            monitor.reload();
        }
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public void accept(List<RaisedAlert> alerts) {
        synchronized (inbox) {
            for (RaisedAlert alert : alerts) {
                if (inbox.size() >= MOST_WAITING) {
                    dropped++;
                } else {
                    inbox.addLast(alert);
                }
            }
        }
        outside.forward(alerts, settings);
        var unused = timers.after(Duration.ZERO, this::takeIn);
    }

    private void takeIn() {
        Switchboard current = switchboard;
        if (current == null) {
            return;
        }
        List<RaisedAlert> news;
        synchronized (inbox) {
            news = List.copyOf(inbox);
            inbox.clear();
        }
        current.raise(news);
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

    private void channelsChanged() {
        var unused = timers.after(Duration.ZERO, () -> channelsChanged = true);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setAudit(AuditLog log) {
        audit = log;
    }

    void unsetAudit(AuditLog log) {
        if (audit == log) {
            audit = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setRules(RuleMonitor monitor) {
        rules = monitor;
    }

    void unsetRules(RuleMonitor monitor) {
        if (rules == monitor) {
            rules = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setInventory(Inventory known) {
        inventory = known;
    }

    void unsetInventory(Inventory known) {
        if (inventory == known) {
            inventory = null;
        }
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

    @Override
    public void collect(SampleSink sink) {
        Switchboard current = switchboard;
        if (current != null) {
            long lost;
            synchronized (inbox) {
                lost = dropped;
            }
            RoutingMetrics.report(current, problems.size(), lost, outside, sink);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        synchronized (services) {
            while (!services.isEmpty()) {
                services.pop().unregister();
            }
        }
        thread.shutdownNow();
        outside.close();
        boolean ended = thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Switchboard current = switchboard;
        if (current != null) {
            current.close();
        }
        files.forEach(RoutingComponent::close);
        if (!ended) {
            LOG.warn("The routing of alerts does not end; its thread is left behind");
        }
    }

    private static void close(AutoCloseable file) {
        try {
            file.close();
        } catch (Exception e) {
            LOG.warn("A file of the alerts' state could not be closed: {}", e.getMessage());
        }
    }
}
