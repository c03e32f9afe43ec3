package org.hearthwatch.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.FileDisk;

/**
 * A process that appends one sample after the other and follows them, until it is killed. It tells on its standard output
 * {@code got} and the first and last number of every slice it was given, before it acknowledges it, and {@code kept} and
 * the number up to which its place was written down.
 */
final class KilledFollower {

    static final Labels SERIES = Labels.of("__name__", "m");

    /** By how much appending may be ahead of following. */
    private static final int AHEAD = 2000;

    private KilledFollower() {}

    /** Takes the directory and the time of the number 0; goes on behind the last number there is. */
    public static void main(String[] arguments) throws Exception {
        long start = Long.parseLong(arguments[1]);
        var store = TimeSeriesStore.open(
                new FileDisk(Path.of(arguments[0])), KilledWriter.settings(), InstantSource.system());
        long next = Stores.samplesOf(store, SERIES).stream()
                .mapToLong(sample -> (sample.timestamp() - start) / 10 + 1)
                .max()
                .orElse(0);
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        var acknowledged = new AtomicLong(-1);
        new Thread(() -> write(store, acknowledged, out), "writer").start();
        new Thread(() -> tend(store), "keeper").start();
        new Thread(() -> follow(store, start, acknowledged, out), "follower").start();
        for (long number = next; ; number++) {
            while (number > Math.max(next, acknowledged.get()) + AHEAD) {
                Thread.onSpinWait();
            }
            var batch = SampleBatch.from("test")
                    .add(SERIES, start + number * 10, (double) number)
                    .build();
            while (!isTaken(store, batch)) {
                Thread.onSpinWait();
            }
            if (number % 50 == 0) {
                store.hurry();
            }
        }
    }

    private static boolean isTaken(TimeSeriesStore store, SampleBatch batch) {
        try {
            return store.append(batch).refused() == 0;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static void follow(TimeSeriesStore store, long start, AtomicLong acknowledged, PrintStream out) {
        try (Cursor cursor = store.tail().open("follower")) {
            out.println("open");
            while (true) {
                Optional<Slice> slice = cursor.poll(97, Duration.ofSeconds(1));
                if (slice.isPresent()) {
                    SampleBatch batch = slice.get().batch();
                    long first = (batch.timestamp(0) - start) / 10;
                    for (int i = 0; i < batch.size(); i++) {
                        if (batch.timestamp(i) != start + (first + i) * 10 || batch.value(i) != first + i) {
                            out.println("wrong at " + batch.timestamp(i));
                        }
                    }
                    long last = first + batch.size() - 1;
                    out.println("got " + first + " " + last);
                    cursor.acknowledge(slice.get());
                    acknowledged.set(last);
                }
            }
        } catch (Exception e) {
            out.println("failed " + e);
        }
    }

    private static void write(TimeSeriesStore store, AtomicLong acknowledged, PrintStream out) {
        try {
            long kept = -1;
            while (true) {
                store.awaitWork(Duration.ofMillis(20));
                store.commit();
                long now = acknowledged.get();
                store.maintain();
                if (now > kept) {
                    kept = now;
                    out.println("kept " + kept);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tend(TimeSeriesStore store) {
        while (true) {
            store.tend();
        }
    }
}
