package org.hearthwatch.benchmarks.alert;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.hearthwatch.benchmarks.Benchmark;
import org.hearthwatch.benchmarks.store.Proc;

/** Alerting: a storm of alerts, how soon a sample that crosses is told of, and rules beside Prometheus. */
public final class AlertBenchmark implements Benchmark {

    @Override
    public String summary() {
        return "10 000 alerts in 100 groups through three channels; from a sample to its message; with [--prometheus PATH]"
                + " also [--rules N] over [--series N], measured for [--seconds N]; [--only storm,latency,rules]";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out) throws Exception {
        Map<String, String> options = options(arguments);
        List<String> parts = List.of(options.getOrDefault("--only", "").split(","));
        String prometheus = options.getOrDefault("--prometheus", "");
        Path folder = Files.createTempDirectory("hearthwatch-alert-");
        ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);
        boolean met = true;
        try {
            if (parts.contains("storm")) {
                met &= new AlertStorm().run(Files.createDirectory(folder.resolve("storm")), out);
            }
            if (parts.contains("latency")) {
                met &= new Latency().run(Files.createDirectory(folder.resolve("latency")), clockwork, out);
            }
            if (parts.contains("rules") && !prometheus.isEmpty()) {
                met &= new RuleComparison(
                                Path.of(prometheus),
                                number(options, "--rules"),
                                number(options, "--series"),
                                number(options, "--seconds"))
                        .run(Files.createDirectory(folder.resolve("rules")), out);
            }
            return met;
        } finally {
            clockwork.shutdownNow();
            Proc.removeAll(folder);
        }
    }

    private static Map<String, String> options(List<String> arguments) throws UsageException {
        Map<String, String> options = new TreeMap<>(Map.of(
                "--prometheus", "", "--rules", "2000", "--series", "10000", "--seconds", "60", "--only",
                "storm,latency,rules"));
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!options.containsKey(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new UsageException("alert takes " + String.join(", ", options.keySet()) + ", each with a value");
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private static int number(Map<String, String> options, String name) throws UsageException {
        try {
            return Integer.parseInt(options.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new UsageException(name + " is a whole number");
        }
    }
}
