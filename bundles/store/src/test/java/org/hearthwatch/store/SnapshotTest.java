package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that is in use. */
class SnapshotTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    @TempDir
    Path directory;

    private final TestClock clock = TestClock.atStart();
    private TimeSeriesStore store;
    private int appended;

    @BeforeEach
    void open() throws Exception {
        store = TimeSeriesStore.open(new FileDisk(directory.resolve("store")), SETTINGS, clock);
        append(300);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void blocks_are_linked_and_take_no_space_again() throws Exception {
        store.admin().snapshot(directory.resolve("copy"));

        Path own = directory.resolve("store/blk/raw");
        Path linked = directory.resolve("copy/blk/raw");
        try (var blocks = Files.list(linked)) {
            assertThat(blocks.toList())
                    .isNotEmpty()
                    .allSatisfy(block -> assertThat(inode(block)).isEqualTo(inode(own.resolve(block.getFileName()))));
        }
        try (var logs = Files.list(directory.resolve("copy/wal"))) {
            assertThat(logs.toList())
                    .allSatisfy(log -> assertThat(Files.exists(log)).isTrue());
        }
    }

    @Test
    void it_keeps_what_is_deleted_from_the_store_afterwards() throws Exception {
        var snapshot = store.admin().snapshot(directory.resolve("copy"));

        store.admin().delete(List.of(Matcher.equal("__name__", "m")), Long.MIN_VALUE, Long.MAX_VALUE);
        store.admin().compactDeleted(progress -> {});
        append(1);

        assertThat(Stores.samplesOf(store, SERIES)).hasSize(1);
        try (var copy = TimeSeriesStore.open(new FileDisk(snapshot.directory()), SETTINGS, clock)) {
            assertThat(Stores.samplesOf(copy, SERIES)).hasSize(300);
            assertThat(copy.admin().check(true, progress -> {}).problems()).isEmpty();
        }
    }

    @Test
    void a_directory_in_which_there_is_something_is_refused_and_left_as_it_is() throws Exception {
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Files.writeString(taken.resolve("mine"), "x");

        assertThatThrownBy(() -> store.admin().snapshot(taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(taken.toString());
        assertThat(taken.resolve("mine")).hasContent("x");
        assertThat(taken.toFile().list()).containsExactly("mine");
    }

    @Test
    void one_made_while_samples_come_and_memory_is_cut_has_a_beginning_of_them_without_a_gap() throws Exception {
        var stop = new AtomicBoolean();
        var tending = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                store.tend();
            }
        });
        var appending = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                append(1);
            }
        });
        for (int i = 0; i < 5; i++) {
            int before = Stores.samplesOf(store, SERIES).size();
            var snapshot = store.admin().snapshot(directory.resolve("copy" + i));

            try (var copy = TimeSeriesStore.open(new FileDisk(snapshot.directory()), SETTINGS, clock)) {
                assertThat(copy.damages()).isEmpty();
                List<Sample> samples = Stores.samplesOf(copy, SERIES);
                assertThat(samples).hasSizeGreaterThanOrEqualTo(before);
                for (int j = 0; j < samples.size(); j++) {
                    assertThat(samples.get(j).value()).isEqualTo(j);
                }
            }
        }
        stop.set(true);
        tending.get();
        appending.get();
    }

    private static Object inode(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(int minutes) {
        for (int i = 0; i < minutes; i++) {
            clock.advance(Duration.ofMinutes(1));
            try {
                store.append(SampleBatch.from("test")
                        .add(SERIES, clock.millis(), appended++)
                        .build());
            } catch (StoreUnavailableException e) {
                throw new IllegalStateException(e);
            }
            store.commit();
            if (minutes > 1) {
                for (int j = 0; j < 100 && store.tend(); j++) {
                    store.commit();
                }
            }
        }
    }
}
