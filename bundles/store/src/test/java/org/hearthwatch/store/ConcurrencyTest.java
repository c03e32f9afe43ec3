package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Many threads that append, read, commit and follow at once: no torn, foreign, lost or doubled sample. */
class ConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int ROUNDS = 80;
    private static final int SERIES = 20;

    private final TestClock clock = TestClock.atStart();
    private final long start = clock.millis() - Duration.ofMinutes(20).toMillis();

    @Test
    void what_many_threads_append_is_read_whole_and_followed_once() throws Exception {
        var disk = new SimulatedDisk();
        var ended = new AtomicBoolean();
        var threads = Executors.newCachedThreadPool();
        var promises = new ConcurrentLinkedQueue<CompletionStage<Void>>();
        try (var store = TimeSeriesStore.open(disk, Stores.settings(), clock);
                Cursor cursor = store.tail().open("follower")) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(store, writer, promises)));
            }
            var others = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                others.add(threads.submit(() -> readUntil(store, ended)));
            }
            others.add(threads.submit(() -> {
                while (!ended.get()) {
                    store.awaitWork(Duration.ofMillis(20));
                    store.commit();
                    store.maintain();
                }
                return null;
            }));
            for (var writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            ended.set(true);
            for (var other : others) {
                other.get(60, TimeUnit.SECONDS);
            }
            store.commit();
            assertThat(promises).hasSize(WRITERS * ROUNDS).allMatch(promise -> promise.toCompletableFuture()
                    .isDone());
            assertThat(readAll(store)).isEqualTo(WRITERS * ROUNDS * SERIES / 2);
            assertThat(store.status().samples()).isEqualTo(WRITERS * ROUNDS * SERIES / 2);
            assertThat(follow(cursor)).isEqualTo(WRITERS * ROUNDS * SERIES / 2);
        } finally {
            threads.shutdownNow();
        }
        try (var store = TimeSeriesStore.open(disk.kill(), Stores.settings(), clock)) {
            assertThat(readAll(store)).isEqualTo(WRITERS * ROUNDS * SERIES / 2);
            assertThat(store.damages()).isEmpty();
        }
    }

    /** Two writers each send the same series, one in order and one from the end, so that each sample comes twice. */
    private Void write(TimeSeriesStore store, int writer, ConcurrentLinkedQueue<CompletionStage<Void>> promises)
            throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            int round = writer % 2 == 0 ? i : ROUNDS - 1 - i;
            var batch = SampleBatch.from("writer-" + writer);
            for (int n = 0; n < SERIES; n++) {
                Labels labels = Labels.of("__name__", "m", "n", Integer.toString(writer / 2 * SERIES + n));
                if (n % 10 == 0) {
                    batch.add(labels, start + 1000L * round, Histograms.growing(round));
                } else {
                    batch.add(labels, start + 1000L * round, valueOf(writer / 2 * SERIES + n, round));
                }
            }
            Receipt receipt = store.append(batch.build());
            assertThat(receipt.refusals()).isEmpty();
            promises.add(receipt.durable());
        }
        return null;
    }

    private static double valueOf(long series, long round) {
        return series * 1e6 + round * 0.7;
    }

    private Void readUntil(TimeSeriesStore store, AtomicBoolean ended) {
        while (!ended.get()) {
            readAll(store);
        }
        return null;
    }

    private long readAll(TimeSeriesStore store) {
        long found = 0;
        var buffer = new SampleBuffer();
        try (var selection = store.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                long series = Long.parseLong(selection.labels(i).get("n"));
                long before = Long.MIN_VALUE;
                for (int j = 0; j < buffer.size(); j++) {
                    assertThat(buffer.timestamp(j)).isGreaterThan(before);
                    before = buffer.timestamp(j);
                    long round = (before - start) / 1000;
                    if (series % 10 == 0) {
                        assertThat(buffer.histogram(j)).contains(Histograms.growing(round));
                    } else {
                        assertThat(buffer.value(j)).isEqualTo(valueOf(series, round));
                    }
                }
                found += buffer.size();
            }
        }
        return found;
    }

    private long follow(Cursor cursor) throws Exception {
        Map<String, Integer> seen = new HashMap<>();
        for (var slice = cursor.poll(1000, Duration.ZERO);
                slice.isPresent();
                slice = cursor.poll(1000, Duration.ZERO)) {
            var batch = slice.get().batch();
            for (int i = 0; i < batch.size(); i++) {
                seen.merge(batch.series(i) + "@" + batch.timestamp(i), 1, Integer::sum);
            }
            cursor.acknowledge(slice.get());
        }
        assertThat(seen.values()).allMatch(count -> count == 1);
        return seen.size();
    }
}
