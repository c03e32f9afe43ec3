package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.api.store.StoreAdmin.Backfill;
import org.hearthwatch.api.store.StoreLayout.Block;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Samples of any age, straight to blocks. */
class BackfillTest {

    private static final Labels SERIES = Labels.of("__name__", "m");
    private static final Duration FIVE = Duration.ofMinutes(5);

    private final TestClock clock = TestClock.atStart();
    private final SimulatedDisk disk = new SimulatedDisk();
    private TimeSeriesStore store;

    @BeforeEach
    void open() throws Exception {
        store = TimeSeriesStore.open(disk, Stores.settings(), clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void samples_in_any_order_and_given_twice_are_there_once_and_in_order() throws Exception {
        long old = clock.millis() - Duration.ofDays(9).toMillis();
        List<Long> times = LongStream.range(0, 500)
                .map(i -> old + i * 7919 % 500 * 60_000)
                .boxed()
                .collect(Collectors.toList());
        times.addAll(times.subList(100, 300));

        fill(times);

        assertThat(Stores.samplesOf(store, SERIES))
                .hasSize(500)
                .extracting(Sample::timestamp)
                .isSorted();
    }

    @Test
    void the_same_backfill_again_changes_nothing_and_one_with_other_values_replaces_them() throws Exception {
        long old = clock.millis() - Duration.ofDays(3).toMillis();
        List<Long> times =
                LongStream.range(0, 100).map(i -> old + i * 60_000).boxed().toList();
        fill(times);
        List<Sample> first = Stores.samplesOf(store, SERIES);

        fill(times);
        assertThat(Stores.samplesOf(store, SERIES)).isEqualTo(first).hasSize(100);
        add(old + 60_000, 4711);

        assertThat(Stores.samplesOf(store, SERIES)).hasSize(100).contains(new Sample(SERIES, old + 60_000, 4711));
    }

    @Test
    void one_with_the_time_of_a_sample_that_came_a_moment_ago_replaces_it_and_no_other() throws Exception {
        long first = clock.millis();
        append();
        clock.advance(Duration.ofMinutes(1));
        append();
        clock.advance(Duration.ofMinutes(1));
        append();

        add(first + 60_000, 7);

        List<Sample> expected = List.of(
                new Sample(SERIES, first, 1),
                new Sample(SERIES, first + 60_000, 7),
                new Sample(SERIES, first + 120_000, 1));
        assertThat(Stores.samplesOf(store, SERIES)).isEqualTo(expected);
        clock.advance(Duration.ofHours(3));
        append();
        tend();
        assertThat(Stores.samplesOf(store, SERIES)).startsWith(expected.toArray(Sample[]::new));
        store.close();
        store = TimeSeriesStore.open(disk, Stores.settings(), clock);
        assertThat(Stores.samplesOf(store, SERIES)).hasSize(4).startsWith(expected.toArray(Sample[]::new));
    }

    @Test
    void one_that_replaces_another_still_does_when_blocks_beside_it_are_merged() throws Exception {
        long first = clock.millis();
        for (int i = 0; i < 5; i++) {
            append();
            clock.advance(Duration.ofMinutes(61));
            store.tend();
        }
        add(first, 7);

        for (int i = 0; i < 30; i++) {
            append();
            clock.advance(Duration.ofMinutes(61));
            tend();
            assertThat(Stores.samplesOf(store, SERIES))
                    .as("after %d hours", i)
                    .startsWith(new Sample(SERIES, first, 7));
        }
    }

    @Test
    void samples_of_the_future_are_refused_and_told() throws Exception {
        long tooNew = clock.millis() + Duration.ofMinutes(11).toMillis();
        try (Backfill filling = store.admin().backfill("test")) {
            Receipt receipt = filling.add(SampleBatch.from("test")
                    .add(SERIES, clock.millis() + 60_000, 1)
                    .add(SERIES, tooNew, 2)
                    .build());

            assertThat(receipt.accepted()).isEqualTo(1);
            assertThat(receipt.refusals()).containsExactly(new Receipt.Refusal(SERIES, tooNew, Receipt.Reason.TOO_NEW));
            filling.finish();
        }
        assertThat(Stores.samplesOf(store, SERIES)).extracting(Sample::value).containsExactly(1.0);
    }

    @Test
    void of_samples_older_than_the_retention_the_tiers_are_kept() throws Exception {
        append();
        long old = clock.millis() - Duration.ofDays(40).toMillis();

        fill(LongStream.range(0, 2880).map(i -> old + i * 60_000).boxed().toList());
        clock.advance(Duration.ofHours(3));
        append();
        tend();

        assertThat(Stores.samplesOf(store, SERIES)).as("as they came").hasSize(2);
        assertThat(store.admin().layout().blocks())
                .filteredOn(block -> block.resolution().equals(FIVE))
                .extracting(Block::samples)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(count -> count).sum())
                        .isBetween(576L, 580L));
        try (var days = store.select(
                List.of(Matcher.equal("__name__", "m")),
                old,
                old + Duration.ofDays(2).toMillis(),
                new SelectHints(FIVE, Duration.ZERO, Aspect.COUNT))) {
            assertThat(days.resolution()).isEqualTo(FIVE);
            var buffer = new SampleBuffer();
            days.read(0, buffer);
            double count = 0;
            for (int i = 0; i < buffer.size(); i++) {
                count += buffer.value(i);
            }
            assertThat(count).isEqualTo(2880);
        }
    }

    @Test
    void tiers_are_made_of_it_though_memory_was_never_cut_before() throws Exception {
        append();
        long old = clock.millis() - Duration.ofDays(40).toMillis();

        fill(LongStream.range(0, 2880).map(i -> old + i * 60_000).boxed().toList());
        tend();

        assertThat(store.admin().layout().blocks())
                .filteredOn(block -> block.resolution().equals(FIVE))
                .isNotEmpty();
        assertThat(Stores.samplesOf(store, SERIES)).as("as they came").hasSize(1);
    }

    @Test
    void a_full_disk_ends_it_with_nothing_there_and_the_store_goes_on() throws Exception {
        append();
        disk.capacity(3000);
        long old = clock.millis() - Duration.ofDays(3).toMillis();
        try (Backfill filling = store.admin().backfill("test")) {
            for (int i = 0; i < 3000; i++) {
                filling.add(SampleBatch.from("test")
                        .add(SERIES, old + i * 60_000L, Math.sin(i))
                        .build());
            }
            assertThat(catchThrowable(filling::finish)).hasMessageContaining("No space left");
        }

        assertThat(Stores.samplesOf(store, SERIES)).hasSize(1);
        assertThat(disk.list("blk/raw")).isEmpty();
        disk.capacity(Long.MAX_VALUE);
        clock.advance(FIVE);
        append();
        assertThat(Stores.samplesOf(store, SERIES)).hasSize(2);
    }

    private void fill(List<Long> times) throws Exception {
        try (Backfill filling = store.admin().backfill("test")) {
            for (long time : times) {
                assertThat(filling.add(SampleBatch.from("test")
                                        .add(SERIES, time, (double) time)
                                        .build())
                                .refused())
                        .isZero();
            }
            filling.finish();
        }
    }

    private void add(long time, double value) throws Exception {
        try (Backfill filling = store.admin().backfill("test")) {
            filling.add(SampleBatch.from("test").add(SERIES, time, value).build());
            filling.finish();
        }
    }

    private void append() throws Exception {
        store.append(SampleBatch.from("test").add(SERIES, clock.millis(), 1).build());
        store.commit();
    }

    private void tend() {
        for (int i = 0; i < 500 && store.tend(); i++) {
            store.commit();
        }
    }
}
