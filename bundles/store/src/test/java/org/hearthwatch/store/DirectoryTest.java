package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.Damage;
import org.hearthwatch.store.disk.DirectoryInUseException;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.frame.ForeignFileException;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that another process uses, that are of another version, or that were copied in part. */
class DirectoryTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final Labels LATER = Labels.of("__name__", "later");
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    /** Where a file of records, and a block, says its version. */
    private static final int VERSION_AT = 5;

    @TempDir
    Path directory;

    private final TestClock clock = TestClock.atStart();

    @Test
    void a_second_process_on_the_same_directory_is_refused_by_the_number_of_the_first() throws Exception {
        var first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Dhearthwatch.start=" + System.currentTimeMillis(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(out.readLine()).isEqualTo("open");

            assertThatThrownBy(() -> TimeSeriesStore.open(new FileDisk(directory), SETTINGS, InstantSource.system()))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by process " + first.pid())
                    .hasMessageContaining("Stop that one, or start this one with another home");
        } finally {
            first.destroyForcibly().waitFor();
        }
        TimeSeriesStore.open(new FileDisk(directory), SETTINGS, InstantSource.system())
                .close();
    }

    @Test
    void every_kind_of_file_of_a_newer_version_is_refused_by_name_with_what_to_do_and_left_as_it_is() throws Exception {
        SimulatedDisk disk = written();
        for (String file : oneOfEachKind(disk)) {
            SimulatedDisk newer = disk.with(file, withVersion(disk.read(file), 99));

            assertThatThrownBy(() -> TimeSeriesStore.open(newer, SETTINGS, clock))
                    .as(file)
                    .isInstanceOf(ForeignFileException.class)
                    .hasMessageContaining("/simulated/" + file)
                    .hasMessageContaining("newer Hearthwatch")
                    .hasMessageContaining("Start the newer version again, or use another home");
            assertThat(newer.read(file)).as(file).isEqualTo(withVersion(disk.read(file), 99));
            assertThat(newer.list("quarantine")).as(file).isEmpty();
        }
    }

    @Test
    void every_kind_of_file_that_is_something_else_is_refused_by_name_with_what_to_do() throws Exception {
        SimulatedDisk disk = written();
        List<String> kinds = oneOfEachKind(disk);
        for (int i = 0; i < kinds.size(); i++) {
            String file = kinds.get(i);
            byte[] other = disk.read(kinds.get((i + 1) % kinds.size()));
            if (file.startsWith("blk/")) {
                // The list of blocks says how long it must be, so this one is a damaged block.
                continue;
            }
            SimulatedDisk foreign = disk.with(file, other);

            assertThatThrownBy(() -> TimeSeriesStore.open(foreign, SETTINGS, clock))
                    .as(file)
                    .isInstanceOf(ForeignFileException.class)
                    .hasMessageContaining("/simulated/" + file)
                    .hasMessageContaining("Put it somewhere else and start again");
            assertThat(foreign.read(file)).isEqualTo(other);
        }
    }

    @Test
    void a_copy_that_lacks_a_file_has_no_wrong_value_and_says_what_is_missing() throws Exception {
        SimulatedDisk disk = written();
        List<Sample> all = samples(disk);
        for (String file : disk.files()) {
            SimulatedDisk part = disk.copy();
            part.delete(file);

            try (var store = TimeSeriesStore.open(part, SETTINGS, clock)) {
                List<Sample> found = found(store);
                assertThat(all).as("without %s", file).containsAll(found);
                // A file of the log that is not there may as well have been done with.
                if (!file.startsWith("wal/") && !found.equals(all)) {
                    assertThat(store.damages())
                            .as("without %s", file)
                            .extracting(Damage::message)
                            .anySatisfy(message -> assertThat(message).contains("lost"));
                }
            }
        }
    }

    @Test
    void a_copy_that_lacks_a_folder_or_the_list_of_blocks_says_what_is_missing_and_what_to_do() throws Exception {
        SimulatedDisk disk = written();
        assertThat(damages(without(disk, "wal/", "head/"))).anyMatch(message -> message.contains("(wal)"));
        assertThat(damages(without(disk, "CURRENT", "MANIFEST")))
                .anyMatch(message ->
                        message.contains("There is no list of blocks") && message.contains("copy all of it again"));
        assertThat(damages(without(disk, "blk/"))).anyMatch(message -> message.contains("is missing; samples from"));
        assertThat(damages(without(disk, "catalog/"))).anyMatch(message -> message.contains("not in the catalogue"));
        assertThat(damages(new SimulatedDisk())).isEmpty();
    }

    private List<String> damages(SimulatedDisk disk) throws Exception {
        try (var store = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            return store.damages().stream().map(Damage::message).toList();
        }
    }

    private static SimulatedDisk without(SimulatedDisk disk, String... beginnings) throws Exception {
        SimulatedDisk part = disk.copy();
        for (String file : part.files()) {
            for (String beginning : beginnings) {
                if (file.startsWith(beginning)) {
                    part.delete(file);
                }
            }
        }
        return part;
    }

    @Test
    void a_copy_with_a_part_of_the_catalogue_or_none_has_what_stands_in_merged_blocks_under_its_name()
            throws Exception {
        SimulatedDisk disk = written();
        String catalogue = oneOfEachKind(disk).get(0);
        byte[] whole = disk.read(catalogue);
        for (int length = 0; length < whole.length; length++) {
            SimulatedDisk part = disk.with(catalogue, Arrays.copyOf(whole, length));

            try (var store = TimeSeriesStore.open(part, SETTINGS, clock)) {
                assertThat(Stores.samplesOf(store, LATER))
                        .as("%d bytes", length)
                        .hasSizeGreaterThan(100);
                assertThat(store.damages())
                        .as("%d bytes", length)
                        .extracting(Damage::message)
                        .anySatisfy(message -> assertThat(message).contains("series of the blocks are not in the"));
            }
        }
    }

    @Test
    void a_copy_with_a_part_of_a_file_has_no_wrong_value_and_keeps_what_it_cannot_read() throws Exception {
        SimulatedDisk disk = written();
        List<Sample> all = samples(disk);
        for (String file : disk.files()) {
            if (file.equals("LOCK") || file.equals("reserve")) {
                continue;
            }
            byte[] whole = disk.read(file);
            for (int length : new int[] {0, 31, whole.length - 5, whole.length - 1}) {
                SimulatedDisk part = disk.with(file, Arrays.copyOf(whole, length));

                try (var store = TimeSeriesStore.open(part, SETTINGS, clock)) {
                    List<Sample> found = found(store);
                    assertThat(all).as("%d of %s", length, file).containsAll(found);
                    if (length > 0 && !found.equals(all)) {
                        assertThat(store.damages()).as("%d of %s", length, file).isNotEmpty();
                    }
                    if (length > 0 && !store.damages().isEmpty()) {
                        assertThat(part.list("quarantine"))
                                .as("%d of %s: %s", length, file, store.damages())
                                .isNotEmpty();
                    }
                }
            }
        }
    }

    private List<Sample> samples(SimulatedDisk disk) throws Exception {
        try (var store = TimeSeriesStore.open(disk.copy(), SETTINGS, clock)) {
            assertThat(store.damages()).isEmpty();
            return found(store);
        }
    }

    private static List<Sample> found(TimeSeriesStore store) {
        return Stores.samplesOf(store, SERIES);
    }

    /** With a catalogue, a log, a checkpoint, a list of blocks and blocks. */
    private SimulatedDisk written() throws Exception {
        var disk = new SimulatedDisk();
        var store = TimeSeriesStore.open(disk, SETTINGS, clock);
        for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofMinutes(1));
            var batch = SampleBatch.from("test").add(SERIES, clock.millis(), Math.sin(i));
            if (i >= 30) {
                batch.add(LATER, clock.millis(), i);
            }
            store.append(batch.build());
            store.commit();
            for (int j = 0; j < 100 && store.tend(); j++) {
                store.commit();
            }
        }
        return disk.kill().copy();
    }

    private static List<String> oneOfEachKind(SimulatedDisk disk) throws IOException {
        List<String> kinds = List.of("catalog/", "wal/", "head/", "blk/raw/", current(disk)).stream()
                .map(kind -> disk.files().stream()
                        .filter(file -> file.startsWith(kind))
                        .reduce((earlier, later) -> later)
                        .orElseThrow())
                .toList();
        return kinds;
    }

    private static String current(SimulatedDisk disk) throws IOException {
        return new String(disk.read("CURRENT"), StandardCharsets.US_ASCII).split(" ", -1)[0];
    }

    private static byte[] withVersion(byte[] file, int version) {
        byte[] changed = file.clone();
        changed[VERSION_AT] = (byte) version;
        var sum = new CRC32C();
        sum.update(changed, 0, 28);
        ByteBuffer.wrap(changed).putInt(28, (int) sum.getValue());
        return changed;
    }
}
