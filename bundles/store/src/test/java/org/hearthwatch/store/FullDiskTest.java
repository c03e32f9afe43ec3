package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** A disk that is full, or does not write what it is told to: no false acknowledgement, said loudly, over by itself. */
class FullDiskTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final long RESERVE = 64 << 10;
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.reserveBytes(RESERVE));

    private final TestClock clock = TestClock.atStart();
    private final SimulatedDisk disk = new SimulatedDisk();
    private int acknowledged;

    @Test
    void what_was_taken_before_the_disk_was_full_is_written_into_the_reserve() throws Exception {
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        store.maintain();
        assertThat(disk.size("reserve")).isEqualTo(RESERVE);

        fill(store, 1000);

        assertThat(disk.exists("reserve")).isFalse();
        assertThat(acknowledged).isPositive();
        assertThat(store.status().readOnly())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("No space is left in /simulated", "retentionSize in etc/org.hearthwatch.store.cfg"));
        try (var after = TimeSeriesStore.open(disk.crash(new SplittableRandom(1)), SETTINGS, clock)) {
            assertThat(Stores.samplesOf(after, SERIES)).hasSize(acknowledged);
        }
    }

    @Test
    void while_it_is_full_samples_are_refused_with_the_reason_and_all_can_be_read() throws Exception {
        try (var store = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            store.maintain();
            fill(store, 1000);

            assertThatThrownBy(() -> store.append(sample(0)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("samples are refused until there is");
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(acknowledged);
            assertThat(readOnlyMetric(store)).isEqualTo(1);
            store.maintain();
            assertThat(store.status().readOnly()).as("a full disk").isPresent();
        }
    }

    @Test
    void when_there_is_space_again_samples_are_taken_and_the_reserve_is_held_again() throws Exception {
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        store.maintain();
        fill(store, 1000);

        disk.capacity(Long.MAX_VALUE);
        store.maintain();

        assertThat(store.status().readOnly()).isEmpty();
        assertThat(readOnlyMetric(store)).isZero();
        assertThat(disk.size("reserve")).isEqualTo(RESERVE);
        append(store);
        try (var after = TimeSeriesStore.open(disk.crash(new SplittableRandom(1)), SETTINGS, clock)) {
            assertThat(Stores.samplesOf(after, SERIES)).hasSize(acknowledged);
        }
    }

    @Test
    void the_room_that_the_reserve_gave_back_is_not_taken_for_space_that_came_back() throws Exception {
        long reserve = 16 << 20;
        var settings = Stores.settings(changes -> changes.reserveBytes(reserve));
        try (var store = TimeSeriesStore.open(disk, settings, clock)) {
            store.maintain();
            fill(store, 1000);
            assertThat(disk.usableBytes()).isGreaterThan(reserve - 10_000);

            store.maintain();
            assertThat(store.status().readOnly()).isPresent();

            disk.capacity(used() + reserve + (9 << 20));
            store.maintain();
            assertThat(store.status().readOnly()).isEmpty();
            append(store);
        }
    }

    @Test
    void what_waited_when_even_the_reserve_was_not_enough_is_not_acknowledged_but_written_later() throws Exception {
        var store = TimeSeriesStore.open(disk, Stores.settings(changes -> changes.reserveBytes(0)), clock);
        append(store);
        disk.capacity(0);
        var receipt = store.append(sample(1));
        store.commit();
        assertThat(receipt.durable().toCompletableFuture()).isCompletedExceptionally();

        disk.capacity(Long.MAX_VALUE);
        store.maintain();

        try (var after = TimeSeriesStore.open(disk.crash(new SplittableRandom(1)), SETTINGS, clock)) {
            assertThat(Stores.samplesOf(after, SERIES))
                    .extracting(Sample::value)
                    .containsExactly(0.0, 1.0);
        }
    }

    @Test
    void what_was_written_in_part_and_then_again_is_no_damage() throws Exception {
        var store = TimeSeriesStore.open(disk, Stores.settings(changes -> changes.reserveBytes(0)), clock);
        fill(store, 1000);
        disk.capacity(Long.MAX_VALUE);
        store.maintain();
        append(store);

        assertThat(store.admin().check(true, progress -> {}).problems()).isEmpty();
        store.close();
        clock.advance(Duration.ofSeconds(15));
        try (var after = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            assertThat(after.damages()).as("with a checkpoint").isEmpty();
        }
        for (String checkpoint : disk.list("head")) {
            disk.delete("head/" + checkpoint);
        }
        var copy = disk.kill();
        try (var after = TimeSeriesStore.open(copy, SETTINGS, clock)) {
            assertThat(after.damages()).isEmpty();
            assertThat(copy.list("quarantine")).isEmpty();
            assertThat(Stores.samplesOf(after, SERIES)).hasSizeGreaterThanOrEqualTo(acknowledged);
            assertThat(after.admin().check(true, progress -> {}).problems()).isEmpty();
        }
    }

    @Test
    void a_file_whose_fsync_failed_is_never_written_or_forced_again() throws Exception {
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        append(store);
        List<String> failed = new ArrayList<>();
        Map<String, Integer> touchedLater = new HashMap<>();
        disk.faults((operation, name) -> {
            boolean log = name.startsWith("wal/");
            if (log && operation == Operation.FORCE && failed.isEmpty()) {
                failed.add(name);
                return true;
            }
            if (failed.contains(name) && (operation == Operation.FORCE || operation == Operation.WRITE)) {
                touchedLater.merge(name, 1, Integer::sum);
            }
            return false;
        });

        append(store);
        append(store);

        assertThat(failed).hasSize(1);
        assertThat(touchedLater).isEmpty();
        assertThat(store.status().readOnly()).isEmpty();
        for (int seed = 0; seed < 20; seed++) {
            try (var after = TimeSeriesStore.open(disk.crash(new SplittableRandom(seed)), SETTINGS, clock)) {
                assertThat(Stores.samplesOf(after, SERIES)).as("seed %d", seed).hasSize(acknowledged);
            }
        }
    }

    @Test
    void a_disk_that_fails_every_write_makes_it_read_only_until_it_works() throws Exception {
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        append(store);
        disk.faults((operation, name) -> operation == Operation.WRITE || operation == Operation.FORCE);
        var receipt = store.append(sample(1));
        store.commit();

        assertThat(receipt.durable().toCompletableFuture()).isCompletedExceptionally();
        assertThat(store.status().readOnly())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("Writing to /simulated fails", "until it works again. Look after the disk"));
        assertThatThrownBy(() -> store.append(sample(2))).isInstanceOf(StoreUnavailableException.class);
        store.maintain();
        assertThat(store.status().readOnly()).isPresent();

        disk.faults((operation, name) -> false);
        store.maintain();

        assertThat(store.status().readOnly()).isEmpty();
        clock.advance(Duration.ofSeconds(15));
        append(store);
        assertThat(Stores.samplesOf(store, SERIES)).hasSize(3);
    }

    /** Appends until the disk, which has so much room left, is full. */
    private void fill(TimeSeriesStore store, long room) throws Exception {
        disk.capacity(used() + room);
        for (int i = 0; i < 2000 && store.status().readOnly().isEmpty(); i++) {
            var receipt = store.append(sample(acknowledged));
            store.commit();
            if (!receipt.durable().toCompletableFuture().isCompletedExceptionally()) {
                acknowledged++;
            }
            clock.advance(Duration.ofSeconds(15));
        }
    }

    private long used() throws IOException {
        long used = 0;
        for (String file : disk.files()) {
            used += disk.size(file);
        }
        return used;
    }

    /** Appends one more, which must become durable. */
    private void append(TimeSeriesStore store) throws Exception {
        var receipt = store.append(sample(acknowledged));
        store.commit();
        receipt.durable().toCompletableFuture().get();
        acknowledged++;
        clock.advance(Duration.ofSeconds(15));
    }

    private SampleBatch sample(int value) {
        return SampleBatch.from("test").add(SERIES, clock.millis(), value).build();
    }

    private static double readOnlyMetric(TimeSeriesStore store) throws Exception {
        var samples = new RecordedSamples();
        store.collector().collect(samples);
        return samples.asMap().getOrDefault("hearthwatch_store_read_only", Double.NaN);
    }
}
