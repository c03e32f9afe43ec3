import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
 * of a host: two thirds of the series constant, the rest counters, gauges and a few full-precision numbers; seeded.
 *
 * <p>Run by {@code benchmarks/run store}; prints one figure a line.
 */
public final class StoreBenchmark {

    private static final Instant START = Instant.parse("2026-01-02T00:00:00Z");
    private static final int INTERVAL = 15_000;
    private static final int DAY = 5760;

    private static volatile Instant now = START;

    private StoreBenchmark() {}

    /** Takes the directory to work in, or uses a new one. */
    public static void main(String[] arguments) throws Exception {
        Path directory = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("hearthwatch-store");
        day(directory.resolve("warm-up"), 1000, 1000, false);
        day(directory.resolve("1000"), 1000, DAY, true);
        day(directory.resolve("10000"), 10_000, 480, true);
        heap(directory.resolve("heap"), 100_000);
        removeAll(directory);
    }

    private static void day(Path directory, int series, int rounds, boolean print) throws Exception {
        now = START;
        Labels[] labels = labels(series);
        var source = new Source(series);
        long appending = 0;
        long committing = 0;
        long worst = 0;
        long logBytes;
        try (var store = TimeSeriesStore.open(new FileDisk(directory), settings(), clock())) {
            for (int round = 0; round < rounds; round++) {
                var builder = SampleBatch.from("benchmark");
                source.next();
                for (int i = 0; i < series; i++) {
                    builder.add(labels[i], now.toEpochMilli(), source.values[i]);
                }
                SampleBatch batch = builder.build();
                long begin = System.nanoTime();
                store.append(batch);
                long appended = System.nanoTime();
                store.commit();
                long end = System.nanoTime();
                appending += appended - begin;
                committing += end - appended;
                worst = Math.max(worst, appended - begin);
                now = now.plusMillis(INTERVAL);
            }
            if (print) {
                read(store, series);
            }
            var status = store.status();
            logBytes = status.diskBytes();
            if (print) {
                double samples = (double) series * rounds;
                say(series, "append", appending / samples, "ns/sample, fsync apart");
                say(series, "slowest append of a batch", worst / 1e6, "ms");
                say(series, "commit, fsync included", committing / 1e6 / rounds, "ms/batch");
                say(series, "log and catalogue", logBytes / samples, "bytes/sample");
                say(series, "heap of samples and series", status.memoryBytes() / samples, "bytes/sample, as it counts");
            }
        }
        long begin = System.nanoTime();
        try (var store = TimeSeriesStore.open(new FileDisk(directory), settings(), clock())) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (print) {
                say(series, "open", seconds * 1000, "ms for " + store.status().samples() + " samples");
                say(series, "replay", store.status().samples() / seconds / 1e6, "million samples/s");
            }
        }
    }

    private static void read(TimeSeriesStore store, int series) {
        long to = now.toEpochMilli();
        say(series, "latest() of all", median(() -> store.latest(List.of(), 0).size()), "ms");
        var prefix = List.of(new Matcher(Labels.NAME, Matcher.Kind.MATCHES, "metric_1.*"));
        say(series, "select by prefix, last hour", median(() -> select(store, prefix, to - 3_600_000, to)), "ms");
        say(series, "select and read all, last hour", median(() -> select(store, List.of(), to - 3_600_000, to)), "ms");
        var pattern = List.of(new Matcher(Labels.NAME, Matcher.Kind.MATCHES, ".*(1|2)[0-9]+x?"));
        say(series, "select by pattern, last hour", median(() -> select(store, pattern, to - 3_600_000, to)), "ms");
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

    private static void heap(Path directory, int series) throws Exception {
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
        say(series, "heap of a series with one sample", (after - before) / (double) series, "bytes, measured");
        say(series, "the same", holder.get(0).status().memoryBytes() / (double) series, "bytes, as it counts");
        holder.get(0).close();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double median(LongSupplier work) {
        var times = new double[21];
        long sum = 0;
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            sum += work.getAsLong();
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        if (sum == 0) {
            throw new IllegalStateException("Nothing was found");
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void say(int series, String what, double value, String unit) {
        System.out.printf("%7d series  %-36s %10.3f %s%n", series, what, value, unit);
    }

    private static Labels[] labels(int count) {
        var labels = new Labels[count];
        Arrays.setAll(labels, StoreBenchmark::label);
        return labels;
    }

    private static Labels label(int number) {
        return Labels.of(
                Labels.NAME, "metric_" + number % 500,
                "device", "device-" + number / 500,
                "instance", "nas.example",
                "job", "host",
                "mode", "mode" + number % 8);
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

    private static InstantSource clock() {
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
