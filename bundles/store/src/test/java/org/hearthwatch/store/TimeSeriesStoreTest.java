package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.DirectoryInUseException;
import org.hearthwatch.store.disk.FileDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TimeSeriesStoreTest {

    private static final Labels LOAD = Labels.of("__name__", "node_load1", "instance", "nas");
    private static final Labels FREE = Labels.of("__name__", "node_memory_free_bytes", "instance", "nas");

    private final TestClock clock = TestClock.atStart();
    private final long now = clock.millis();

    @TempDir
    Path directory;

    private TimeSeriesStore store;

    @BeforeEach
    void open() throws Exception {
        store = TimeSeriesStore.open(new FileDisk(directory), settings(), clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static StoreSettings settings() {
        return Stores.settings();
    }

    @Test
    void what_is_appended_can_be_read_at_once() throws Exception {
        Receipt receipt = store.append(
                SampleBatch.from("test").add(LOAD, now, 0.5).add(FREE, now, 1e9).build());

        assertThat(receipt.accepted()).isEqualTo(2);
        assertThat(receipt.refused()).isZero();
        assertThat(samplesOf(LOAD)).containsExactly(new Sample(LOAD, now, 0.5));
    }

    @Test
    void is_acknowledged_when_it_is_committed_and_not_before() throws Exception {
        var durable = append(LOAD, now, 1).durable().toCompletableFuture();

        assertThat(durable).isNotDone();
        store.commit();
        assertThat(durable).isCompleted();
    }

    @Test
    @Timeout(60)
    void what_somebody_waits_for_is_written_without_gathering_more() throws Exception {
        store.settings(Stores.gathering(Duration.ofDays(1)));
        var durable = append(LOAD, now, 1).durable().toCompletableFuture();

        store.hurry();
        store.awaitWork(Duration.ofDays(1));
        store.commit();

        assertThat(durable).isCompleted();
    }

    @Test
    void what_was_acknowledged_is_there_after_the_process_is_gone() throws Exception {
        append(LOAD, now, Staleness.MARKER);
        append(LOAD, now + 1, -0.0);
        append(FREE, now, Double.longBitsToDouble(0x7ff8_0000_dead_beefL));
        store.commit();

        reopen();

        assertThat(bitsOf(LOAD)).containsExactly(now, Staleness.BITS, now + 1, Long.MIN_VALUE);
        assertThat(bitsOf(FREE)).containsExactly(now, 0x7ff8_0000_dead_beefL);
    }

    @Test
    void a_duplicate_is_accepted_and_changes_nothing() throws Exception {
        append(LOAD, now, 1);

        Receipt again = append(LOAD, now, 1);

        assertThat(again.accepted()).isEqualTo(1);
        assertThat(samplesOf(LOAD)).hasSize(1);
        store.commit();
        assertThat(again.durable().toCompletableFuture()).isCompleted();
    }

    @Test
    void a_duplicate_is_only_durable_with_the_first() throws Exception {
        append(LOAD, now, 1);

        Receipt again = append(LOAD, now, 1);

        assertThat(again.durable().toCompletableFuture()).isNotDone();
    }

    @Test
    void another_value_for_the_same_time_is_refused() throws Exception {
        append(LOAD, now, 1);
        append(LOAD, now + 1000, 1);

        assertThat(append(LOAD, now, 2).refusals()).containsExactly(refusal(LOAD, now, Receipt.Reason.CONFLICT));
        assertThat(append(LOAD, now + 1000, -1).refusals())
                .containsExactly(refusal(LOAD, now + 1000, Receipt.Reason.CONFLICT));
    }

    @Test
    void zero_and_minus_zero_are_two_values() throws Exception {
        append(LOAD, now, 0.0);

        assertThat(append(LOAD, now, -0.0).refusals()).containsExactly(refusal(LOAD, now, Receipt.Reason.CONFLICT));
    }

    @Test
    void late_samples_within_the_window_fall_into_their_place() throws Exception {
        append(LOAD, now, 3);
        append(LOAD, now - 2000, 1);
        append(LOAD, now - 1000, 2);

        assertThat(samplesOf(LOAD)).extracting(Sample::value).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void samples_older_than_the_window_are_refused_unless_they_are_there() throws Exception {
        long early = now - Duration.ofHours(23).toMillis();
        append(LOAD, early, 1);
        clock.advance(Duration.ofHours(2));
        append(LOAD, clock.millis(), 2);

        assertThat(append(LOAD, early, 1).accepted()).isEqualTo(1);
        assertThat(append(LOAD, early + 1, 1).refusals())
                .containsExactly(refusal(LOAD, early + 1, Receipt.Reason.TOO_OLD));
    }

    @Test
    void samples_of_the_future_are_refused() throws Exception {
        long future = now + Duration.ofMinutes(10).toMillis();

        assertThat(append(LOAD, future, 1).accepted()).isEqualTo(1);
        assertThat(append(LOAD, future + 1, 1).refusals())
                .containsExactly(refusal(LOAD, future + 1, Receipt.Reason.TOO_NEW));
    }

    @Test
    void goes_on_after_a_clock_that_was_a_year_ahead_is_set_right() throws Exception {
        clock.advance(Duration.ofDays(365));
        append(LOAD, clock.millis(), 1);
        clock.advance(Duration.ofDays(-365));

        assertThat(append(LOAD, now, 2).accepted()).isEqualTo(1);
        assertThat(samplesOf(LOAD)).extracting(Sample::value).containsExactly(2.0, 1.0);
        assertThat(store.latest(List.of(), 0)).containsExactly(new Sample(LOAD, now, 2));
    }

    @Test
    void labels_that_are_too_long_or_nameless_or_no_text_are_refused() throws Exception {
        for (Labels bad : List.of(
                Labels.EMPTY,
                Labels.of("instance", "nas"),
                LOAD.with("path", "x".repeat(2049)),
                LOAD.with("x".repeat(201), "y"),
                LOAD.with("half", "\ud800"))) {
            assertThat(append(bad, now, 1).refusals()).containsExactly(refusal(bad, now, Receipt.Reason.BAD_LABELS));
        }
    }

    @Test
    void no_more_series_than_allowed() throws Exception {
        store.settings(Stores.settings(settings -> settings.maxSeries(1)));
        append(LOAD, now, 1);

        assertThat(append(FREE, now, 1).refusals()).containsExactly(refusal(FREE, now, Receipt.Reason.TOO_MANY_SERIES));
        assertThat(append(LOAD, now + 1, 1).accepted()).isEqualTo(1);
    }

    @Test
    void tells_the_first_few_refusals_and_counts_all() throws Exception {
        var batch = SampleBatch.from("test");
        for (int i = 0; i < 50; i++) {
            batch.add(Labels.EMPTY, now + i, 1);
        }

        Receipt receipt = store.append(batch.build());

        assertThat(receipt.refused()).isEqualTo(50);
        assertThat(receipt.refusals()).hasSize(10);
    }

    @Test
    void latest_leaves_out_what_is_stale_or_too_old_and_is_sorted() throws Exception {
        Labels stale = LOAD.with("instance", "gone");
        append(FREE, now, 1);
        append(LOAD, now, 2);
        append(stale, now, Staleness.MARKER);
        append(LOAD.with("instance", "old"), now - 60_000, 3);

        assertThat(store.latest(List.of(), now - 1000))
                .containsExactly(new Sample(LOAD, now, 2), new Sample(FREE, now, 1));
        assertThat(store.latest(List.of(Matcher.metric("node_load1")), now)).containsExactly(new Sample(LOAD, now, 2));
    }

    @Test
    void names_and_values_are_those_of_series_with_samples_in_the_time() throws Exception {
        append(LOAD, now, 1);
        append(FREE.with("kind", "ram"), now - 60_000, 1);

        assertThat(store.labelNames(List.of(), now, now)).containsExactly("__name__", "instance");
        assertThat(store.labelNames(List.of(), now - 60_000, now)).containsExactly("__name__", "instance", "kind");
        assertThat(store.labelValues("__name__", List.of(), now - 60_000, now))
                .containsExactly("node_load1", "node_memory_free_bytes");
    }

    @Test
    void a_selection_has_only_series_with_a_sample_within_the_time() throws Exception {
        append(LOAD, now, 1);
        append(LOAD, now + 20_000, 1);

        assertThat(store.select(List.of(), now + 1, now + 19_999).size()).isZero();
        assertThat(store.select(List.of(), now + 1, now + 20_000).size()).isEqualTo(1);
    }

    @Test
    void what_is_older_than_the_retention_goes_and_its_series_with_it() throws Exception {
        store.settings(Stores.settings(settings -> settings.tiers(false)));
        append(FREE, now, 1);
        append(LOAD, now, 1);
        store.commit();
        clock.advance(Duration.ofDays(16));
        append(LOAD, clock.millis(), 2);
        store.commit();
        tend();

        assertThat(samplesOf(LOAD)).extracting(Sample::value).containsExactly(2.0);
        assertThat(store.status().series()).isEqualTo(1);
        assertThat(store.labelValues("__name__", List.of(), 0, Long.MAX_VALUE)).containsExactly("node_load1");
        reopen();
        assertThat(samplesOf(LOAD)).extracting(Sample::value).containsExactly(2.0);
        assertThat(store.status().series()).isEqualTo(1);
        assertThat(store.damages()).isEmpty();
    }

    @Test
    void memory_stays_within_its_limit_by_cutting_to_blocks() throws Exception {
        store.settings(Stores.settings(settings -> settings.memoryBytes(64 << 10)));
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 20_000; i++) {
            append(LOAD, clock.millis(), Math.sin(i));
            expected.add(clock.millis());
            clock.advance(Duration.ofSeconds(15));
            if (i % 100 == 0) {
                store.commit();
                tend();
                assertThat(store.status().memoryBytes()).isLessThan(66 << 10);
            }
        }
        store.commit();

        assertThat(samplesOf(LOAD)).extracting(Sample::timestamp).isEqualTo(expected);
        assertThat(store.admin().layout().blocks()).isNotEmpty();
        reopenWith(Stores.settings(settings -> settings.memoryBytes(64 << 10)));
        assertThat(samplesOf(LOAD)).extracting(Sample::timestamp).isEqualTo(expected);
    }

    @Test
    void all_on_disk_stays_within_its_limit_by_dropping_the_oldest_blocks() throws Exception {
        StoreSettings small =
                Stores.settings(settings -> settings.retentionBytes(40_000).reserveBytes(1 << 20));
        store.settings(small);
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 6000; i++) {
            append(LOAD, clock.millis(), Math.sin(i));
            expected.add(clock.millis());
            clock.advance(Duration.ofMinutes(1));
            store.commit();
            store.maintain();
            tend();
        }

        assertThat(Files.size(directory.resolve("reserve"))).isEqualTo(10_000);
        List<Long> kept = samplesOf(LOAD).stream().map(Sample::timestamp).toList();
        assertThat(kept).hasSizeBetween(200, 5000);
        assertThat(kept).isEqualTo(expected.subList(expected.size() - kept.size(), expected.size()));
        assertThat(store.status().diskBytes()).isLessThan(50_000);
        reopenWith(small);
        assertThat(samplesOf(LOAD)).extracting(Sample::timestamp).isEqualTo(kept);
    }

    @Test
    void a_catalogue_of_series_long_gone_is_written_anew_and_their_numbers_mean_no_other() throws Exception {
        store.settings(Stores.settings(settings -> settings.tiers(false)));
        for (int i = 0; i < 450; i++) {
            append(LOAD.with("n", "old" + i), now, i);
        }
        append(FREE, now, 1);
        store.commit();
        long before = Files.size(directory.resolve("catalog/000001.log"));
        for (int generation = 0; generation < 5; generation++) {
            clock.advance(Duration.ofDays(16));
            for (int i = 0; i < 450; i++) {
                append(LOAD.with("n", generation + "new" + i), clock.millis(), -i);
            }
            store.commit();
            tend();
            store.maintain();
        }
        reopen();

        assertThat(store.status().series()).isEqualTo(450);
        assertThat(store.damages()).isEmpty();
        for (int i = 0; i < 450; i++) {
            Labels series = LOAD.with("n", "4new" + i);
            assertThat(samplesOf(series)).containsExactly(new Sample(series, clock.millis(), -i));
        }
        try (var files = Files.list(directory.resolve("catalog"))) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(3 * before);
        }
    }

    @Test
    void a_batch_too_large_is_refused_as_a_whole() {
        var batch = SampleBatch.from("test");
        for (int i = 0; i <= Intake.MOST_IN_BATCH; i++) {
            batch.add(LOAD, now + i, 1);
        }

        assertThatThrownBy(() -> store.append(batch.build()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("send it in parts");
    }

    @Test
    void a_second_store_on_the_same_directory_is_refused() {
        assertThatThrownBy(() -> TimeSeriesStore.open(new FileDisk(directory), settings(), clock))
                .isInstanceOf(DirectoryInUseException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("is in use");
    }

    @Test
    void appending_to_a_closed_store_says_so() throws Exception {
        store.close();

        assertThatThrownBy(() -> append(LOAD, now, 1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closing_makes_durable_what_was_appended() throws Exception {
        var durable = append(LOAD, now, 1).durable().toCompletableFuture();

        store.close();

        assertThat(durable).isCompleted();
        open();
        assertThat(samplesOf(LOAD)).hasSize(1);
    }

    @Test
    void remembers_what_is_said_of_families() throws Exception {
        var load = new MetricMetadata("node_load1", MetricType.GAUGE, "1m load average.", "");
        store.append(SampleBatch.from("test").add(LOAD, now, 1).describe(load).build());

        assertThat(store.metadata()).containsExactly(load);
    }

    @Test
    void status_tells_the_vital_figures() throws Exception {
        append(LOAD, now, 1);
        append(LOAD, now + 60_000, 1);
        append(FREE, now, 1);
        store.commit();
        store.maintain();
        clock.advance(Duration.ofSeconds(30));

        var status = store.status();

        assertThat(status.series()).isEqualTo(2);
        assertThat(status.samples()).isEqualTo(3);
        assertThat(status.appended()).isEqualTo(3);
        assertThat(status.samplesPerSecond()).isEqualTo(0.1);
        assertThat(status.diskBytes()).isPositive();
        assertThat(status.oldest()).hasValue(TestClock.START);
        assertThat(status.newest()).hasValue(TestClock.START.plusSeconds(60));
        assertThat(status.readOnly()).isEmpty();
    }

    private void tend() {
        while (store.tend()) {
            assertThat(store.status().readOnly()).isEmpty();
        }
    }

    private Receipt append(Labels series, long time, double value) throws Exception {
        return store.append(SampleBatch.from("test").add(series, time, value).build());
    }

    private void reopen() throws Exception {
        reopenWith(settings());
    }

    private void reopenWith(StoreSettings settings) throws Exception {
        store.close();
        store = TimeSeriesStore.open(new FileDisk(directory), settings, clock);
    }

    private static Receipt.Refusal refusal(Labels series, long time, Receipt.Reason reason) {
        return new Receipt.Refusal(series, time, reason);
    }

    private List<Sample> samplesOf(Labels series) {
        return Stores.samplesOf(store, series);
    }

    private List<Long> bitsOf(Labels series) {
        var bits = new ArrayList<Long>();
        for (Sample sample : samplesOf(series)) {
            bits.add(sample.timestamp());
            bits.add(Double.doubleToRawLongBits(sample.value()));
        }
        return bits;
    }

    @Test
    void a_selection_can_be_read_series_by_series_into_one_buffer() throws Exception {
        append(LOAD, now, 1);
        append(FREE, now, 2);
        append(FREE, now + 1, 2);
        var buffer = new SampleBuffer();

        try (var selection = store.select(List.of(), now, now + 1)) {
            int samples = 0;
            for (int i = 0; i < selection.size(); i++) {
                selection.read(i, buffer);
                samples += buffer.size();
            }
            assertThat(samples).isEqualTo(3);
            assertThat(selection.warnings()).isEmpty();
        }
    }
}
