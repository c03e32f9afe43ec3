package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.Quarantine;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.frame.ForeignFileException;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Files that are not as they were written: no wrong value, no silence, and as much as can be had. */
class DamageTest {

    private static final List<Labels> SERIES = List.of(series("a"), series("b"), series("c"), series("d"), series("e"));

    private final TestClock clock = TestClock.atStart();

    private static Labels series(String name) {
        return Labels.of("__name__", "m", "n", name);
    }

    @Test
    void a_log_cut_off_anywhere_gives_what_stands_before() throws Exception {
        SimulatedDisk disk = written(40);
        String log = onlyLog(disk);
        byte[] whole = disk.read(log);
        var all = contentOf(disk);
        int before = 0;

        for (int length = 0; length <= whole.length; length++) {
            var found = contentOf(disk.with(log, Arrays.copyOf(whole, length)));

            assertThat(all).as("cut at %d", length).containsAllEntriesOf(found);
            assertThat(found.size()).as("cut at %d", length).isGreaterThanOrEqualTo(before);
            before = found.size();
        }
        assertThat(before).isEqualTo(all.size()).isEqualTo(200);
    }

    @Test
    void appending_goes_on_after_a_log_that_was_cut_off_and_nothing_is_found_damaged_again() throws Exception {
        SimulatedDisk disk = written(10);
        String log = onlyLog(disk);
        byte[] whole = disk.read(log);
        SimulatedDisk cut = disk.with(log, Arrays.copyOf(whole, whole.length - 3));

        try (var store = TimeSeriesStore.open(cut, Stores.settings(), clock)) {
            assertThat(store.damages()).hasSize(1).allMatch(Damage::torn);
            append(store, 100);
        }
        try (var store = TimeSeriesStore.open(cut, Stores.settings(), clock)) {
            assertThat(store.damages()).isEmpty();
            assertThat(store.status().samples()).isEqualTo(10L * SERIES.size());
        }
        assertThat(cut.list("quarantine")).hasSize(1);
    }

    @Test
    void a_flipped_bit_anywhere_in_the_log_is_reported_and_never_a_wrong_value() throws Exception {
        flipEachByte(written(20), "wal/");
    }

    @Test
    void a_flipped_bit_anywhere_in_the_catalogue_is_reported_and_never_a_wrong_value() throws Exception {
        flipEachByte(written(5), "catalog/");
    }

    private void flipEachByte(SimulatedDisk disk, String folder) throws Exception {
        var all = contentOf(disk);
        String file = disk.files().stream()
                .filter(name -> name.startsWith(folder))
                .findFirst()
                .orElseThrow();
        byte[] whole = disk.read(file);
        var random = new SplittableRandom(7);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            SimulatedDisk damaged = disk.with(file, flipped);

            try (var store = TimeSeriesStore.open(damaged, Stores.settings(), clock)) {
                assertThat(all).as("flipped at %d", at).containsAllEntriesOf(contentOf(store));
                assertThat(store.damages()).as("flipped at %d", at).isNotEmpty();
            }
        }
    }

    @Test
    void what_is_damaged_a_second_time_in_another_way_is_kept_as_well() throws Exception {
        var disk = new SimulatedDisk();
        var quarantine = new Quarantine(disk);
        byte[] once = {1, 2, 3};
        byte[] again = {4, 5, 6};

        assertThat(quarantine.keep("CURRENT", once, 0, 3)).isEqualTo("a copy is in quarantine/CURRENT-0.bad");
        assertThat(quarantine.keep("CURRENT", again, 0, 3)).isEqualTo("a copy is in quarantine/CURRENT-0-2.bad");
        assertThat(quarantine.keep("CURRENT", once, 0, 3)).isEqualTo("a copy is in quarantine/CURRENT-0.bad");
        for (byte[] content : List.of(once, again)) {
            try (var file = disk.create("blk/raw/a.blk")) {
                file.write(ByteBuffer.wrap(content));
            }
            quarantine.move("blk/raw/a.blk");
        }

        assertThat(disk.read("quarantine/CURRENT-0.bad")).isEqualTo(once);
        assertThat(disk.read("quarantine/CURRENT-0-2.bad")).isEqualTo(again);
        assertThat(disk.read("quarantine/blk-raw-a.blk.bad")).isEqualTo(once);
        assertThat(disk.read("quarantine/blk-raw-a.blk-2.bad")).isEqualTo(again);
    }

    @Test
    void damage_within_one_file_leaves_the_others_as_they_are() throws Exception {
        SimulatedDisk disk = written(20);
        var writing = TimeSeriesStore.open(disk, Stores.settings(), clock);
        clock.advance(Duration.ofMinutes(10));
        append(writing, 1000);
        append(writing, 1001);
        disk = disk.kill();
        String first = disk.files().stream()
                .filter(name -> name.startsWith("wal/"))
                .findFirst()
                .orElseThrow();
        byte[] content = disk.read(first);
        content[40] ^= 1;

        try (var store = TimeSeriesStore.open(disk.with(first, content), Stores.settings(), clock)) {
            assertThat(store.status().samples()).isEqualTo(2L * SERIES.size());
            assertThat(store.damages())
                    .extracting(Damage::message)
                    .anySatisfy(message -> assertThat(message).contains(first, "a copy is in quarantine/"))
                    .anySatisfy(message -> assertThat(message).contains(first, "2026-01-02T03:04:05Z to 2026", "lost"));
        }
    }

    @Test
    void reading_goes_on_within_a_large_file_where_values_start_anew() throws Exception {
        var writing = new SimulatedDisk();
        var random = new SplittableRandom(1);
        int rounds = 6000;
        var store = TimeSeriesStore.open(writing, Stores.settings(), clock);
        for (int i = 0; i < rounds; i++) {
            var batch = SampleBatch.from("test");
            for (Labels series : SERIES) {
                batch.add(series, clock.millis(), random.nextDouble() * random.nextInt());
            }
            store.append(batch.build());
            store.commit();
            clock.advance(Duration.ofMillis(500));
        }
        SimulatedDisk disk = writing.kill();
        String log = onlyLog(disk);
        byte[] whole = disk.read(log);
        var all = contentOf(disk);
        assertThat(whole.length).isGreaterThan(270_000);

        ForAll.cases(20, cases -> cases.nextInt(10_000, whole.length)).check(at -> {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            var found = contentOf(disk.with(log, flipped));

            assertThat(all).containsAllEntriesOf(found);
            assertThat(found.size()).isGreaterThan(200 * SERIES.size()).isLessThan(all.size());
        });
        byte[] flipped = whole.clone();
        flipped[20_000] ^= 0x10;
        var last = all.lastEntry();
        assertThat(contentOf(disk.with(log, flipped))).contains(last);
    }

    @Test
    void a_file_of_a_newer_version_is_refused_by_name() throws Exception {
        SimulatedDisk disk = written(1);
        String log = onlyLog(disk);
        byte[] newer = disk.read(log);
        newer[5] = 2;
        var sum = new CRC32C();
        sum.update(newer, 0, 28);
        ByteBuffer.wrap(newer).putInt(28, (int) sum.getValue());

        assertThatThrownBy(() -> TimeSeriesStore.open(disk.with(log, newer), Stores.settings(), clock))
                .isInstanceOf(ForeignFileException.class)
                .hasMessageContaining(log)
                .hasMessageContaining("newer Hearthwatch");
    }

    @Test
    void files_that_are_not_the_stores_are_left_alone() throws Exception {
        SimulatedDisk disk = written(3).with("wal/notes.txt", new byte[] {1}).with("catalog/notes.txt", new byte[] {2});

        assertThat(contentOf(disk)).hasSize(3 * SERIES.size());
        assertThat(disk.files()).contains("wal/notes.txt", "catalog/notes.txt");
    }

    private SimulatedDisk written(int rounds) throws Exception {
        var disk = new SimulatedDisk();
        var store = TimeSeriesStore.open(disk, Stores.settings(), clock);
        for (int i = 0; i < rounds; i++) {
            append(store, i);
        }
        // One that was closed would have a checkpoint, and hardly need its log.
        return disk.kill();
    }

    private void append(TimeSeriesStore store, int value) throws Exception {
        var batch = SampleBatch.from("test");
        for (int i = 0; i < SERIES.size(); i++) {
            batch.add(SERIES.get(i), clock.millis(), value * Math.pow(10, i));
        }
        store.append(batch.build());
        store.commit();
        clock.advance(Duration.ofSeconds(15));
    }

    private static String onlyLog(SimulatedDisk disk) {
        List<String> logs =
                disk.files().stream().filter(name -> name.startsWith("wal/")).toList();
        assertThat(logs).hasSize(1);
        return logs.get(0);
    }

    private NavigableMap<String, Long> contentOf(SimulatedDisk disk) throws IOException {
        try (var store = TimeSeriesStore.open(disk.copy(), Stores.settings(), clock)) {
            return contentOf(store);
        }
    }

    private static NavigableMap<String, Long> contentOf(TimeSeriesStore store) {
        var content = new TreeMap<String, Long>();
        for (Labels series : SERIES) {
            for (Sample sample : Stores.samplesOf(store, series)) {
                content.put(sample.timestamp() + " " + series.get("n"), Double.doubleToRawLongBits(sample.value()));
            }
        }
        return content;
    }
}
