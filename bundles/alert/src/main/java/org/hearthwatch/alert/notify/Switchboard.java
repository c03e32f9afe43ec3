package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.cause.Verdict;
import org.hearthwatch.alert.delivery.Channel;
import org.hearthwatch.alert.delivery.Courier;
import org.hearthwatch.alert.delivery.CourierSettings;
import org.hearthwatch.alert.delivery.Couriers;
import org.hearthwatch.alert.delivery.DeliveryEvents;
import org.hearthwatch.alert.dispatch.AggregationGroup;
import org.hearthwatch.alert.dispatch.Dispatcher;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.held.AlertStore;
import org.hearthwatch.alert.held.Fingerprint;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.inhibit.Inhibitor;
import org.hearthwatch.alert.matching.LabelMatcher;
import org.hearthwatch.alert.matching.LabelMatchers;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.alert.Acknowledgement;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/**
 * Where alerts come in and messages go out. One lock guards groups and timers; channels have their own threads. Thread-safe.
 */
public final class Switchboard implements AlertDesk, DeliveryEvents {

    private static final int MOST_ALERTS = 50_000;
    private static final int MOST_GROUPS = 10_000;

    /** A channel that fails as long is told of; a short disturbance is not. */
    private static final Duration FAILING_FOR = Duration.ofSeconds(30);

    private static final Duration TICK = Duration.ofMinutes(1);
    private static final int TICKS_TO_GARBAGE = 30;

    private static final Labels QUEUE_FAILING =
            Labels.of("alertname", "HearthwatchQueueFailing", "severity", "critical");

    private final InstantSource clock;
    private final Timers timers;
    private final Outbox outbox;
    private final SilenceBook silences;
    private final Acknowledgements acknowledgements;
    private final Sealer sealer;
    private final Couriers couriers;
    private final Consumer<String> log;
    private final AlertStore store = new AlertStore(MOST_ALERTS);
    private final FlapWatch flaps = new FlapWatch();
    private final Causes causes;
    private final MessageKeys keys = new MessageKeys();
    private final Pipeline.Suppressed suppressed = new Pipeline.Suppressed();
    private final OwnAlerts ownAlerts = new OwnAlerts();
    private final Map<String, Long> counts = new HashMap<>();
    private Plan plan;
    private DeskSettings settings;
    private Inhibitor inhibitor;
    private Pipeline pipeline;
    private Dispatcher dispatcher;
    private int ticks;
    private boolean closed;

    /**
     * What it stands on.
     *
     * @param lanes makes an executor of one thread
     * @param causes knows what stands on what
     * @param log takes what people should read, one line each
     */
    public record Parts(
            InstantSource clock,
            Timers timers,
            Outbox outbox,
            SilenceBook silences,
            Acknowledgements acknowledgements,
            Supplier<ExecutorService> lanes,
            Sealer sealer,
            Causes causes,
            Consumer<String> log) {}

    public Switchboard(Parts parts, Plan plan, DeskSettings settings, Links links) {
        clock = parts.clock();
        timers = parts.timers();
        outbox = parts.outbox();
        silences = parts.silences();
        acknowledgements = parts.acknowledgements();
        sealer = parts.sealer();
        causes = parts.causes();
        log = parts.log();
        couriers = new Couriers(outbox, parts.lanes(), timers, clock, sealer, this, CourierSettings.DEFAULT);
        this.plan = plan;
        this.settings = settings;
        inhibitor = new Inhibitor(List.of());
        pipeline = pipeline();
        dispatcher = dispatcher();
        restore();
        use(plan, settings, links);
        Timers.Timer unused = timers.after(TICK, this::tick);
    }

    private Pipeline pipeline() {
        return new Pipeline(
                plan,
                inhibitor,
                silences,
                acknowledgements,
                flaps,
                causes,
                outbox,
                couriers,
                settings,
                keys,
                suppressed,
                this::notWritten);
    }

    private Dispatcher dispatcher() {
        Pipeline current = pipeline;
        return new Dispatcher(plan.root(), this::underLock, clock, current, MOST_GROUPS);
    }

    private Timers.Timer underLock(Duration delay, Runnable task) {
        return timers.after(delay, () -> {
            synchronized (this) {
                task.run();
            }
        });
    }

    /** What people were told of before a restart and not the end of fires on until it is heard of, or not, for a while. */
    private void restore() {
        Instant now = clock.instant();
        Duration patience = plan.config().resolveTimeout();
        outbox.owed()
                .forEach((group, alerts) -> store.restore(alerts.stream()
                        .filter(alert -> belongs(alert, group))
                        .map(alert -> new HeldAlert(
                                alert.labels(),
                                alert.annotations(),
                                alert.startsAt(),
                                now.plus(patience),
                                alert.generatorUrl(),
                                now,
                                true))
                        .toList()));
    }

    /** Whether an alert still goes where it was told; in another group it would be news. */
    private boolean belongs(HeldAlert alert, String group) {
        return plan.root().match(alert.labels()).stream()
                .anyMatch(route -> AggregationGroup.key(route, route.groupLabels(alert.labels()))
                        .equals(group));
    }

    /** From now on follows another plan; alerts, and what was told of them, stay. */
    public synchronized void use(Plan changed, DeskSettings changedSettings, Links links) {
        plan = changed;
        settings = changedSettings;
        sealer.use(changed.templates(), changedSettings.externalUrl(), links);
        couriers.use(changed.channels().values().stream().flatMap(List::stream).toList(), changedSettings.couriers());
        inhibitor = new Inhibitor(changed.config().inhibitRules());
        dispatcher.stop();
        pipeline = pipeline();
        dispatcher = dispatcher();
        List<HeldAlert> alerts = store.all();
        Instant now = clock.instant();
        for (HeldAlert alert : alerts) {
            inhibitor.update(alert);
            causes.update(alert, now);
            dispatcher.insert(alert);
        }
    }

    /** The plan it follows. */
    public synchronized Plan plan() {
        return plan;
    }

    public Couriers couriers() {
        return couriers;
    }

    public Outbox outbox() {
        return outbox;
    }

    public SilenceBook silences() {
        return silences;
    }

    /** Takes news of alerts of our own rules. */
    public void raise(Collection<RaisedAlert> alerts) {
        Plan current = plan();
        Instant now = clock.instant();
        post(alerts.stream()
                .filter(alert -> !current.isForNobody(alert.labels()))
                .map(alert -> new HeldAlert(
                        alert.labels(),
                        alert.annotations(),
                        alert.startsAt(),
                        alert.endsAt(),
                        alert.generatorUrl(),
                        now,
                        false))
                .toList());
    }

    /** Takes news of alerts. */
    public synchronized void post(Collection<HeldAlert> alerts) {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        for (HeldAlert alert : alerts) {
            count(alert.isResolved(now) ? "resolved" : "firing");
            Optional<HeldAlert> known = store.put(alert, now);
            known.ifPresent(each -> {
                flaps.update(each, now);
                inhibitor.update(each);
                causes.update(each, now);
                dispatcher.insert(each);
            });
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Says that something of our own is wrong, until {@link #well}. */
    public void wrong(Labels labels, String summary) {
        post(List.of(ownAlerts.begin(labels, summary, clock.instant())));
    }

    /** Says that it is wrong no longer. */
    public void well(Labels labels) {
        ownAlerts.end(labels, clock.instant()).ifPresent(alert -> post(List.of(alert)));
    }

    private void notWritten(String what, IOException why) {
        log.accept(what + " could not be written; they go out all the same, but a crash would lose them: "
                + why.getMessage());
        count("unwritten");
        // Not within the look at a group that is going on.
        Timers.Timer unused = timers.after(
                Duration.ZERO,
                () -> wrong(QUEUE_FAILING, "Messages cannot be written to the queue: " + why.getMessage()));
    }

    private void tick() {
        Instant now = clock.instant();
        synchronized (this) {
            if (closed) {
                return;
            }
            Timers.Timer unused = timers.after(TICK, this::tick);
            post(ownAlerts.refreshed(now));
            ticks++;
            if (ticks % TICKS_TO_GARBAGE == 0) {
                collectGarbage(now);
            }
        }
        couriers.all().forEach(Courier::wake);
    }

    private void collectGarbage(Instant now) {
        List<HeldAlert> all = store.all();
        List<HeldAlert> gone = store.collectGarbage(now);
        inhibitor.collectGarbage(now);
        causes.collectGarbage(now, settings.folding().causeWait());
        flaps.collectGarbage(now);
        try {
            acknowledgements.collectGarbage(gone, all);
            silences.compact();
            outbox.compact();
        } catch (IOException e) {
            log.accept("What is no longer needed could not be cleared away: " + e.getMessage());
        }
    }

    @Override
    public void delivered(Channel channel, List<Message> messages) {
        synchronized (this) {
            count("delivered " + channel.kind());
            messages.forEach(message -> dispatcher.delivered(message.key()));
        }
        // What is delivered is noted, so writing works.
        well(QUEUE_FAILING);
    }

    @Override
    public void failed(Channel channel, Message message, boolean lasting, Instant since, int tries, String why) {
        Instant now = clock.instant();
        log.accept("Channel " + channel.id() + (lasting ? " refused a message: " : " did not take a message: ") + why);
        boolean late = !since.plus(settings().fallbackAfter()).isAfter(now);
        synchronized (this) {
            count("failed " + channel.kind());
            if (!settings.fallback().isEmpty() && (lasting || late)) {
                pipeline.fallBack(channel, message, now);
            }
        }
        if (lasting || !since.plus(FAILING_FOR).isAfter(now)) {
            wrong(failing(channel), "Messages do not get through to " + channel.id() + ": " + why);
        }
    }

    private synchronized DeskSettings settings() {
        return settings;
    }

    private static Labels failing(Channel channel) {
        return Labels.of(
                "alertname",
                "HearthwatchChannelFailing",
                "channel",
                channel.id(),
                "receiver",
                channel.receiver(),
                "severity",
                "critical");
    }

    @Override
    public void recovered(Channel channel) {
        well(failing(channel));
    }

    /** Everything that is held, resolved ones too. */
    public List<HeldAlert> held() {
        return store.all();
    }

    /** The groups there are, with their alerts as they are now. */
    public synchronized List<GroupView> groups() {
        return dispatcher.groups().stream()
                .map(group -> new GroupView(group.route(), group.labels(), group.alerts(), group.mutedBy()))
                .toList();
    }

    /** A group as it is now. */
    public record GroupView(Route route, Labels labels, List<HeldAlert> alerts, List<String> mutedBy) {}

    @Override
    public synchronized List<DeskAlert> alerts() {
        Instant now = clock.instant();
        return store.all().stream()
                .filter(alert -> !alert.isResolved(now))
                .map(alert -> shown(alert, now))
                .sorted(Comparator.comparing(DeskAlert::fingerprint))
                .toList();
    }

    /** An alert with what becomes of it. */
    public synchronized DeskAlert shown(HeldAlert alert, Instant now) {
        List<Route> routes = plan.root().match(alert.labels());
        List<String> mutedBy = new ArrayList<>();
        boolean allMuted = true;
        for (Route route : routes) {
            List<String> muted = plan.mutedBy(route, now);
            mutedBy.addAll(muted);
            allMuted &= !muted.isEmpty();
        }
        return new DeskAlert(
                Fingerprint.text(alert.labels()),
                alert.labels(),
                alert.annotations(),
                alert.startsAt(),
                alert.endsAt(),
                alert.updatedAt(),
                alert.generatorUrl(),
                routes.stream().map(route -> route.options().receiver()).toList(),
                silences.silencing(alert.labels()),
                inhibitedBy(alert, now),
                allMuted ? mutedBy : idle(alert, now),
                acknowledgements.find(alert.labels()));
    }

    private List<String> inhibitedBy(HeldAlert alert, Instant now) {
        Optional<HeldAlert> source = inhibitor.inhibitedBy(alert.labels(), now);
        if (source.isEmpty() && verdict(alert, now) instanceof Verdict.Folded folded) {
            source = Optional.of(folded.cause());
        }
        return source.map(each -> List.of(Fingerprint.text(each.labels()))).orElse(List.of());
    }

    private List<String> idle(HeldAlert alert, Instant now) {
        return verdict(alert, now) instanceof Verdict.Idle idle ? List.of(idle.why()) : List.of();
    }

    private Verdict verdict(HeldAlert alert, Instant now) {
        DeskSettings.Folding folding = settings.folding();
        return folding.causes() ? causes.judge(alert, now, folding.causeWait()) : Verdict.TELL;
    }

    /** The fingerprints of alerts that would keep an alert quiet by inhibition. */
    synchronized List<String> inhibiting(Labels labels) {
        return inhibitor
                .inhibitedBy(labels, clock.instant())
                .map(source -> List.of(Fingerprint.text(source.labels())))
                .orElse(List.of());
    }

    @Override
    public List<DeskAlert> acknowledge(List<Matcher> matchers, String by, String comment, Optional<Duration> lasting)
            throws AlertingRefusal {
        if (matchers.isEmpty()) {
            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, "Say which alerts: at least one matcher is needed");
        }
        LabelMatchers wanted;
        try {
            wanted = new LabelMatchers(matchers.stream().map(LabelMatcher::of).toList());
        } catch (IllegalArgumentException e) {
            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        List<HeldAlert> found = store.all().stream()
                .filter(alert -> !alert.isResolved(now))
                .filter(alert -> wanted.matches(alert.labels()))
                .toList();
        if (found.isEmpty()) {
            throw new AlertingRefusal(AlertingRefusal.Kind.NOT_FOUND, "No alert fires that " + wanted + " holds for");
        }
        try {
            acknowledgements.add(
                    found.stream().map(HeldAlert::labels).toList(),
                    new Acknowledgement(by, comment, now, lasting.map(now::plus)));
        } catch (IOException e) {
            throw new AlertingRefusal(
                    AlertingRefusal.Kind.FAILED,
                    "The acknowledgement could not be written, so it does not hold: " + e.getMessage());
        }
        return found.stream().map(alert -> shown(alert, now)).toList();
    }

    /** How often what happened. */
    public synchronized Map<String, Long> counts() {
        var all = new HashMap<>(counts);
        all.put("groups refused", dispatcher.refused());
        all.put("alerts refused", store.refused());
        suppressed.counts().forEach((reason, count) -> all.put("suppressed " + reason, count));
        return all;
    }

    /** Looks at nothing and carries nothing any more; what is queued stays so. */
    public void close() {
        synchronized (this) {
            closed = true;
            dispatcher.stop();
        }
        couriers.close();
    }
}
