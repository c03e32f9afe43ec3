package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ConfigFile;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.testkit.TestClock;

/**
 * All of alerting on a clock that a test moves, with channels that write down what they are told. Seconds are counted from
 * the clock's start. The only section of receivers is {@code webhook_configs}, with a {@code url} that names the channel.
 */
final class House implements NotifierFactory {

    final TestClock clock = TestClock.atStart();
    final TestTimers timers = new TestTimers(clock);
    final ChannelBook book = new ChannelBook();
    final List<String> log = new ArrayList<>();
    private final Path folder;
    private final String yaml;
    private final DeskSettings settings;
    private final Map<String, List<Told>> told = new HashMap<>();
    private final Map<String, Predicate<Double>> refusing = new HashMap<>();
    private Switchboard switchboard;
    private InventoryGraph graph = InventoryGraph.EMPTY;
    private List<ActiveAlert> pending = List.of();
    private Consumer<Told> receiver = told -> {};

    /** What a channel was told, and when. */
    record Told(double at, Notification notification) {

        /** The alerts as the tests write them. */
        List<String> alerts() {
            return notification.alerts().stream()
                    .map(alert -> alert.labels().without("alertname").isEmpty()
                            ? word(alert)
                            : word(alert) + alert.labels().without("alertname"))
                    .sorted()
                    .toList();
        }

        private static String word(org.hearthwatch.api.notify.NotifiedAlert alert) {
            return alert.labels().get("alertname") + "@" + seconds(alert.startsAt())
                    + (alert.resolved() ? "-" + seconds(alert.endsAt()) : "");
        }
    }

    House(Path folder, String yaml) {
        this(folder, yaml, DeskSettings.DEFAULT);
    }

    House(Path folder, String yaml, DeskSettings settings) {
        this(folder, yaml, settings, 0);
    }

    /** @param from the second at which it begins */
    House(Path folder, String yaml, DeskSettings settings, double from) {
        clock.advance(Duration.between(clock.instant(), at(from)));
        this.folder = folder;
        this.yaml = yaml;
        this.settings = settings;
        book.add(this);
        switchboard = open();
    }

    private Switchboard open() {
        try {
            var parts = new Switchboard.Parts(
                    clock,
                    timers,
                    Outbox.open(folder.resolve("outbox.log"), clock, 10_000),
                    SilenceBook.open(folder.resolve("silences.log"), clock, labels -> Causes.names(labels, graph)),
                    Acknowledgements.open(folder.resolve("acknowledged.log"), clock),
                    timers::executor,
                    new Sealer(clock, System::nanoTime),
                    new Causes(() -> graph, () -> pending),
                    log::add);
            return new Switchboard(parts, plan(yaml), settings, Links.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Plan plan(String text) {
        ConfigFile file = ConfigReader.read(text, Set.of());
        AlertmanagerConfig config = file.config()
                .orElseThrow(() -> new AssertionError(file.problems().toString()));
        return new Plan(
                config,
                Route.root(config.route()),
                book.channels(config),
                TemplateFiles.DEFAULT,
                "test",
                clock.instant());
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /** Kills everything at once and starts anew on the same files. */
    void crash() {
        switchboard.close();
        switchboard = open();
    }

    void reload(String text) {
        switchboard.use(plan(text), settings, Links.NONE);
    }

    static String seconds(Instant moment) {
        double seconds = Duration.between(TestClock.START, moment).toMillis() / 1e3;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    Instant at(double seconds) {
        return TestClock.START.plusMillis(Math.round(seconds * 1000));
    }

    /** Lets time go by until a moment. */
    House until(double seconds) {
        timers.runUntil(at(seconds));
        return this;
    }

    /** An alert that fires, without an end, as somebody sends it over the API. */
    HeldAlert firing(String name, double since, String... labels) {
        Instant now = clock.instant();
        return new HeldAlert(
                labels(name, labels),
                Map.of(),
                at(since),
                now.plus(switchboard.plan().config().resolveTimeout()),
                "",
                now,
                true);
    }

    HeldAlert ended(String name, double since, double end, String... labels) {
        return new HeldAlert(labels(name, labels), Map.of(), at(since), at(end), "", clock.instant(), false);
    }

    /** From now on this is what there is: {@code kind/name} that stands on {@code kind/name}, each tied to a label {@code at}. */
    House inventory(String... edges) {
        var entities = new ArrayList<Entity>();
        var all = new ArrayList<Edge>();
        for (String edge : edges) {
            String[] ends = edge.split(" on ", -1);
            all.add(new Edge(EntityId.parse(ends[0]), Edge.Kind.RUNS_ON, EntityId.parse(ends[1])));
            for (String end : ends) {
                entities.add(Entity.of(EntityId.parse(end), Labels.of("at", end)));
            }
        }
        return inventory(new InventoryReport("test", entities, all));
    }

    House inventory(InventoryReport report) {
        graph = InventoryGraph.of(List.of(report), InventoryGraph.Limits.DEFAULT);
        return this;
    }

    /** From now on a rule's alert is pending. */
    House pending(String name, String... labels) {
        pending = List.of(new ActiveAlert(
                labels(name, labels), Map.of(), AlertState.PENDING, clock.instant(), Optional.empty(), 1));
        return this;
    }

    static Labels labels(String name, String... more) {
        return Labels.of(more).with("alertname", name);
    }

    House push(HeldAlert... alerts) {
        switchboard.post(List.of(alerts));
        return this;
    }

    /** Lets a channel refuse what it is told as long as a condition on the second holds. */
    House refusing(String channel, Predicate<Double> when) {
        refusing.put(channel, when);
        return this;
    }

    /** From now on somebody else is told of all messages, too, at the moment they arrive. */
    House telling(Consumer<Told> other) {
        receiver = other;
        return this;
    }

    /** What a channel was told. */
    List<Told> told(String channel) {
        return told.getOrDefault(channel, List.of());
    }

    /** What a channel was told, as {@code second: alerts}. */
    List<String> story(String channel) {
        return told(channel).stream()
                .map(each -> each.at() + ": " + each.alerts().stream().collect(Collectors.joining(" ")))
                .toList();
    }

    @Override
    public Set<String> sections() {
        return Set.of("webhook_configs");
    }

    @Override
    public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global) {
        String channel = String.valueOf(entry.get("url"));
        return new Notifier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String kind() {
                return "webhook";
            }

            @Override
            public String deliver(Notification notification) throws DeliveryException {
                double now = Duration.between(TestClock.START, clock.instant()).toMillis() / 1e3;
                if (refusing.getOrDefault(channel, second -> false).test(now)) {
                    throw DeliveryException.passing("503 from " + channel, new IOException("busy"));
                }
                var arrived = new Told(now, notification);
                receiver.accept(arrived);
                told.computeIfAbsent(channel, each -> new ArrayList<>()).add(arrived);
                return "200 OK";
            }
        };
    }
}
