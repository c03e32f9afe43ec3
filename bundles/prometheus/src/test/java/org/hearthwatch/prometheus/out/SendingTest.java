package org.hearthwatch.prometheus.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.prometheus.in.Intake;
import org.hearthwatch.prometheus.in.PushLimits;
import org.hearthwatch.prometheus.in.RecordingStore;
import org.hearthwatch.prometheus.in.RemoteWrite;
import org.hearthwatch.prometheus.in.Senders;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class SendingTest {

    private static final long NOW = 1_800_000_000_000L;

    private final FakeTail tail = new FakeTail();
    private final RecordingStore store = new RecordingStore();
    private final SendFigures figures = new SendFigures();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Endpoint.Answer> troubles = new ArrayDeque<>();
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
    private SendSettings settings = settings("", 2);

    private static SendSettings settings(String rules, int shards) {
        return new SendSettings(Labels.of("site", "home"), Relabelling.parse(rules), 100, shards, Duration.ofHours(6));
    }

    /** Our own receiver, behind the answers that a test wants first. */
    private CompletableFuture<Endpoint.Answer> receive(byte[] body) {
        var trouble = troubles.poll();
        if (trouble != null) {
            return trouble.status() == 0
                    ? CompletableFuture.failedFuture(new IOException("Connection refused"))
                    : CompletableFuture.completedFuture(trouble);
        }
        var write = new RemoteWrite(
                new Intake(
                        store,
                        () -> Optional.of(store),
                        new Senders(),
                        new SeriesCache(100, 100_000),
                        () -> PushLimits.USUAL,
                        clock),
                Permission.write("samples:push"));
        try {
            var answer = FakeExchange.post("/api/v1/write")
                    .withHeader("Content-Encoding", "snappy")
                    .withHeader("Content-Type", "application/x-protobuf")
                    .withBody(body)
                    .answeredBy(write);
            return CompletableFuture.completedFuture(
                    new Endpoint.Answer(answer.status(), Optional.empty(), answer.text()));
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Endpoint.Answer answer(int status) {
        return new Endpoint.Answer(status, Optional.empty(), "");
    }

    private Sending sending() {
        return new Sending(
                "test", tail.open("test"), this::receive, settings, figures, clock, new Random(1), pauses::add);
    }

    private void sendAll() throws Exception {
        Sending sending = sending();
        while (sending.sendNext()) {
            // The loop's condition sends.
        }
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            tail.log.add(new Sample(Labels.of("__name__", "a", "n", "" + i % 7), NOW + i, i));
        }
    }

    @Test
    void samples_arrive_once_with_the_external_labels_and_in_order() throws Exception {
        tail.metadata.add(new MetricMetadata("a", MetricType.GAUGE, "help", "unit"));
        fill(250);
        sendAll();

        assertThat(store.samples).hasSize(250);
        for (int n = 0; n < 7; n++) {
            var series = Labels.of("__name__", "a", "n", "" + n, "site", "home");
            assertThat(store.samples)
                    .filteredOn(sample -> sample.labels().equals(series))
                    .isSortedAccordingTo(java.util.Comparator.comparingLong(Sample::timestamp))
                    .hasSizeBetween(35, 36);
        }
        assertThat(store.families).contains(new MetricMetadata("a", MetricType.GAUGE, "help", "unit"));
        assertThat(tail.acknowledged).isEqualTo(250);
        assertThat(figures.sent.sum()).isEqualTo(250);
    }

    @Test
    void an_outage_loses_and_doubles_nothing() throws Exception {
        fill(250);
        for (int i = 0; i < 12; i++) {
            troubles.add(answer(i % 3 == 0 ? 0 : 503));
        }
        sendAll();

        assertThat(store.samples).hasSize(250);
        assertThat(figures.retries.sum()).isPositive();
        assertThat(figures.failed.sum()).isZero();
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(15), Duration.ofMillis(30));
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void after_a_restart_what_was_not_acknowledged_comes_again() throws Exception {
        fill(150);
        sending().sendNext();
        assertThat(tail.acknowledged).isEqualTo(100);
        sendAll();
        assertThat(store.samples).hasSize(150);
    }

    @Test
    void what_is_refused_for_good_is_counted_and_not_repeated() throws Exception {
        settings = settings("", 1);
        fill(150);
        troubles.add(answer(400));
        sendAll();

        assertThat(figures.failed.sum()).isEqualTo(100);
        assertThat(figures.retries.sum()).isZero();
        assertThat(store.samples).hasSize(50);
    }

    @Test
    void an_endpoint_that_says_when_to_come_again_is_left_alone_until_then() throws Exception {
        settings = settings("", 1);
        fill(1);
        troubles.add(new Endpoint.Answer(429, Optional.of(Duration.ofSeconds(17)), ""));
        troubles.add(new Endpoint.Answer(503, Optional.of(Duration.ofDays(9)), ""));
        sendAll();
        assertThat(pauses).containsExactly(Duration.ofSeconds(17), Duration.ofMinutes(5));
    }

    @Test
    void what_is_too_old_or_relabelled_away_is_counted_and_not_sent() throws Exception {
        settings = settings("[{source_labels: [__name__], regex: 'go_.*', action: drop}]", 2);
        tail.log.add(new Sample(Labels.of("__name__", "go_threads"), NOW, 1));
        tail.log.add(new Sample(Labels.of("__name__", "up"), NOW - 7 * 3_600_000, 1));
        tail.log.add(new Sample(Labels.of("__name__", "up"), NOW, 1));
        sendAll();

        assertThat(store.samples).hasSize(1);
        assertThat(figures.droppedRelabelled.sum()).isEqualTo(1);
        assertThat(figures.droppedOld.sum()).isEqualTo(1);
        assertThat(tail.acknowledged).isEqualTo(3);
    }

    @Test
    void histograms_arrive_as_they_were() throws Exception {
        var whole = new NativeHistogram(
                ResetHint.GAUGE,
                3,
                0.001,
                1,
                6,
                18.5,
                new Buckets(List.of(new Span(-1, 2), new Span(3, 1)), 1, 3, 1),
                Buckets.NONE);
        var fractions = new NativeHistogram(
                ResetHint.GAUGE, -53, 0, 0, 2.5, 1, new Buckets(List.of(new Span(0, 2)), 2, 0.5), Buckets.NONE, 0.1);
        tail.log.add(new Sample(Labels.of("__name__", "h"), NOW, whole));
        tail.log.add(new Sample(Labels.of("__name__", "h"), NOW + 1, fractions));
        sendAll();
        assertThat(store.samples)
                .extracting(sample -> sample.histogram().orElseThrow())
                .containsExactly(whole, fractions);
    }

    @Test
    void an_interruption_ends_it() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> sending().run()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
