package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** What memory held is written down when it is cut and when the store is closed; starting from that changes nothing. */
class CheckpointTest {

    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));
    private static final List<Labels> SERIES = List.of(series("a"), series("b"), series("c"));

    private final TestClock clock = TestClock.atStart();
    private SimulatedDisk disk = new SimulatedDisk();

    private static Labels series(String name) {
        return Labels.of("__name__", "m", "n", name);
    }

    @Test
    void a_store_that_was_closed_reads_nothing_of_its_log_when_it_is_opened() throws Exception {
        try (var store = open()) {
            append(store, 20);
        }
        var expected = content(disk);
        for (String log : logs()) {
            disk = disk.with(log, new byte[disk.read(log).length]);
        }

        assertThat(expected).hasSize(60);
        assertThat(content(disk)).isEqualTo(expected);
    }

    @Test
    void a_store_that_was_killed_after_a_cut_has_all_of_it() throws Exception {
        var store = open();
        append(store, 60);
        assertThat(store.tend()).isTrue();
        assertThat(disk.list("head")).hasSize(1);
        append(store, 7);

        disk = disk.kill();

        assertThat(content(disk)).hasSize(67 * 3);
    }

    @Test
    void what_comes_while_it_is_written_is_in_the_log_before_it_counts() throws Exception {
        var store = open();
        append(store, 60);
        disk.faults((operation, name) -> {
            if (operation == Operation.CREATE && name.startsWith("head/")) {
                appendOnly(store);
            }
            return false;
        });
        assertThat(store.tend()).isTrue();

        disk = disk.kill();
        var withCheckpoint = content(disk);
        disk.delete("head/" + disk.list("head").get(0));

        assertThat(withCheckpoint).hasSize(61 * 3);
        assertThat(content(disk)).isEqualTo(withCheckpoint);
    }

    @Test
    void one_that_is_damaged_at_any_byte_costs_nothing_but_time() throws Exception {
        try (var store = open()) {
            append(store, 5);
        }
        var expected = content(disk);
        String file = "head/" + disk.list("head").get(0);
        byte[] whole = disk.read(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;

            assertThat(content(disk.with(file, flipped)))
                    .as("flipped at %d", at)
                    .isEqualTo(expected);
            assertThat(content(disk.with(file, Arrays.copyOf(whole, at))))
                    .as("cut at %d", at)
                    .isEqualTo(expected);
        }
    }

    @Test
    void one_that_is_damaged_is_kept_and_reported() throws Exception {
        try (var store = open()) {
            append(store, 5);
        }
        String file = "head/" + disk.list("head").get(0);
        byte[] whole = disk.read(file);
        whole[whole.length / 2] ^= 1;
        disk = disk.with(file, whole);

        try (var store = open()) {
            assertThat(store.damages())
                    .extracting(Damage::message)
                    .singleElement()
                    .asString()
                    .contains(file, "nothing is lost", "quarantine/");
        }
        assertThat(disk.list("quarantine")).hasSize(1);
    }

    @Test
    void what_is_deleted_after_it_was_written_does_not_come_back() throws Exception {
        try (var store = open()) {
            append(store, 10);
        }
        var store = open();
        assertThat(store.admin().delete(List.of(Matcher.equal("n", "a")), Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(1);
        append(store, 1);

        disk = disk.kill();

        assertThat(content(disk)).hasSize(2 * 11 + 1);
    }

    @Test
    void what_is_appended_again_after_a_deletion_stays() throws Exception {
        long time = clock.millis();
        try (var store = open()) {
            append(store, 10);
            store.admin().delete(List.of(Matcher.equal("n", "a")), Long.MIN_VALUE, Long.MAX_VALUE);
            store.append(SampleBatch.from("test").add(SERIES.get(0), time, 77).build());
            store.commit();
        }

        assertThat(content(disk)).hasSize(2 * 10 + 1).containsEntry(SERIES.get(0) + " " + time, 77.0);
    }

    @Test
    void what_is_cut_after_it_was_written_is_there_once_and_late_samples_stay() throws Exception {
        try (var store = open()) {
            append(store, 60);
        }
        var store = open();
        disk.faults((operation, name) -> operation == Operation.CREATE && name.startsWith("head/"));
        long late = clock.millis() - Duration.ofMinutes(14).toMillis() + 1;
        assertThat(store.tend()).isTrue();
        store.append(SampleBatch.from("test").add(SERIES.get(0), late, 5).build());
        store.commit();

        disk = disk.kill();

        assertThat(content(disk)).hasSize(60 * 3 + 1).containsEntry(SERIES.get(0) + " " + late, 5.0);
    }

    @Test
    void a_disk_without_room_for_one_does_no_harm() throws Exception {
        var store = open();
        append(store, 60);
        disk.faults((operation, name) -> name.startsWith("head/"));
        assertThat(store.tend()).isTrue();
        append(store, 1);
        assertThat(store.status().readOnly()).isEmpty();
        disk.faults((operation, name) -> false);

        disk = disk.kill();

        assertThat(content(disk)).hasSize(61 * 3);
    }

    private TimeSeriesStore open() throws Exception {
        return TimeSeriesStore.open(disk, SETTINGS, clock);
    }

    private List<String> logs() {
        return disk.files().stream().filter(name -> name.startsWith("wal/")).toList();
    }

    private void append(TimeSeriesStore store, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            var batch = SampleBatch.from("test");
            for (Labels series : SERIES) {
                batch.add(series, clock.millis(), (double) (clock.millis() % 1000 + i));
            }
            store.append(batch.build());
            store.commit();
            clock.advance(Duration.ofSeconds(15));
        }
    }

    private void appendOnly(TimeSeriesStore store) {
        var batch = SampleBatch.from("test");
        SERIES.forEach(series -> batch.add(series, clock.millis(), 1));
        try {
            store.append(batch.build());
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a store on a copy of the disk gives. */
    private Map<String, Double> content(SimulatedDisk from) throws Exception {
        var content = new TreeMap<String, Double>();
        try (var store = TimeSeriesStore.open(from.copy(), SETTINGS, clock)) {
            for (Labels series : SERIES) {
                for (Sample sample : Stores.samplesOf(store, series)) {
                    assertThat(content.put(series + " " + sample.timestamp(), sample.value()))
                            .isNull();
                }
            }
        }
        return content;
    }
}
