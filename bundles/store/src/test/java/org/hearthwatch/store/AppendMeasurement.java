package org.hearthwatch.store;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.FileDisk;

/**
 * Measures, by hand: {@code append THREADS ROUNDS}, how fast threads append batches of 1000 series of their own;
 * {@code heap SERIES SAMPLES}, the heap that a store with so many series and samples of each takes.
 */
final class AppendMeasurement {

    private static final int BATCH = 1000;

    private AppendMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("hearthwatch-measurement");
        try {
            int first = Integer.parseInt(arguments[1]);
            int second = Integer.parseInt(arguments[2]);
            if (arguments[0].equals("append")) {
                append(directory, first, second);
            } else {
                heap(directory, first, second);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void append(Path directory, int threads, int rounds) throws Exception {
        var store = TimeSeriesStore.open(new FileDisk(directory), settings(1L << 30, 200_000), InstantSource.system());
        long start = System.currentTimeMillis() - Duration.ofMinutes(50).toMillis();
        var committer = daemon(() -> {
            while (true) {
                store.awaitWork(Duration.ofMillis(100));
                store.commit();
            }
        });
        var pool = Executors.newFixedThreadPool(threads);
        for (int pass = 0; pass < 4; pass++) {
            long from = start + (long) pass * rounds * 1000;
            long begin = System.nanoTime();
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                int target = i;
                running.add(pool.submit(() -> {
                    Labels[] series = seriesOf(target * BATCH, BATCH);
                    for (int round = 0; round < rounds; round++) {
                        var batch = SampleBatch.from("target-" + target);
                        for (int n = 0; n < BATCH; n++) {
                            batch.add(series[n], from + round * 1000L, n % 3 == 0 ? n : round * 0.1 + n);
                        }
                        while (true) {
                            try {
                                store.append(batch.build());
                                break;
                            } catch (org.hearthwatch.api.store.StoreUnavailableException e) {
                                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                            }
                        }
                    }
                    return null;
                }));
            }
            for (var one : running) {
                one.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            print("pass " + pass + ": " + Math.round(threads * (double) rounds * BATCH / seconds / 1000)
                    + " thousand samples a second");
        }
        pool.shutdown();
        committer.interrupt();
    }

    private static void heap(Path directory, int count, int samples) throws Exception {
        long before = used();
        var store =
                TimeSeriesStore.open(new FileDisk(directory), settings(200L << 20, 200_000), InstantSource.system());
        long start = System.currentTimeMillis() - Duration.ofMinutes(55).toMillis();
        for (int round = 0; round < samples; round++) {
            for (int from = 0; from < count; from += BATCH) {
                Labels[] series = seriesOf(from, BATCH);
                var batch = SampleBatch.from("target");
                for (int n = 0; n < BATCH; n++) {
                    double value = n % 10 < 6 ? n : n % 10 < 9 ? round * 17L + n : Math.sin(round + n);
                    batch.add(series[n], start + round * 13_000L, value);
                }
                store.append(batch.build());
            }
            store.commit();
        }
        long after = used();
        print(count + " series of " + samples + " samples: " + (after - before) / 1e6 + " MB, "
                + (after - before) / count + " B a series; the store says "
                + store.status().memoryBytes() / 1e6 + " MB");
        store.close();
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            var runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static StoreSettings settings(long memory, int series) {
        return Stores.settings(changes -> changes.memoryBytes(memory).maxSeries(series));
    }

    /** As a host with a node exporter has them: 600 series for each of many hosts, ten labels. */
    private static Labels[] seriesOf(int from, int count) {
        var series = new Labels[count];
        for (int i = 0; i < count; i++) {
            int number = from + i;
            series[i] = Labels.of(
                    "__name__", "node_metric_" + number % 600 + "_total",
                    "instance", "host-" + number / 600 + ":9100",
                    "job", "node",
                    "datacenter", "dc-" + number / 600 % 4,
                    "device", "disk" + number % 16,
                    "mode", List.of("user", "system", "idle", "iowait").get(number % 4));
        }
        return series;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void print(String line) {
        new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8).println(line);
    }
}
