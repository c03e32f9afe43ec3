package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.StoreAdmin.Backfill;
import org.hearthwatch.api.store.StoreAdmin.Keeping;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking after a store by hand, and what becomes of its list of blocks and its log when they are damaged. */
class StoreAdminTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final Labels SHORT_LIVED = Labels.of("__name__", "debug");
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    @TempDir
    Path directory;

    private final TestClock clock = TestClock.atStart();

    @Test
    void a_snapshot_opens_as_a_store_with_the_same_samples_while_the_first_goes_on() throws Exception {
        try (var store = TimeSeriesStore.open(new FileDisk(directory.resolve("store")), SETTINGS, clock)) {
            fill(store, 300);
            List<Sample> then = Stores.samplesOf(store, SERIES);
            var snapshot = store.admin().snapshot(directory.resolve("copy"));
            fill(store, 100);

            assertThat(snapshot.samples()).isEqualTo(600);
            try (var copy = TimeSeriesStore.open(new FileDisk(snapshot.directory()), SETTINGS, clock)) {
                assertThat(copy.damages()).isEmpty();
                assertThat(Stores.samplesOf(copy, SERIES)).isEqualTo(then).hasSize(300);
                assertThat(copy.admin().check(true, progress -> {}).problems()).isEmpty();
            }
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(400);
        }
    }

    @Test
    void what_is_filled_in_later_is_seen_all_at_once_and_survives_the_end_of_the_process() throws Exception {
        var disk = new SimulatedDisk();
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        fill(store, 10);
        long old = clock.millis() - Duration.ofDays(10).toMillis();
        try (Backfill filling = store.admin().backfill("test")) {
            for (int i = 0; i < 1000; i++) {
                filling.add(SampleBatch.from("test")
                        .add(SERIES, old + i * 60_000L, i)
                        .build());
            }
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(10);
            filling.finish();
        }
        assertThat(Stores.samplesOf(store, SERIES)).hasSize(1010);

        try (var again = TimeSeriesStore.open(disk.kill(), SETTINGS, clock)) {
            assertThat(again.damages()).isEmpty();
            assertThat(Stores.samplesOf(again, SERIES)).hasSize(1010);
        }
    }

    @Test
    void a_backfill_given_up_leaves_nothing_behind() throws Exception {
        var disk = new SimulatedDisk();
        try (var store = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            try (Backfill filling = store.admin().backfill("test")) {
                filling.add(SampleBatch.from("test")
                        .add(SERIES, clock.millis() - 1, 1)
                        .build());
            }

            assertThat(Stores.samplesOf(store, SERIES)).isEmpty();
            assertThat(disk.list("blk/raw")).isEmpty();
        }
    }

    @Test
    void series_with_a_rule_of_their_own_are_kept_for_that_time() throws Exception {
        var settings = withRule(Duration.ofHours(6));
        try (var store = TimeSeriesStore.open(new SimulatedDisk(), settings, clock)) {
            for (int hour = 0; hour < 30; hour++) {
                fill(store, 60);
            }
            tend(store);

            long oldest = Stores.samplesOf(store, SHORT_LIVED).get(0).timestamp();
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(1800);
            // Windows of two hours go as a whole.
            assertThat(clock.millis() - oldest)
                    .isBetween(
                            Duration.ofHours(6).toMillis() - 60_000,
                            Duration.ofHours(9).toMillis());
        }
    }

    @Test
    void tells_how_long_samples_are_kept() throws Exception {
        try (var store = TimeSeriesStore.open(new SimulatedDisk(), SETTINGS, clock)) {
            assertThat(store.admin().retention())
                    .containsExactly(
                            new Keeping(Duration.ZERO, Duration.ofDays(15), OptionalLong.empty()),
                            new Keeping(Duration.ofMinutes(5), Duration.ofDays(90), OptionalLong.empty()),
                            new Keeping(Duration.ofHours(1), Duration.ofDays(3 * 365), OptionalLong.empty()));
        }
    }

    @Test
    void a_damaged_list_of_blocks_loses_no_sample_and_is_reported() throws Exception {
        var disk = new SimulatedDisk();
        try (var store = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            fill(store, 400);
        }
        for (String file : disk.files()) {
            if (file.startsWith("MANIFEST") || file.equals("CURRENT")) {
                byte[] whole = disk.read(file);
                for (int at = 0; at < whole.length; at += 3) {
                    byte[] flipped = whole.clone();
                    flipped[at] ^= 4;
                    try (var store = TimeSeriesStore.open(disk.with(file, flipped), SETTINGS, clock)) {
                        assertThat(Stores.samplesOf(store, SERIES))
                                .as("%s flipped at %d", file, at)
                                .hasSize(400);
                    }
                }
            }
        }
        String newest = new String(disk.read("CURRENT"), StandardCharsets.US_ASCII).split(" ", -1)[0];
        byte[] cut = Arrays.copyOf(disk.read(newest), 40);
        try (var store = TimeSeriesStore.open(disk.with(newest, cut), SETTINGS, clock)) {
            assertThat(Stores.samplesOf(store, SERIES)).hasSize(400);
            assertThat(store.damages())
                    .extracting(Damage::message)
                    .anySatisfy(message -> assertThat(message).contains(newest, "damaged"))
                    .anySatisfy(message -> assertThat(message).contains("The list of blocks"));
        }
    }

    @Test
    void a_process_killed_while_it_wrote_its_first_list_of_blocks_leaves_nothing_to_worry_about() throws Exception {
        var disk = new SimulatedDisk();
        disk.faults((operation, name) -> operation == Operation.RENAME && name.startsWith("CURRENT"));
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        for (int i = 0; i < 20; i++) {
            append(store, i);
        }
        store.tend();
        assertThat(disk.files()).contains("MANIFEST-000001").doesNotContain("CURRENT", "MANIFEST-000002");

        try (var again = TimeSeriesStore.open(disk.kill(), SETTINGS, clock)) {
            assertThat(again.damages()).isNotEmpty().allMatch(Damage::torn);
            assertThat(Stores.samplesOf(again, SERIES)).hasSize(20);
        }
    }

    @Test
    void a_flipped_bit_in_a_log_of_histograms_is_reported_and_never_a_wrong_histogram() throws Exception {
        var writing = new SimulatedDisk();
        var store = TimeSeriesStore.open(writing, SETTINGS, clock);
        for (int i = 0; i < 12; i++) {
            store.append(SampleBatch.from("test")
                    .add(SERIES, clock.millis(), Histograms.growing(i))
                    .build());
            store.commit();
            clock.advance(Duration.ofSeconds(15));
        }
        SimulatedDisk disk = writing.kill();
        String log = "wal/" + disk.list("wal").get(0);
        byte[] whole = disk.read(log);
        List<NativeHistogram> all = histograms(disk);
        assertThat(all).hasSize(12);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            SimulatedDisk damaged = disk.with(log, flipped);

            assertThat(all).as("flipped at %d", at).containsAll(histograms(damaged));
            try (var reported = TimeSeriesStore.open(disk.with(log, flipped), SETTINGS, clock)) {
                assertThat(reported.damages()).as("flipped at %d", at).isNotEmpty();
            }
        }
    }

    private List<NativeHistogram> histograms(SimulatedDisk disk) throws Exception {
        var histograms = new ArrayList<NativeHistogram>();
        var buffer = new SampleBuffer();
        try (var store = TimeSeriesStore.open(disk.copy(), SETTINGS, clock);
                var selection = store.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                for (int j = 0; j < buffer.size(); j++) {
                    buffer.histogram(j).ifPresent(histograms::add);
                }
            }
        }
        return histograms;
    }

    private static StoreSettings withRule(Duration kept) {
        return new StoreSettings(
                SETTINGS.retention(),
                0,
                SETTINGS.memoryBytes(),
                SETTINGS.outOfOrderWindow(),
                SETTINGS.futureWindow(),
                SETTINGS.maxSeries(),
                Duration.ZERO,
                0,
                List.of(),
                List.of(new org.hearthwatch.store.blocks.Keeping.Rule(SHORT_LIVED::equals, kept.toMillis())),
                0,
                SETTINGS.cut());
    }

    private void fill(TimeSeriesStore store, int minutes) throws Exception {
        for (int i = 0; i < minutes; i++) {
            append(store, i);
            tend(store);
        }
    }

    private void append(TimeSeriesStore store, int value) throws Exception {
        clock.advance(Duration.ofMinutes(1));
        store.append(SampleBatch.from("test")
                .add(SERIES, clock.millis(), value)
                .add(SHORT_LIVED, clock.millis(), -value)
                .build());
        store.commit();
    }

    private static void tend(TimeSeriesStore store) {
        for (int i = 0; i < 100 && store.tend(); i++) {
            store.commit();
        }
    }
}
