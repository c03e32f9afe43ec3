package org.hearthwatch.benchmarks.alert;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.benchmarks.store.Server;
import org.hearthwatch.benchmarks.store.Snappy;
import org.hearthwatch.benchmarks.store.WriteRequest;

/**
 * The same rules over the same series, here and in Prometheus, one after the other in one run: how long one evaluation of
 * all of them takes, by each one's own clock, and how much processor time the whole process uses for it.
 */
final class RuleComparison {

    private static final int GROUPS = 20;
    private static final int HOSTS = 100;
    private static final int INTERVAL = 15;
    private static final int SAMPLES = 40;
    private static final Pattern DURATION =
            Pattern.compile("(?m)^prometheus_rule_group_duration_seconds_(sum|count) (\\S+)$");

    private final Path prometheus;
    private final int rules;
    private final int series;
    private final int seconds;

    RuleComparison(Path prometheus, int rules, int series, int seconds) {
        this.prometheus = prometheus;
        this.rules = rules;
        this.series = series;
        this.seconds = seconds;
    }

    /**
     * What an evaluation of all rules takes.
     *
     * @param wall by the evaluator's own clock, summed over groups
     * @param cpu of the process
     */
    private record Cost(double wall, double cpu) {}

    boolean run(Path folder, PrintStream out) throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yml"), ruleFile());
        Cost ours = ours(Files.createDirectory(folder.resolve("ours")), file);
        Cost theirs = theirs(folder.resolve("prometheus"), file);
        boolean met = ours.wall() <= theirs.wall();
        out.printf(
                Locale.ROOT,
                "%d rules over %d series, one evaluation of all, milliseconds%n"
                        + "              ours  Prometheus   ratio%n"
                        + "  time     %7.1f     %7.1f  %6.2f  (bar 1.00)%n"
                        + "  CPU      %7.1f     %7.1f  %6.2f%n"
                        + "%s%n",
                rules,
                series,
                1e3 * ours.wall(),
                1e3 * theirs.wall(),
                ours.wall() / theirs.wall(),
                1e3 * ours.cpu(),
                1e3 * theirs.cpu(),
                ours.cpu() / theirs.cpu(),
                met ? "met" : "MISSED");
        return met;
    }

    private Cost ours(Path folder, Path file) throws Exception {
        Path times = folder.resolve("times");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RuleProcess.class.getName(),
                folder.resolve("data").toString(),
                file.toString(),
                Integer.toString(INTERVAL),
                times.toString());
        try (Server server = Server.of(command, folder)) {
            feed(server);
            warmUp();
            int from = Files.readAllLines(times).size();
            double cpu = server.cpuSeconds();
            TimeUnit.SECONDS.sleep(seconds);
            List<String> lines = Files.readAllLines(times);
            double used = server.cpuSeconds() - cpu;
            double sum = lines.subList(from, lines.size()).stream()
                            .mapToLong(Long::parseLong)
                            .sum()
                    / 1e9;
            return cost(sum, lines.size() - from, used);
        }
    }

    private Cost theirs(Path folder, Path file) throws Exception {
        String config = "global: {evaluation_interval: " + INTERVAL + "s}\nrule_files: ['" + file + "']\n";
        try (Server server = Server.prometheus(prometheus, folder, config)) {
            feed(server);
            warmUp();
            Map<String, Double> before = durations(server);
            double cpu = server.cpuSeconds();
            TimeUnit.SECONDS.sleep(seconds);
            Map<String, Double> after = durations(server);
            double used = server.cpuSeconds() - cpu;
            return cost(
                    after.getOrDefault("sum", 0.0) - before.getOrDefault("sum", 0.0),
                    after.getOrDefault("count", 0.0) - before.getOrDefault("count", 0.0),
                    used);
        }
    }

    /** Some rounds, so that neither compiler nor caches are what is measured. */
    private static void warmUp() throws InterruptedException {
        TimeUnit.SECONDS.sleep(4 * INTERVAL);
    }

    private static Cost cost(double sum, double evaluations, double cpu) {
        double rounds = evaluations / GROUPS;
        return new Cost(sum / rounds, cpu / rounds);
    }

    private static Map<String, Double> durations(Server server) throws Exception {
        var found = new HashMap<String, Double>();
        var matcher = DURATION.matcher(server.text("/metrics", Map.of()));
        while (matcher.find()) {
            found.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
        }
        return found;
    }

    /** Ten minutes of samples up to now, the same for both but for the time. */
    private void feed(Server server) throws Exception {
        var random = new Random(20261122);
        long now = System.currentTimeMillis();
        long[] times = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            times[i] = now - (SAMPLES - 1L - i) * INTERVAL * 1000;
        }
        for (int metric = 0; metric < series / HOSTS; metric++) {
            var identities = new ArrayList<Labels>();
            double[][] values = new double[SAMPLES][HOSTS];
            for (int host = 0; host < HOSTS; host++) {
                identities.add(Labels.of("instance", "host" + host + ":9100", "job", "node")
                        .with(Labels.NAME, "bench_metric_" + metric));
                double value = random.nextDouble(100);
                for (int i = 0; i < SAMPLES; i++) {
                    values[i][host] = value + random.nextDouble(0.5);
                }
            }
            var request = new WriteRequest(identities);
            byte[] plain = request.encode(times, values);
            server.write(new Snappy().compress(plain, request.size()));
        }
    }

    private String ruleFile() {
        var text = new StringBuilder("groups:\n");
        int rule = 0;
        for (int group = 0; group < GROUPS; group++) {
            text.append("  - name: group").append(group).append("\n    rules:\n");
            for (int i = 0; i < rules / GROUPS; i++) {
                text.append(rule(rule++));
            }
        }
        return text.toString();
    }

    /** Thresholds, rates and averages with few that fire, and sums that are recorded. */
    private String rule(int number) {
        String metric = "bench_metric_" + number % (series / HOSTS);
        return switch (number / (series / HOSTS) % 5) {
            case 0 -> alert(number, metric + " > 99");
            case 1 -> record(number, "avg(" + metric + ")");
            case 2 -> alert(number, "rate(" + metric + "[5m]) > 1000");
            case 3 -> alert(number, "avg_over_time(" + metric + "[5m]) > 99");
            default -> record(number, "sum by (job) (" + metric + ")");
        };
    }

    private static String alert(int number, String expression) {
        return """
                      - alert: Bench%d
                        expr: %s
                        for: 30s
                        labels: {severity: warning}
                        annotations:
                          summary: '{{ $labels.instance }} is at {{ $value | humanize }}'
                """.formatted(number, expression);
    }

    private static String record(int number, String expression) {
        return """
                      - record: bench:rule%d
                        expr: %s
                """.formatted(number, expression);
    }
}
