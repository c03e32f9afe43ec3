package org.hearthwatch.prometheus.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.api.store.SampleTail.Lag;
import org.hearthwatch.api.store.SampleTail.Position;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.prometheus.out.Relabelling;
import org.hearthwatch.prometheus.out.SendFigures;
import org.hearthwatch.prometheus.out.SendSettings;
import org.hearthwatch.prometheus.out.Sending;
import org.hearthwatch.testkit.FakeEgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends to the real programs, where they are installed, and stops them in the middle. */
class RealReceiversTest {

    private static final int SERIES = 100;
    private static final int ROUNDS = 200;
    private static final int SLICE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SendFigures figures = new SendFigures();
    private Optional<Process> receiver = Optional.empty();

    @AfterEach
    void stop() {
        receiver.ifPresent(Process::destroyForcibly);
        threads.shutdownNow();
    }

    @Test
    void prometheus_killed_in_the_middle_has_every_sample_once() throws Exception {
        assumeTrue(isInstalled("prometheus"), "prometheus is not installed");
        Files.writeString(folder.resolve("p.yml"), "global: {}\n");
        int port = freePort();
        sendWhileRestarted(
                List.of(
                        "prometheus",
                        "--config.file=" + folder.resolve("p.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.enable-remote-write-receiver",
                        "--web.listen-address=127.0.0.1:" + port),
                port,
                Process::destroyForcibly);
    }

    @Test
    void victoria_metrics_stopped_in_the_middle_has_every_sample_once() throws Exception {
        assumeTrue(isInstalled("victoria-metrics"), "victoria-metrics is not installed");
        int port = freePort();
        // It acknowledges what it holds in memory, so it is asked to stop rather than killed.
        sendWhileRestarted(
                List.of(
                        "victoria-metrics",
                        "-storageDataPath=" + folder.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-search.latencyOffset=0s",
                        "-memory.allowedBytes=64MB"),
                port,
                Process::destroy);
    }

    private void sendWhileRestarted(List<String> command, int port, java.util.function.Consumer<Process> stopping)
            throws Exception {
        start(command, port);
        var settings = new EndpointSettings(
                URI.create("http://127.0.0.1:" + port + "/api/v1/write"),
                Map.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                EndpointTls.NONE,
                Duration.ofSeconds(10));
        var endpoint = new HttpEndpoint(
                settings, new SecretReader(Optional::empty, Map.of()), new FakeEgress(), "hearthwatch/test", threads);
        long end = System.currentTimeMillis();
        var sending = new Sending(
                "test",
                new Rounds(end - ROUNDS * 1000L),
                endpoint,
                new SendSettings(Labels.of("site", "home"), Relabelling.parse(""), SLICE, 2, Duration.ofDays(1)),
                figures,
                Clock.systemUTC(),
                new SplittableRandom(1),
                pause -> TimeUnit.MILLISECONDS.sleep(pause.toMillis()));
        var all = threads.submit(() -> {
            while (sending.sendNext()) {
                if (figures.sent.sum() == SERIES * ROUNDS / 2) {
                    stopping.accept(receiver.orElseThrow());
                }
            }
            return true;
        });
        await(() -> figures.retries.sum() > 0);
        receiver.orElseThrow().waitFor();
        start(command, port);
        all.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(figures.failed.sum()).isZero();
        String query =
                "sum(count_over_time(sent{site=\"home\"}[1h])) * 1000000 + sum(sum_over_time(sent{site=\"home\"}[1h]))";
        double expected = (double) SERIES * ROUNDS * 1_000_000 + (double) SERIES * ROUNDS * (ROUNDS - 1) / 2;
        String wanted = new java.math.BigDecimal(expected).toPlainString();
        await(() -> get(
                        port,
                        "/api/v1/query?time=" + (end / 1000 + 1) + "&query="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .orElse("")
                .contains("\"" + wanted + "\""));
    }

    private void start(List<String> command, int port) throws IOException {
        receiver = Optional.of(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
        await(() -> get(port, "/-/ready").isPresent());
    }

    private static Optional<String> get(int port, String path) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came true in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A value for every series each second. */
    private static final class Rounds implements Cursor {

        private final long from;
        private int next;

        Rounds(long from) {
            this.from = from;
        }

        @Override
        public Optional<Slice> poll(int most, Duration wait) {
            if (next == SERIES * ROUNDS) {
                return Optional.empty();
            }
            var batch = SampleBatch.from("test");
            for (int i = 0; i < most && next < SERIES * ROUNDS; i++, next++) {
                int round = next / SERIES;
                batch.add(Labels.of("__name__", "sent", "n", "" + next % SERIES), from + round * 1000L, round);
            }
            return Optional.of(new Slice(batch.build(), List.of(), 0, new Position(0, next, 0)));
        }

        @Override
        public void acknowledge(Slice slice) {
            assertThat(slice.end().offset()).isEqualTo(next);
        }

        @Override
        public Lag lag() {
            return new Lag(0, Long.MAX_VALUE);
        }

        @Override
        public void close() {
            next = SERIES * ROUNDS;
        }
    }
}
