package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check of a running store finds when its files are changed behind its back. */
class StoreCheckTest {

    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    private final TestClock clock = TestClock.atStart();

    @TempDir
    Path directory;

    private TimeSeriesStore store;

    @BeforeEach
    void a_store_with_every_kind_of_file() throws Exception {
        store = TimeSeriesStore.open(new FileDisk(directory), SETTINGS, clock);
        for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofMinutes(1));
            append();
            while (store.tend()) {
                store.commit();
            }
        }
        append();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private void append() throws Exception {
        store.append(SampleBatch.from("test")
                .add(Labels.of("__name__", "m"), clock.millis(), clock.millis() / 7.0)
                .build());
        store.commit();
    }

    @Test
    void every_kind_of_file_is_there_and_all_is_well() throws Exception {
        assertThat(files().stream()
                        .map(file -> directory.relativize(file).toString().replaceAll("[/-].*|\\d", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("CURRENT", "MANIFEST", "blk", "catalog", "head", "wal"));
        assertThat(problems(true)).isEmpty();
        assertThat(problems(false)).isEmpty();
    }

    @Test
    void a_flipped_bit_anywhere_in_any_file_is_found() throws Exception {
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            // The last of CURRENT is a newline, which may be anything.
            for (int at = 0; at < content.length - 1; at += Math.max(1, content.length / 40)) {
                content[at] ^= 4;
                Files.write(file, content);
                assertThat(problems(true)).as("%s at %d", file, at).isNotEmpty();
                content[at] ^= 4;
                Files.write(file, content);
            }
        }
        assertThat(problems(true)).isEmpty();
    }

    @Test
    void a_file_that_lacks_its_end_or_is_gone_is_found() throws Exception {
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, List.of(), StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(problems(false)).as("%s is empty", file).isNotEmpty();
            Files.delete(file);
            boolean checkpoint = file.startsWith(directory.resolve("head"));
            assertThat(problems(false).isEmpty()).as("%s is gone", file).isEqualTo(checkpoint);
            Files.write(file, content);
        }
    }

    private List<String> problems(boolean deep) throws Exception {
        return store.admin().check(deep, progress -> {}).problems();
    }

    /** But for the manifest of before, which nobody needs while the one that holds is right. */
    private List<Path> files() throws Exception {
        String current = Files.readString(directory.resolve("CURRENT")).split(" ", -1)[0];
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !Set.of("LOCK", "reserve").contains(String.valueOf(file.getFileName())))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("MANIFEST")
                            || String.valueOf(file.getFileName()).equals(current))
                    .sorted()
                    .toList();
        }
    }
}
