package org.hearthwatch.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.collector.host.osgi.HostComponent;
import org.hearthwatch.collector.host.osgi.HostConfig;
import org.hearthwatch.testkit.Configs;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the host collector costs, beside a scrape of node_exporter with the same collectors on the same machine,
 * taken in turns. Our processor time is that of the thread that collects; what our other threads use (compiler, garbage
 * collector, stat workers) is printed as the process's. The exporter's is its whole process's, and contains writing the
 * text and answering over HTTP; ours is therefore also given with writing the text.
 */
final class HostBenchmark implements Benchmark {

    private static final String DEFAULT_EXPORTER = "/usr/bin/prometheus-node-exporter";
    private static final int WARM_UP = 200;
    private static final int COLD = 5;
    private static final double BUDGET_MILLIS = 15;
    private static final double NANOS = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public String summary() {
        return "CPU and wall time of a run of the host collector beside node_exporter's"
                + " [--node-exporter PATH] [--runs N]";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream out) throws Exception {
        String exporter = DEFAULT_EXPORTER;
        int runs = 100;
        for (int i = 0; i < arguments.size(); i += 2) {
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (arguments.get(i)) {
                case "--node-exporter" -> exporter = value;
                case "--runs" -> runs = runs(value);
                default ->
                    throw new UsageException(
                            "collector-host takes --node-exporter PATH and --runs N, not " + arguments.get(i));
            }
        }
        var collector = new HostComponent(Configs.defaults(HostConfig.class));
        Result ours = new Result();
        Result theirs = new Result();
        if (Files.isExecutable(Path.of(exporter))) {
            try (var peer = new NodeExporter(exporter)) {
                measure(collector, peer, runs, ours, theirs);
            }
        } else {
            out.println("No node_exporter at " + exporter + ": measured alone. Name one with --node-exporter PATH.");
            measure(collector, null, runs, ours, theirs);
        }
        return print(runs, ours, theirs, out);
    }

    private static int runs(String text) throws UsageException {
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new UsageException("--runs takes a number from 1 to 99999, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static final class Result {
        final Measurements cpu = new Measurements();
        final Measurements wall = new Measurements();
        final Measurements cpuWithText = new Measurements();
        final Measurements cold = new Measurements();
        double processMillis;
        int series;
    }

    private static void measure(Collector collector, @Nullable NodeExporter peer, int runs, Result ours, Result theirs)
            throws Exception {
        var sink = new ExpositionSink();
        for (int i = 0; i < WARM_UP; i++) {
            sink.begin();
            long before = THREADS.getCurrentThreadCpuTime();
            collector.collect(sink);
            if (i < COLD) {
                ours.cold.add((THREADS.getCurrentThreadCpuTime() - before) / NANOS);
            }
            sink.text();
            if (peer != null) {
                peer.scrape();
            }
        }
        for (int i = 0; i < runs; i++) {
            sink.begin();
            double processBefore = processMillis();
            long cpu = THREADS.getCurrentThreadCpuTime();
            long wall = System.nanoTime();
            collector.collect(sink);
            ours.wall.add((System.nanoTime() - wall) / NANOS);
            ours.cpu.add((THREADS.getCurrentThreadCpuTime() - cpu) / NANOS);
            ours.processMillis += processMillis() - processBefore;
            sink.text();
            ours.cpuWithText.add((THREADS.getCurrentThreadCpuTime() - cpu) / NANOS);
            ours.series = sink.size();
            if (peer != null) {
                double before = peer.cpuMillis();
                long start = System.nanoTime();
                String answer = peer.scrape();
                theirs.wall.add((System.nanoTime() - start) / NANOS);
                theirs.cpu.add(peer.cpuMillis() - before);
                theirs.series = (int)
                        answer.lines().filter(line -> !line.startsWith("#")).count();
            }
        }
    }

    /** The whole process's processor time so far. */
    private static double processMillis() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / NANOS;
    }

    private static boolean print(int runs, Result ours, Result theirs, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "Host collector: %d runs after %d to warm up, %d processors, Java %s%n%n",
                runs,
                WARM_UP,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        out.printf(Locale.ROOT, "%-34s %10s %10s %10s %8s%n", "ms", "CPU median", "CPU p95", "wall med.", "series");
        row("hearthwatch, collect", ours.cpu, ours.wall, ours.series, out);
        row("hearthwatch, collect and text", ours.cpuWithText, new Measurements(), ours.series, out);
        if (theirs.series > 0) {
            row("node_exporter, scrape over HTTP", theirs.cpu, theirs.wall, theirs.series, out);
        }
        out.printf(
                Locale.ROOT, "%nhearthwatch, all threads of the process: %.2f ms per run%n", ours.processMillis / runs);
        out.printf(
                Locale.ROOT,
                "hearthwatch, the first %d runs of a fresh JVM: median %.1f ms%n",
                COLD,
                ours.cold.median());
        if (theirs.series > 0) {
            out.printf(
                    Locale.ROOT,
                    "ratio hearthwatch / node_exporter, CPU: %.2f collect, %.2f collect and text; wall: %.2f%n",
                    ours.cpu.median() / theirs.cpu.median(),
                    ours.cpuWithText.median() / theirs.cpu.median(),
                    ours.wall.median() / theirs.wall.median());
        }
        boolean met = ours.cpu.median() <= BUDGET_MILLIS;
        out.printf(Locale.ROOT, "bar: at most %.0f ms CPU per run: %s%n", BUDGET_MILLIS, met ? "met" : "MISSED");
        return met;
    }

    private static void row(String name, Measurements cpu, Measurements wall, int series, PrintStream out) {
        double wallMedian = wall.median();
        out.printf(
                Locale.ROOT,
                "%-34s %10.2f %10.2f %10s %8d%n",
                name,
                cpu.median(),
                cpu.quantile(0.95),
                Double.isNaN(wallMedian) ? "" : String.format(Locale.ROOT, "%.2f", wallMedian),
                series);
    }
}
