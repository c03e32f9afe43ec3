package org.hearthwatch.prometheus.in;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.Snappy;
import org.hearthwatch.testkit.FakeExchange;

/**
 * Measures what receiving costs up to the store: unpacking, decoding, finding the series, gathering the batch. Run it by its
 * {@code main}; arguments: how many series, samples of each in a request.
 */
final class ReceiveCost {

    private static final int ROUNDS = 30;

    private ReceiveCost() {}

    public static void main(String[] args) throws Exception {
        int series = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        int samples = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        var write = new RemoteWrite(
                new Intake(
                        batch -> new Receipt(batch.size(), 0, List.of(), CompletableFuture.completedFuture(null)),
                        Optional::empty,
                        new Senders(),
                        new SeriesCache(100_000, 64 << 20),
                        () -> new PushLimits(
                                1 << 30,
                                1 << 30,
                                10_000_000,
                                100_000_000,
                                10_000_000,
                                1L << 31,
                                PushLimits.USUAL.patience()),
                        Clock.systemUTC()),
                Permission.write("samples:push"));
        measure("remote write 1.0", Requests.TYPE_1, first(series, samples), series * samples, write);
        measure("remote write 2.0", Requests.TYPE_2, second(series, samples), series * samples, write);
    }

    private static void measure(String what, String type, byte[] message, int samples, RemoteWrite write)
            throws Exception {
        byte[] body = Snappy.pack(message, 0, message.length);
        int requests = Math.max(1, 2_000_000 / samples);
        double best = Double.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = allocated();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < requests; i++) {
                var answer = FakeExchange.post("/api/v1/write")
                        .withHeader("Content-Type", type)
                        .withHeader("Content-Encoding", "snappy")
                        .withBody(body)
                        .answeredBy(write);
                if (answer.status() != 204) {
                    throw new IllegalStateException(answer.text());
                }
            }
            cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            best = Math.min(best, (double) cpu / requests / samples);
            allocated = (allocated() - bytes) / requests / samples;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ns CPU and %d bytes allocated per sample (%d samples and %d bytes in a request)%n",
                what,
                best,
                allocated,
                samples,
                body.length);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static String[] labels(int series) {
        return new String[] {
            "__name__",
            "node_cpu_seconds_total",
            "cluster",
            "home",
            "cpu",
            "" + series % 16,
            "instance",
            "machine-" + series / 64 + ".lan:9100",
            "job",
            "node",
            "mode",
            "mode-" + series % 64
        };
    }

    private static byte[] first(int series, int samples) {
        var request = new Requests.First();
        for (int i = 0; i < series; i++) {
            request.series(labels(i));
            for (int n = 0; n < samples; n++) {
                request.sample(1_800_000_000_000L + n * 1000L, i * 0.37 + n);
            }
            request.done();
        }
        return request.out.toByteArray();
    }

    private static byte[] second(int series, int samples) {
        var request = new Requests.Second();
        for (int i = 0; i < series; i++) {
            request.series(labels(i));
            for (int n = 0; n < samples; n++) {
                request.sample(1_800_000_000_000L + n * 1000L, i * 0.37 + n);
            }
            request.done();
        }
        return request.message();
    }
}
