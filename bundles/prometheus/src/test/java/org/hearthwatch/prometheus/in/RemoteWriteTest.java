package org.hearthwatch.prometheus.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {

    private static final Labels UP = Labels.of("__name__", "up", "job", "node");

    private final RecordingStore store = new RecordingStore();
    private final Senders senders = new Senders();
    private PushLimits limits = PushLimits.USUAL;
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    private final RemoteWrite write = new RemoteWrite(
            new Intake(
                    store,
                    () -> Optional.of(store),
                    senders,
                    new SeriesCache(1000, 1 << 20),
                    () -> limits,
                    (InstantSource) () -> now),
            Permission.write("samples:push"));

    private FakeExchange send(FakeExchange exchange) throws Exception {
        return exchange.answeredBy(write);
    }

    @Test
    void version_1_brings_samples_exemplars_and_metadata() throws Exception {
        var answer = send(new Requests.First()
                .series("__name__", "up", "job", "node")
                .sample(1000, 1)
                .sample(2000, Staleness.MARKER)
                .exemplar(1500, 0.5, "trace_id", "abc")
                .done()
                .metadata(2, "up", "Whether it is up", "")
                .post());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(store.samples).startsWith(new Sample(UP, 1000, 1)).hasSize(2);
        assertThat(Staleness.isStale(store.samples.get(1).value())).isTrue();
        assertThat(store.exemplars).containsExactly(new Exemplar(UP, Labels.of("trace_id", "abc"), 1500, 0.5));
        assertThat(store.families).containsExactly(new MetricMetadata("up", MetricType.GAUGE, "Whether it is up", ""));
        assertThat(answer.answeredHeader("X-Prometheus-Remote-Write-Samples-Written"))
                .isEmpty();
    }

    @Test
    void version_2_brings_the_same_and_says_what_was_written() throws Exception {
        var answer = send(new Requests.Second()
                .series("__name__", "up", "job", "node")
                .sample(1000, 1)
                .sample(2000, 0)
                .exemplar(1500, 0.5, "trace_id", "abc")
                .metadata(2, "Whether it is up", "")
                .done()
                .post());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(store.samples).containsExactly(new Sample(UP, 1000, 1), new Sample(UP, 2000, 0));
        assertThat(store.exemplars).containsExactly(new Exemplar(UP, Labels.of("trace_id", "abc"), 1500, 0.5));
        assertThat(store.families).containsExactly(new MetricMetadata("up", MetricType.GAUGE, "Whether it is up", ""));
        assertThat(written(answer)).containsExactly("2", "0", "1");
    }

    private static List<String> written(FakeExchange answer) {
        return List.of(
                answer.answeredHeader("X-Prometheus-Remote-Write-Samples-Written"),
                answer.answeredHeader("X-Prometheus-Remote-Write-Histograms-Written"),
                answer.answeredHeader("X-Prometheus-Remote-Write-Exemplars-Written"));
    }

    @Test
    void a_series_known_from_before_is_the_same_series() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(new Requests.First()
                    .series("__name__", "up", "job", "node")
                    .sample(i, i)
                    .done()
                    .post());
            send(new Requests.Second()
                    .series("__name__", "up", "job", "node")
                    .sample(10 + i, i)
                    .done()
                    .post());
        }
        assertThat(store.samples)
                .hasSize(6)
                .allSatisfy(sample -> assertThat(sample.labels()).isEqualTo(UP));
        assertThat(store.samples.get(5).labels()).isSameAs(store.samples.get(1).labels());
    }

    @Test
    void histograms_of_integers_come_with_differences_and_without_what_the_sender_says_of_resets() throws Exception {
        var request = new Requests.First().series("__name__", "h");
        send(request.histogram(() -> integers(request.out, 6)).done().post());

        assertThat(store.samples)
                .singleElement()
                .satisfies(sample -> assertThat(sample.histogram())
                        .contains(new NativeHistogram(
                                ResetHint.UNKNOWN,
                                3,
                                0.001,
                                1,
                                6,
                                18.5,
                                new Buckets(List.of(new Span(-1, 2), new Span(3, 1)), 1, 3, 1),
                                Buckets.NONE)));
    }

    /** Buckets of 1, 3 and 1, and one observation of zero. */
    private static void integers(ProtoWriter out, int count) {
        out.integer(1, count).float64(3, 18.5).signed(4, 3).float64(5, 0.001).integer(6, 1);
        out.begin(11)
                .signed(1, -1)
                .integer(2, 2)
                .end()
                .begin(11)
                .signed(1, 3)
                .integer(2, 1)
                .end();
        out.begin(12).varint(2).varint(4).varint(3).end().integer(14, 2).integer(15, 7000);
    }

    @Test
    void histograms_of_floats_and_with_bounds_of_their_own_come_too() throws Exception {
        var request = new Requests.Second().series("__name__", "h");
        request.histogram(() -> {
                    request.out.float64(2, 2.5).float64(3, 1).signed(4, -53);
                    request.out.begin(11).signed(1, 0).integer(2, 2).end();
                    request.out
                            .begin(13)
                            .rawFixed64(bits(2))
                            .rawFixed64(bits(0.5))
                            .end();
                    request.out
                            .integer(15, 7000)
                            .begin(16)
                            .rawFixed64(bits(0.1))
                            .end();
                })
                .done();
        var answer = send(request.post());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(written(answer)).containsExactly("0", "1", "0");
        assertThat(store.samples.get(0).histogram())
                .contains(new NativeHistogram(
                        ResetHint.UNKNOWN,
                        -53,
                        0,
                        0,
                        2.5,
                        1,
                        new Buckets(List.of(new Span(0, 2)), 2, 0.5),
                        Buckets.NONE,
                        0.1));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @Test
    void a_histogram_that_does_not_add_up_is_refused_and_the_rest_taken() throws Exception {
        var request = new Requests.Second().series("__name__", "h");
        request.histogram(() -> integers(request.out, 7)).sample(1, 1).done();
        var answer = send(request.post());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(written(answer)).containsExactly("1", "0", "0");
        assertThat(answer.text())
                .contains("invalid histogram (1)")
                .contains("observation count (7.0) does not match its buckets (6.0)");
    }

    @Test
    void a_histogram_whose_sum_is_the_stale_marker_ends_its_series() throws Exception {
        var request = new Requests.First().series("__name__", "h");
        send(request.histogram(() -> request.out.float64(3, Staleness.MARKER).integer(15, 9))
                .done()
                .post());
        assertThat(Staleness.isStale(store.samples.get(0).value())).isTrue();
        assertThat(store.samples.get(0).histogram()).isEmpty();
    }

    @Test
    void what_is_refused_is_counted_with_reasons_and_the_rest_written() throws Exception {
        store.oldest = 500;
        send(new Requests.First()
                .series("__name__", "up", "job", "node")
                .sample(1000, 1)
                .done()
                .post());
        var answer = send(new Requests.Second()
                .series("__name__", "up", "job", "node")
                .sample(100, 1)
                .sample(1000, 2)
                .sample(2000, 1)
                .done()
                .series("job", "nameless")
                .sample(1, 1)
                .sample(2, 2)
                .done()
                .series("__name__", "up", "a", "1", "a", "2")
                .sample(1, 1)
                .done()
                .post());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(written(answer)).containsExactly("1", "0", "0");
        assertThat(answer.text())
                .startsWith("duplicate sample for timestamp (1), invalid labels (3), too old sample (1)\n")
                .contains("duplicated label a")
                .contains("too old sample for series up{job=\"node\"} at 100");
        assertThat(senders.all().get(0).refusals())
                .containsEntry("invalid labels", 3L)
                .containsEntry("too old sample", 1L);
    }

    @Test
    void a_message_or_packing_that_is_not_known_is_a_415() {
        assertThat(statusOf(Requests.post("application/json", new byte[0]))).isEqualTo(415);
        assertThat(statusOf(Requests.post("application/x-protobuf;proto=io.prometheus.write.v3.Request", new byte[0])))
                .isEqualTo(415);
        assertThat(statusOf(Requests.post("application/x-protobuf;proto", new byte[0])))
                .isEqualTo(415);
        assertThat(statusOf(FakeExchange.post("/api/v1/write").withHeader("Content-Encoding", "zstd")))
                .isEqualTo(415);
    }

    private int statusOf(FakeExchange exchange) {
        try {
            return send(exchange).status();
        } catch (HttpProblem e) {
            return e.status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothing_is_acknowledged_that_is_not_on_disk() throws Exception {
        limits = new PushLimits(1000, 1000, 10, 1000, 10, 1 << 20, Duration.ofMillis(10));
        store.durable = new CompletableFuture<>();
        var late = send(new Requests.First()
                .series("__name__", "up")
                .sample(1, 1)
                .done()
                .post());
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.answeredHeader("Retry-After")).isEqualTo("5");

        store.durable = CompletableFuture.failedFuture(new StoreUnavailableException("The disk is full"));
        var failed = send(new Requests.First()
                .series("__name__", "up")
                .sample(1, 1)
                .done()
                .post());
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.text()).isEqualTo("The disk is full\n");
    }

    @Test
    void a_store_that_cannot_take_anything_now_is_a_503() throws Exception {
        store.outOfOrder = "The store is read-only";
        var answer = send(new Requests.First()
                .series("__name__", "up")
                .sample(1, 1)
                .done()
                .post());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.answeredHeader("Retry-After")).isEqualTo("5");
    }

    @Test
    void a_sender_that_is_too_fast_is_told_when_to_go_on() throws Exception {
        limits = new PushLimits(1000, 1000, 100, 1, 10, 1 << 20, Duration.ofMillis(10));
        var request = new Requests.First().series("__name__", "up");
        for (int i = 0; i < 11; i++) {
            request.sample(i, i);
        }
        byte[] message = request.done().out.toByteArray();
        assertThat(statusOf(Requests.post(Requests.TYPE_1, message))).isEqualTo(204);
        var refused = send(Requests.post(Requests.TYPE_1, message));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.answeredHeader("Retry-After")).isEqualTo("1");

        now = now.plusSeconds(2);
        assertThat(statusOf(Requests.post(Requests.TYPE_1, message))).isEqualTo(204);
    }

    @Test
    void series_beyond_a_senders_limit_are_refused_until_the_next_hour() throws Exception {
        limits = new PushLimits(1000, 1000, 100, 1000, 2, 1 << 20, Duration.ofMillis(10));
        for (String name : List.of("a", "b", "a")) {
            assertThat(statusOf(series(name))).isEqualTo(204);
        }
        var refused = send(series("c"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).startsWith("too many series (1)\n");
        assertThat(statusOf(series("c").by(new Principal(Principal.Kind.TOKEN, "other", Scope.WRITE))))
                .as("another sender has a limit of its own")
                .isEqualTo(204);

        now = now.plus(Duration.ofHours(1));
        assertThat(statusOf(series("c"))).isEqualTo(204);
    }

    @Test
    void a_push_token_says_whose_samples_they_are_whatever_they_say_themselves() throws Exception {
        var nas = new Principal(Principal.Kind.TOKEN, "nas-agent", Scope.PUSH, Optional.of("nas"));
        for (int i = 0; i < 2; i++) {
            send(new Requests.First()
                    .series("__name__", "up", "source", "router")
                    .sample(i, 1)
                    .done()
                    .post()
                    .by(nas));
        }
        assertThat(store.samples).extracting(Sample::labels).containsOnly(Labels.of("__name__", "up", "source", "nas"));
        assertThat(store.sources).containsOnly("push/nas");
    }

    private static FakeExchange series(String name) {
        return new Requests.First().series("__name__", name).sample(1, 1).done().post();
    }

    @Test
    void limits_of_size_and_number_hold() throws Exception {
        limits = new PushLimits(100, 100, 2, 1000, 10, 1 << 20, Duration.ofMillis(10));
        assertThat(statusOf(Requests.post(Requests.TYPE_1, new byte[1000]))).isEqualTo(400);
        var three = new Requests.First()
                .series("__name__", "a")
                .sample(1, 1)
                .sample(2, 1)
                .sample(3, 1);
        var answer = send(three.done().post());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("more than 2 samples in one request\n");
        assertThat(store.samples).isEmpty();
        assertThatThrownBy(() -> send(FakeExchange.post("/api/v1/write").withBody(new byte[101])))
                .isInstanceOfSatisfying(
                        HttpProblem.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @Test
    void memory_is_given_back_whatever_happens() throws Exception {
        limits = new PushLimits(1 << 16, 1 << 16, 100, 1_000_000, 1000, 1 << 17, Duration.ofMillis(10));
        for (int i = 0; i < 500; i++) {
            statusOf(series("a" + i % 10));
            statusOf(Requests.post(Requests.TYPE_1, new byte[] {1, 2, 3}));
            statusOf(Requests.post("nonsense", new byte[] {1, 2, 3}));
        }
        assertThat(statusOf(series("a1"))).isEqualTo(204);
    }

    @Test
    void any_damaged_request_is_answered_and_never_breaks_it() {
        var histogram = new Requests.Second().series("__name__", "h", "a", "b");
        byte[] second = histogram
                .histogram(() -> integers(histogram.out, 6))
                .sample(1, 1)
                .exemplar(1, 2, "trace_id", "x")
                .metadata(1, "help", "unit")
                .done()
                .message();
        var older = new Requests.First().series("__name__", "h", "a", "b");
        byte[] first = older.histogram(() -> integers(older.out, 6))
                .sample(1, 1)
                .exemplar(1, 2, "trace_id", "x")
                .done()
                .metadata(1, "a", "b", "c")
                .out
                .toByteArray();
        ForAll.cases(5000, random -> random).check(random -> {
            boolean version2 = random.nextBoolean();
            byte[] damaged = damaged(version2 ? second : first, random);
            int status = send(Requests.post(version2 ? Requests.TYPE_2 : Requests.TYPE_1, damaged))
                    .status();
            assertThat(status).isIn(204, 400, 429);
            now = now.plusSeconds(1);
        });
        assertThat(store.samples)
                .allSatisfy(sample -> assertThat(sample.labels().metricName()).isNotEmpty());
    }

    private static byte[] damaged(byte[] message, SplittableRandom random) {
        byte[] damaged = message.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }
}
