package org.hearthwatch.benchmarks.query;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.benchmarks.Benchmark;
import org.hearthwatch.benchmarks.Measurements;
import org.hearthwatch.benchmarks.store.Feed;
import org.hearthwatch.benchmarks.store.Proc;
import org.hearthwatch.benchmarks.store.Server;

/** Queries over HTTP beside a real Prometheus that was sent the same samples, each asked in turns. */
public final class QueryComparison implements Benchmark {

    private static final int INTERVAL = 15_000;
    /** Turns before those that count, for each that counts: a dashboard is asked again and again. */
    private static final int WARM_UP = 3;

    private static final double MOST_EACH = 1.0;
    private static final double MOST_MEDIAN = 0.5;

    @Override
    public String summary() {
        return "--prometheus PATH [--hosts N] [--hours N] [--rounds N] [--folder DIR]: queries beside Prometheus";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out) throws Exception {
        Map<String, String> options = options(arguments);
        Path prometheus = Path.of(options.getOrDefault("--prometheus", ""));
        if (!Files.isExecutable(prometheus)) {
            throw new UsageException("--prometheus takes the path of a Prometheus, not " + prometheus);
        }
        int hosts = number(options, "--hosts");
        int hours = number(options, "--hours");
        int turns = number(options, "--rounds");
        Path folder = folder(options.getOrDefault("--folder", ""));
        long end = Instant.now().truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        try (Server ours = ours(folder.resolve("ours"));
                Server theirs = Server.prometheus(prometheus, folder.resolve("prometheus"))) {
            int rounds = hours * 3_600_000 / INTERVAL;
            long start = end - (long) rounds * INTERVAL;
            for (Server server : List.of(ours, theirs)) {
                Feed.send(server, hosts, start, rounds, NodeSeries.sender(server, hosts, start, INTERVAL));
            }
            ours.settle(Duration.ofSeconds(5), Duration.ofMinutes(2));
            theirs.settle(Duration.ofSeconds(5), Duration.ofMinutes(2));
            return compare(ours, theirs, Page.questions((end - INTERVAL) / 1000), turns, out);
        } finally {
            Proc.removeAll(folder);
        }
    }

    private static Server ours(Path folder) throws Exception {
        Files.createDirectories(folder);
        return Server.of(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QueryProcess.class.getName(),
                        folder.resolve("data").toString()),
                folder);
    }

    private static Map<String, String> options(List<String> arguments) throws UsageException {
        Map<String, String> options = new TreeMap<>(
                Map.of("--prometheus", "", "--hosts", "17", "--hours", "24", "--rounds", "11", "--folder", ""));
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!options.containsKey(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new UsageException("query takes " + String.join(", ", options.keySet())
                        + ", each with a value; not " + arguments.get(i));
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private static int number(Map<String, String> options, String name) throws UsageException {
        String text = options.getOrDefault(name, "");
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new UsageException(name + " takes a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Path folder(String name) throws UsageException {
        try {
            return name.isEmpty()
                    ? Files.createTempDirectory("hearthwatch-query-benchmark")
                    : Files.createDirectory(Path.of(name));
        } catch (IOException e) {
            throw new UsageException("--folder: " + e);
        }
    }

    private static boolean compare(
            Server ours, Server theirs, List<Page.Question> questions, int turns, PrintStream out) throws Exception {
        out.printf(Locale.ROOT, "%11s %11s %7s%n", "Hearthwatch", "Prometheus", "ratio");
        var ratios = new Measurements();
        for (Page.Question question : questions) {
            var mine = new Measurements();
            var other = new Measurements();
            // The first turns let both warm up; then in turns, so that a busy moment of the machine falls on both.
            for (int i = -WARM_UP * turns; i < turns; i++) {
                double our = ours.query(question.path(), question.parameters());
                double their = theirs.query(question.path(), question.parameters());
                if (i >= 0) {
                    mine.add(our);
                    other.add(their);
                }
            }
            double ratio = mine.median() / other.median();
            ratios.add(ratio);
            out.printf(
                    Locale.ROOT,
                    "%8.2f ms %8.2f ms %7.2f %s%s%n",
                    mine.median(),
                    other.median(),
                    ratio,
                    question.name(),
                    ratio > MOST_EACH ? "  MISSED" : "");
        }
        out.printf(
                Locale.ROOT,
                "median ratio %.2f (at most %.1f), worst %.2f (at most %.1f)%n",
                ratios.median(),
                MOST_MEDIAN,
                ratios.quantile(1),
                MOST_EACH);
        return ratios.median() <= MOST_MEDIAN && ratios.quantile(1) <= MOST_EACH;
    }
}
