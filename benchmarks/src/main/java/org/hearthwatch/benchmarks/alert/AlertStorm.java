package org.hearthwatch.benchmarks.alert;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.alert.notify.Links;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.notify.TemplateFiles;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.benchmarks.Benchmark;
import org.hearthwatch.benchmarks.store.Proc;

/**
 * Ten thousand alerts at once, in a hundred groups, through three channels: how long until everybody was told everything,
 * once, with all of it on disk on the way.
 */
public final class AlertStorm implements Benchmark {

    private static final int GROUPS = 100;
    private static final int ALERTS_IN_GROUP = 100;
    private static final List<String> CHANNELS = List.of("mail", "phone", "chat");
    private static final Duration WITHIN = Duration.ofSeconds(15);
    private static final long MOST_HEAP = 64L << 20;
    private static final String CONFIG = """
            route: {receiver: all, group_by: [house], group_wait: 1s, group_interval: 5m}
            receivers:
              - {name: all, webhook_configs: [{url: mail}, {url: phone}, {url: chat}]}
            """;

    @Override
    public String summary() {
        return "a storm of 10 000 alerts in 100 groups through three channels";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out) throws Exception {
        if (!arguments.isEmpty()) {
            throw new UsageException("alert takes no words");
        }
        Path folder = Files.createTempDirectory("hearthwatch-alert-");
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
        try {
            // Once to warm up, so that the time is not the compiler's.
            measure(Files.createDirectory(folder.resolve("warm")), clockwork);
            return judge(measure(Files.createDirectory(folder.resolve("storm")), clockwork), out);
        } finally {
            clockwork.shutdownNow();
            Proc.removeAll(folder);
        }
    }

    /**
     * What came of a storm.
     *
     * @param told distinct alerts, over all channels
     * @param doubled alerts told more than once by a channel
     */
    private record Result(Duration took, int told, int doubled, int messages, long heap, long file) {}

    private static Result measure(Path folder, ScheduledExecutorService clockwork) throws Exception {
        var book = new ChannelBook();
        var counters = new Counters();
        book.add(counters);
        AlertmanagerConfig config = ConfigReader.read(CONFIG, Set.of()).config().orElseThrow();
        InstantSource clock = InstantSource.system();
        Timers timers = (delay, task) -> {
            var future = clockwork.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
        var plan = new Plan(
                config,
                Route.root(config.route()),
                book.channels(config),
                TemplateFiles.DEFAULT,
                "benchmark",
                clock.instant());
        try (Outbox outbox = Outbox.open(folder.resolve("outbox.log"), clock, 10_000);
                SilenceBook silences = SilenceBook.open(folder.resolve("silences.log"), clock);
                Acknowledgements seen = Acknowledgements.open(folder.resolve("seen.log"), clock)) {
            var parts = new Switchboard.Parts(
                    clock,
                    timers,
                    outbox,
                    silences,
                    seen,
                    Executors::newSingleThreadExecutor,
                    new Sealer(clock, System::nanoTime),
                    Causes.none(),
                    System.err::println);
            var switchboard = new Switchboard(parts, plan, DeskSettings.DEFAULT, Links.NONE);
            long before = heap();
            long began = System.nanoTime();
            for (int group = 0; group < GROUPS; group++) {
                switchboard.post(alerts(group, clock.instant()));
            }
            boolean all = counters.await(CHANNELS.size() * GROUPS * ALERTS_IN_GROUP, WITHIN.multipliedBy(4));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            long after = heap();
            switchboard.close();
            return new Result(
                    all ? took : Duration.ofDays(1),
                    counters.told(),
                    counters.doubled(),
                    counters.messages(),
                    after - before,
                    outbox.size());
        }
    }

    private static List<HeldAlert> alerts(int group, Instant now) {
        var alerts = new ArrayList<HeldAlert>();
        for (int i = 0; i < ALERTS_IN_GROUP; i++) {
            Labels labels = Labels.of(
                    "alertname",
                    "Down",
                    "house",
                    "house" + group,
                    "instance",
                    "host" + i + ".house" + group,
                    "job",
                    "node",
                    "severity",
                    "critical");
            alerts.add(new HeldAlert(
                    labels,
                    Map.of("summary", "Host " + i + " is down", "description", "It has not answered for five minutes."),
                    now,
                    now.plus(Duration.ofMinutes(4)),
                    "https://watch.home/graph?g0.expr=up+%3D%3D+0",
                    now,
                    false));
        }
        return alerts;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static boolean judge(Result result, PrintStream out) {
        int wanted = CHANNELS.size() * GROUPS * ALERTS_IN_GROUP;
        boolean met = result.took().compareTo(WITHIN) <= 0
                && result.told() == wanted
                && result.doubled() == 0
                && result.messages() == CHANNELS.size() * GROUPS
                && result.heap() <= MOST_HEAP;
        out.printf(
                Locale.ROOT,
                "10 000 alerts, 100 groups, 3 channels%n"
                        + "  all told after       %8.2f s    (bar %d s, 1 s of it group_wait)%n"
                        + "  told                 %8d      (bar %d)%n"
                        + "  doubled              %8d      (bar 0)%n"
                        + "  messages             %8d      (bar %d)%n"
                        + "  heap more than before%8.1f MB   (bar %d MB)%n"
                        + "  file                 %8.1f MB%n"
                        + "%s%n",
                result.took().toMillis() / 1e3,
                WITHIN.toSeconds(),
                result.told(),
                wanted,
                result.doubled(),
                result.messages(),
                CHANNELS.size() * GROUPS,
                result.heap() / 1048576.0,
                MOST_HEAP >> 20,
                result.file() / 1048576.0,
                met ? "met" : "MISSED");
        return met;
    }
}
