package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that does not let a block be read for a while: that is no damage, and nothing may go away over it. */
class UnreadableBlockTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    private final TestClock clock = TestClock.atStart();
    private final SimulatedDisk disk = new SimulatedDisk();
    private TimeSeriesStore store;
    private List<Sample> all;
    private Set<String> cut;

    @BeforeEach
    void an_hour_that_is_cut_and_not_merged() throws Exception {
        store = TimeSeriesStore.open(disk, SETTINGS, clock);
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMinutes(1));
            store.append(SampleBatch.from("test").add(SERIES, clock.millis(), i).build());
            store.commit();
        }
        all = Stores.samplesOf(store, SERIES);
        store.tend();
        cut = blocks();
        assertThat(all).hasSize(60);
        assertThat(cut).hasSizeGreaterThan(1);
    }

    @Test
    void blocks_that_cannot_be_read_are_not_merged_but_stay() throws Exception {
        readingFails();
        tend();

        disk.faults((operation, name) -> false);
        assertThat(blocks()).containsAll(cut);
        assertThat(Stores.samplesOf(store, SERIES)).isEqualTo(all);
        store.close();
        try (var again = TimeSeriesStore.open(disk, SETTINGS, clock)) {
            assertThat(again.damages()).isEmpty();
            assertThat(Stores.samplesOf(again, SERIES)).isEqualTo(all);
        }
    }

    @Test
    void they_are_merged_when_they_can_be_read_again() {
        readingFails();
        tend();
        disk.faults((operation, name) -> false);
        clock.advance(Duration.ofMinutes(11));
        tend();

        assertThat(blocks()).isNotEmpty().doesNotContainAnyElementsOf(merged());
        assertThat(Stores.samplesOf(store, SERIES)).isEqualTo(all);
    }

    @Test
    void other_work_goes_on_meanwhile() throws Exception {
        readingFails();
        tend();
        clock.advance(Duration.ofMinutes(30));
        store.append(SampleBatch.from("test").add(SERIES, clock.millis(), 1).build());
        clock.advance(Duration.ofMinutes(30));
        store.append(SampleBatch.from("test").add(SERIES, clock.millis(), 2).build());
        store.commit();
        tend();

        assertThat(blocks()).containsAll(cut).hasSizeGreaterThan(cut.size());
    }

    @Test
    void questions_are_answered_from_the_others_with_a_warning_though_not_even_an_index_was_read() throws Exception {
        store.close();
        store = TimeSeriesStore.open(disk, SETTINGS, clock);
        clock.advance(Duration.ofMinutes(1));
        store.append(SampleBatch.from("test").add(SERIES, clock.millis(), 99).build());
        String unreadable = cut.stream().sorted().findFirst().orElseThrow();
        disk.faults((operation, name) -> operation == Operation.READ && name.equals(unreadable));

        var buffer = new SampleBuffer();
        try (var selection = store.select(List.of(Matcher.metric("m")), Long.MIN_VALUE, Long.MAX_VALUE)) {
            assertThat(selection.size()).isEqualTo(1);
            selection.read(0, buffer);
            assertThat(selection.warnings()).isNotEmpty().allMatch(warning -> warning.contains("Input/output error"));
        }
        assertThat(buffer.size()).isBetween(30, 60);
        assertThat(buffer.timestamp(buffer.size() - 1)).isEqualTo(clock.millis());
        assertThat(store.latest(List.of(Matcher.metric("m")), Long.MIN_VALUE))
                .extracting(Sample::value)
                .containsExactly(99.0);
    }

    @Test
    void deleting_is_refused_and_its_space_not_given_back_with_words_that_say_why() throws Exception {
        store.close();
        store = TimeSeriesStore.open(disk, SETTINGS, clock);
        disk.faults((operation, name) -> operation == Operation.READ);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.admin()
                        .delete(
                                List.of(Matcher.metric("m")),
                                Long.MIN_VALUE,
                                all.get(10).timestamp()))
                .withMessageContaining("Input/output error")
                .withMessageContaining("nothing was deleted");

        disk.faults((operation, name) -> false);
        store.admin().delete(List.of(Matcher.metric("m")), Long.MIN_VALUE, clock.millis() - 1);
        store.close();
        store = TimeSeriesStore.open(disk, SETTINGS, clock);
        disk.faults((operation, name) -> operation == Operation.READ);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.admin().compactDeleted(progress -> {}))
                .withMessageContaining("Input/output error");
    }

    private void readingFails() {
        disk.faults((operation, name) -> operation == Operation.READ && cut.contains(name));
    }

    /** All that were cut but the newest, which is of a window that is not over. */
    private List<String> merged() {
        return cut.stream().sorted().limit(cut.size() - 1L).toList();
    }

    private void tend() {
        for (int i = 0; i < 100 && store.tend(); i++) {
            store.commit();
        }
    }

    private Set<String> blocks() {
        return Set.copyOf(
                disk.files().stream().filter(name -> name.startsWith("blk/")).toList());
    }
}
