package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** The start of a store that has less memory than the log needs. */
class RecoveryTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final Labels LATE = Labels.of("__name__", "late");

    private final TestClock clock = TestClock.atStart();
    private final SplittableRandom random = new SplittableRandom(1);
    private SimulatedDisk disk = new SimulatedDisk();

    @Test
    void memory_cut_to_blocks_while_the_log_is_read_takes_nothing_away_from_files_read_later() throws Exception {
        try (var store = open(1 << 20)) {
            for (int i = 0; i < 1000; i++) {
                clock.advance(Duration.ofSeconds(1));
                append(store, SERIES, clock.millis());
            }
        }
        var late = new Sample(LATE, clock.millis() - 1000, 1);
        try (var store = open(1 << 20)) {
            store.append(SampleBatch.from("test")
                    .add(LATE, late.timestamp(), late.value())
                    .build());
        }
        // From here on the blocks' list says of these files that all that is old enough in them is in blocks.
        try (var store = open(1 << 20)) {
            assertThat(store.tend()).isTrue();
        }
        assertThat(disk.list("wal")).hasSize(2);

        try (var store = open(1 << 10)) {
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(1000);
            assertThat(Stores.samplesOf(store, LATE)).containsExactly(late);
            disk = disk.crash(random);
        }

        try (var store = open(1 << 10)) {
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(1000);
            assertThat(Stores.samplesOf(store, LATE)).containsExactly(late);
        }
    }

    private TimeSeriesStore open(long memoryBytes) throws Exception {
        var settings =
                Stores.settings(changes -> changes.memoryBytes(memoryBytes).cut(Duration.ofMinutes(5)));
        return TimeSeriesStore.open(disk, settings, clock);
    }

    private void append(TimeSeriesStore store, Labels series, long time) throws Exception {
        store.append(
                SampleBatch.from("test").add(series, time, random.nextDouble()).build());
    }
}
