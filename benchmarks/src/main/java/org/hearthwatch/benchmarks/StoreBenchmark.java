package org.hearthwatch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.StoreSettings;
import org.hearthwatch.store.TimeSeriesStore;
import org.hearthwatch.store.disk.FileDisk;

/**
 * What the store costs: appending, bytes, reading back at the start, heap, the newest values. Samples are made like those
 * of a host: two thirds of the series constant, the rest counters, gauges and a few full-precision numbers; seeded. Bars
 * are on the processor time of the one thread that does it all, which a busy machine changes least.
 *
 * <p>Files go to a new directory below {@code java.io.tmpdir}, or to the one named, which must not be there yet.
 */
final class StoreBenchmark implements Benchmark {

    private static final Instant START = Instant.parse("2026-01-02T00:00:00Z");
    private static final int INTERVAL = 15_000;
    private static final int DAY = 5760;

    private volatile Instant now = START;
    private PrintStream out = System.out;
    private boolean met = true;

    @Override
    public String summary() {
        return "[DIRECTORY]: appending, log size, replay, heap and the newest values of the store";
    }

    @Override
    public boolean run(List<String> arguments, PrintStream to) throws Exception {
        if (arguments.size() > 1) {
            throw new UsageException("store takes one directory at most");
        }
        out = to;
        Path directory = arguments.isEmpty()
                ? Files.createTempDirectory("hearthwatch-store")
                : Files.createDirectory(Path.of(arguments.get(0)));
        try {
            day(directory.resolve("warm-up"), 1000, 1000, false);
            day(directory.resolve("1000"), 1000, DAY, true);
            day(directory.resolve("10000"), 10_000, 480, true);
            heap(directory.resolve("heap"), 100_000);
        } finally {
            removeAll(directory);
        }
        return met;
    }

    private void day(Path directory, int series, int rounds, boolean print) throws Exception {
        now = START;
        Labels[] labels = labels(series);
        var source = new Source(series);
        long appending = 0;
        long committing = 0;
        var stalls = new Measurements();
        long logBytes;
        try (var store = TimeSeriesStore.open(new FileDisk(directory), settings(), clock())) {
            for (int round = 0; round < rounds; round++) {
                var builder = SampleBatch.from("benchmark");
                source.next();
                for (int i = 0; i < series; i++) {
                    builder.add(labels[i], now.toEpochMilli(), source.values[i]);
                }
                SampleBatch batch = builder.build();
                long begin = cpu();
                long wall = System.nanoTime();
                store.append(batch);
                stalls.add((System.nanoTime() - wall) / 1e6);
                long appended = cpu();
                store.commit();
                appending += appended - begin;
                committing += cpu() - appended;
                now = now.plusMillis(INTERVAL);
            }
            if (print) {
                read(store, series);
            }
            var status = store.status();
            logBytes = status.diskBytes();
            if (print) {
                double samples = (double) series * rounds;
                bar(series, "append", appending / samples, "ns CPU/sample", 400);
                bar(series, "commit", committing / samples, "ns CPU/sample", 400);
                say(series, "append of a batch, median", stalls.median(), "ms");
                say(series, "append of a batch, 99.9 %", stalls.quantile(0.999), "ms");
                bar(series, "log and catalogue", logBytes / samples, "bytes/sample", 2);
                say(series, "heap of samples and series", status.memoryBytes() / samples, "bytes/sample, as it counts");
            }
        }
        long begin = cpu();
        try (var store = TimeSeriesStore.open(new FileDisk(directory), settings(), clock())) {
            double seconds = (cpu() - begin) / 1e9;
            if (print) {
                bar(
                        series,
                        "open",
                        seconds * 1000,
                        "ms CPU for " + store.status().samples() + " samples",
                        3000);
                say(series, "replay", store.status().samples() / seconds / 1e6, "million samples/s CPU");
            }
        }
    }

    private void read(TimeSeriesStore store, int series) {
        long to = now.toEpochMilli();
        bar(series, "latest() of all", median(() -> store.latest(List.of(), 0).size()), "ms CPU", 10);
        var prefix = List.of(new Matcher(Labels.NAME, Matcher.Kind.MATCHES, "metric_1.*"));
        say(series, "select by prefix, last hour", median(() -> select(store, prefix, to - 3_600_000, to)), "ms CPU");
        say(
                series,
                "select and read all, last hour",
                median(() -> select(store, List.of(), to - 3_600_000, to)),
                "ms CPU");
        var pattern = List.of(new Matcher(Labels.NAME, Matcher.Kind.MATCHES, ".*(1|2)[0-9]+x?"));
        say(series, "select by pattern, last hour", median(() -> select(store, pattern, to - 3_600_000, to)), "ms CPU");
    }

    private static long select(TimeSeriesStore store, List<Matcher> matchers, long from, long to) {
        var buffer = new SampleBuffer();
        long samples = 0;
        try (var selection = store.select(matchers, from, to)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                samples += buffer.size();
            }
        }
        return samples;
    }

    private void heap(Path directory, int series) throws Exception {
        now = START;
        var holder = new ArrayList<TimeSeriesStore>();
        long before = used();
        holder.add(TimeSeriesStore.open(new FileDisk(directory), settings(), clock()));
        for (int from = 0; from < series; from += 1000) {
            var builder = SampleBatch.from("benchmark");
            for (int i = from; i < from + 1000; i++) {
                builder.add(label(i), now.toEpochMilli(), i);
            }
            holder.get(0).append(builder.build());
            holder.get(0).commit();
        }
        long after = used();
        bar(series, "heap of a series with one sample", (after - before) / (double) series, "bytes", 600);
        say(series, "the same", holder.get(0).status().memoryBytes() / (double) series, "bytes, as it counts");
        holder.get(0).close();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double median(LongSupplier work) {
        var times = new Measurements();
        long sum = 0;
        for (int i = 0; i < 21; i++) {
            long begin = cpu();
            sum += work.getAsLong();
            times.add((cpu() - begin) / 1e6);
        }
        if (sum == 0) {
            throw new IllegalStateException("Nothing was found");
        }
        return times.median();
    }

    private void say(int series, String what, double value, String unit) {
        out.printf(Locale.ROOT, "%7d series  %-34s %10.3f %s%n", series, what, value, unit);
    }

    private void bar(int series, String what, double value, String unit, double most) {
        met &= value <= most;
        say(series, what, value, unit + ", bar " + most + (value <= most ? "" : " MISSED"));
    }

    private static Labels[] labels(int count) {
        var labels = new Labels[count];
        Arrays.setAll(labels, StoreBenchmark::label);
        return labels;
    }

    private static Labels label(int number) {
        return Labels.of(
                Labels.NAME,
                "metric_" + number % 500,
                "device",
                "device-" + number / 500,
                "instance",
                "nas.example",
                "job",
                "host",
                "mode",
                "mode" + number % 8);
    }

    private static StoreSettings settings() {
        var defaults = StoreSettings.DEFAULTS;
        return new StoreSettings(
                defaults.retention(),
                defaults.retentionBytes(),
                defaults.memoryBytes(),
                defaults.outOfOrderWindow(),
                defaults.futureWindow(),
                200_000,
                Duration.ZERO,
                0);
    }

    private InstantSource clock() {
        return () -> now;
    }

    private static void removeAll(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The values of all series, round by round. */
    private static final class Source {

        private final SplittableRandom random = new SplittableRandom(42);
        private final double[] values;

        Source(int series) {
            values = new double[series];
            Arrays.setAll(values, i -> random.nextInt(1000));
        }

        void next() {
            for (int i = 0; i < values.length; i++) {
                switch (i % 30) {
                    case 0, 1, 2, 3 -> values[i] += random.nextInt(50);
                    case 4, 5 -> values[i] = Math.round(100 * (values[i] + random.nextDouble() - 0.5)) / 100.0;
                    case 6, 7 -> values[i] = random.nextInt(10) == 0 ? random.nextInt(1000) : values[i];
                    case 8, 9 -> values[i] = random.nextDouble();
                    default -> {
                        // Constant, as most are.
                    }
                }
            }
        }
    }
}
