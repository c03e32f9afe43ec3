package org.hearthwatch.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.FileDisk;

/**
 * A process that appends as fast as it can and tells on its standard output which rounds were acknowledged, until it is
 * killed. What a round holds follows from its number, so that another process can tell whether all of it is there.
 */
final class KilledWriter {

    static final int SERIES = 200;

    private static final long START = Long.getLong("hearthwatch.start", 0);

    private KilledWriter() {}

    /** Takes the directory and the first round. */
    public static void main(String[] arguments) throws Exception {
        var directory = new FileDisk(Path.of(arguments[0]));
        long first = Long.parseLong(arguments[1]);
        var settings = settings();
        var store = TimeSeriesStore.open(directory, settings, InstantSource.system());
        var writer = new Thread(() -> write(store), "writer");
        writer.start();
        new Thread(() -> tend(store), "keeper").start();
        var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        out.println("open");
        var waiting = new AtomicLong();
        for (long round = first; ; round++) {
            long appended = round;
            while (waiting.get() > 50) {
                Thread.onSpinWait();
            }
            append(store, batch(round)).durable().whenComplete((done, failure) -> {
                waiting.decrementAndGet();
                out.println(failure == null ? Long.toString(appended) : "failed " + failure);
            });
            waiting.incrementAndGet();
        }
    }

    /** Waits while memory is full and being cut. */
    private static Receipt append(TimeSeriesStore store, SampleBatch batch) {
        while (true) {
            try {
                return store.append(batch);
            } catch (StoreUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** Cuts every second, merges every few, and often for want of memory, so that kills land in all of that. */
    static StoreSettings settings() {
        return Stores.settings(changes -> changes.memoryBytes(1 << 20)
                .retentionBytes(8 << 20)
                .cut(Duration.ofSeconds(1))
                .tiers(false));
    }

    private static void tend(TimeSeriesStore store) {
        while (true) {
            store.tend();
        }
    }

    private static void write(TimeSeriesStore store) {
        try {
            while (true) {
                store.awaitWork(Duration.ofMillis(100));
                store.commit();
                store.maintain();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a round holds; every tenth brings a series that was not there before. */
    static SampleBatch batch(long round) {
        var batch = SampleBatch.from("killed");
        for (int i = 0; i < SERIES; i++) {
            batch.add(series(i), time(round), value(round, i));
        }
        if (round % 10 == 0) {
            batch.add(comingSeries(round), time(round), value(round, SERIES));
        }
        return batch.build();
    }

    static Labels series(int number) {
        return Labels.of("__name__", "m", "n", Integer.toString(number));
    }

    static Labels comingSeries(long round) {
        return Labels.of("__name__", "coming", "round", Long.toString(round % 500));
    }

    /** Rounds are ten milliseconds apart. */
    static long time(long round) {
        return START + round * 10;
    }

    static double value(long round, int series) {
        return switch (series % 4) {
            case 0 -> series;
            case 1 -> round;
            case 2 -> Math.sin(round * 1000.0 + series);
            default -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | round << 8 | series);
        };
    }
}
