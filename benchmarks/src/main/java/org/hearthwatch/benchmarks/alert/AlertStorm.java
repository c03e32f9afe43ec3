package org.hearthwatch.benchmarks.alert;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.api.metric.Labels;

/**
 * Ten thousand alerts at once, in a hundred groups, through three channels: how long until everybody was told everything,
 * once, with all of it on disk on the way.
 */
final class AlertStorm {

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

    boolean run(Path folder, PrintStream out) throws Exception {
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
        try {
            // Once to warm up, so that the time is not the compiler's.
            measure(Files.createDirectory(folder.resolve("warm")), clockwork);
            return judge(measure(Files.createDirectory(folder.resolve("storm")), clockwork), out);
        } finally {
            clockwork.shutdownNow();
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
        var counters = new Counters();
        try (Desk desk = new Desk(folder, CONFIG, counters, clockwork)) {
            long before = heap();
            long began = System.nanoTime();
            for (int group = 0; group < GROUPS; group++) {
                desk.switchboard().post(alerts(group, Instant.now()));
            }
            boolean all = counters.await(CHANNELS.size() * GROUPS * ALERTS_IN_GROUP, WITHIN.multipliedBy(4));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Result(
                    all ? took : Duration.ofDays(1),
                    counters.told(),
                    counters.doubled(),
                    counters.messages(),
                    heap() - before,
                    desk.fileSize());
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
