package org.hearthwatch.benchmarks.alert;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.benchmarks.query.QueryProcess;

/** From a sample's being stored that crosses a threshold to its message's being handed over, with everything between. */
final class Latency implements NotifierFactory {

    private static final int TRIES = 300;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BAR = INTERVAL.plusSeconds(1);
    private static final String TRY = "try";
    private static final String CONFIG = """
            route: {receiver: all, group_by: [try], group_wait: 500ms, group_interval: 1m}
            receivers:
              - {name: all, webhook_configs: [{url: phone}]}
            """;
    private static final String RULES = """
            groups:
              - name: latency
                rules:
                  - {alert: Crossed, expr: bench_value > 1, labels: {severity: critical}}
            """;

    private final Map<Integer, Long> arrived = new ConcurrentHashMap<>();

    boolean run(Path folder, ScheduledExecutorService clockwork, PrintStream out) throws Exception {
        // Its threads are daemons, and the process ends with the benchmark.
        QueryProcess.Running running = QueryProcess.start(folder.resolve("data"), 0);
        RuleFile rules = new RuleFileReader(running.engine(), false).read(RULES);
        try (Desk desk = new Desk(Files.createDirectory(folder.resolve("desk")), CONFIG, this, clockwork)) {
            var evaluation = new GroupEvaluation(
                    rules.groups().get(0),
                    "rules.yml",
                    new GroupEvaluation.Surroundings(
                            running.engine(),
                            running.store(),
                            desk.switchboard()::raise,
                            RuleSettings.DEFAULT,
                            System::nanoTime));
            var evaluations = clockwork.scheduleAtFixedRate(
                    () -> evaluation.evaluate(Instant.now()), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            long[] stored = new long[TRIES];
            for (int i = 0; i < TRIES; i++) {
                Labels labels = Labels.of(Labels.NAME, "bench_value", TRY, Integer.toString(i));
                running.store()
                        .append(SampleBatch.from("benchmark")
                                .add(labels, System.currentTimeMillis(), 2)
                                .build());
                stored[i] = System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
            }
            TimeUnit.NANOSECONDS.sleep(BAR.multipliedBy(3).toNanos());
            evaluations.cancel(false);
            return judge(stored, out);
        }
    }

    private boolean judge(long[] stored, PrintStream out) {
        double[] seconds = new double[TRIES];
        for (int i = 0; i < TRIES; i++) {
            Long at = arrived.get(i);
            seconds[i] = at == null ? Double.POSITIVE_INFINITY : (at - stored[i]) / 1e9;
        }
        Arrays.sort(seconds);
        double p99 = seconds[TRIES * 99 / 100];
        boolean met = p99 <= BAR.toMillis() / 1e3;
        out.printf(
                Locale.ROOT,
                "from the sample stored to the message handed over, evaluated each second, group_wait 0.5 s%n"
                        + "  median %.2f s, p99 %.2f s (bar %.2f s), most %.2f s, of %d%n%s%n",
                seconds[TRIES / 2],
                p99,
                BAR.toMillis() / 1e3,
                seconds[TRIES - 1],
                TRIES,
                met ? "met" : "MISSED");
        return met;
    }

    @Override
    public Set<String> sections() {
        return Set.of("webhook_configs");
    }

    @Override
    public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global) {
        return new Notifier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String kind() {
                return "clock";
            }

            @Override
            public String deliver(Notification notification) {
                long now = System.nanoTime();
                notification
                        .alerts()
                        .forEach(alert -> arrived.putIfAbsent(
                                Integer.parseInt(alert.labels().get(TRY)), now));
                return "noted";
            }
        };
    }
}
