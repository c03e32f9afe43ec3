package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tiers as those see them who ask: made of days that are over, chosen for long questions, and right. */
class TierTest {

    private static final Labels COUNTER = Labels.of("__name__", "requests_total", "n", "1");
    private static final Labels HISTOGRAM = Labels.of("__name__", "duration_seconds", "n", "1");
    private static final List<Matcher> BOTH = List.of(Matcher.equal("n", "1"));
    private static final List<Matcher> COUNTERS = List.of(Matcher.equal("__name__", "requests_total"));
    private static final Duration FIVE = Duration.ofMinutes(5);
    private static final long LONG = Duration.ofDays(3).toMillis();

    private final TestClock clock = TestClock.atStart();
    private final SimulatedDisk disk = new SimulatedDisk();
    private TimeSeriesStore store = open(true);

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    /** Days are two hours. */
    private static StoreSettings settings(boolean tiers) {
        return Stores.settings(changes -> changes.cut(FIVE).tiers(tiers));
    }

    private TimeSeriesStore open(boolean tiers) {
        try {
            return TimeSeriesStore.open(disk, settings(tiers), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_long_question_is_answered_from_a_tier_with_what_the_samples_say() throws Exception {
        fill(600, false);

        try (Selection counts = select(COUNTERS, Aspect.COUNT);
                Selection sums = select(COUNTERS, Aspect.SUM);
                Selection greatest = select(COUNTERS, Aspect.MAX)) {
            assertThat(counts.resolution()).isEqualTo(FIVE);
            assertThat(valuesOf(counts).stream().mapToDouble(value -> value).sum())
                    .isEqualTo(600);
            assertThat(valuesOf(sums).stream().mapToDouble(value -> value).sum())
                    .isEqualTo(3.0 * 599 * 600 / 2);
            assertThat(valuesOf(greatest).stream().mapToDouble(value -> value).max())
                    .hasValue(3 * 599);
        }
    }

    @Test
    void of_last_values_that_of_the_interval_before_is_told_too() throws Exception {
        fill(600, false);
        long from = clock.millis() - Duration.ofHours(5).toMillis() + 7000;
        var hints = new SelectHints(FIVE, FIVE.multipliedBy(2), Aspect.LAST);

        try (Selection last = store.select(COUNTERS, from, from + LONG, hints)) {
            assertThat(last.resolution()).isEqualTo(FIVE);
            var buffer = new SampleBuffer();
            last.read(0, buffer);
            assertThat(buffer.timestamp(0)).isBetween(from - FIVE.toMillis(), from - 1);
        }
    }

    @Test
    void a_briefquestion_and_one_for_samples_are_answered_as_they_came() throws Exception {
        fill(600, false);
        long now = clock.millis();

        try (Selection brief = store.select(COUNTERS, now - 3_600_000, now, new SelectHints(FIVE, FIVE, Aspect.SUM));
                Selection samples = select(COUNTERS, Aspect.SAMPLES)) {
            assertThat(brief.resolution()).isZero();
            assertThat(samples.resolution()).isZero();
            assertThat(valuesOf(samples)).hasSize(600);
        }
    }

    @Test
    void native_histograms_are_never_answered_from_a_tier() throws Exception {
        fill(600, true);

        try (Selection both = select(BOTH, Aspect.COUNTER)) {
            assertThat(both.resolution()).isZero();
            assertThat(histogramsOf(both)).hasSize(600);
        }
        store.close();
        store = open(true);
        try (Selection both = select(BOTH, Aspect.COUNTER)) {
            assertThat(both.resolution()).isZero();
            assertThat(histogramsOf(both)).hasSize(600);
        }
    }

    @Test
    void tiers_that_could_not_be_written_for_want_of_space_are_made_later() throws Exception {
        store.close();
        store = open(false);
        fill(600, false);
        store.settings(settings(true));
        disk.faults((operation, name) -> operation == Operation.CREATE && name.startsWith("blk/5m"));
        tend();
        assertThat(tiers()).isZero();

        disk.faults((operation, name) -> false);
        clock.advance(Duration.ofSeconds(11));
        tend();

        assertThat(tiers()).isPositive();
    }

    private long tiers() {
        return store.admin().layout().blocks().stream()
                .filter(block -> block.resolution().equals(FIVE))
                .count();
    }

    private Selection select(List<Matcher> matchers, Aspect aspect) {
        return store.select(
                matchers, clock.millis() - LONG, clock.millis(), new SelectHints(FIVE, FIVE.multipliedBy(2), aspect));
    }

    /** Minutes of a counter that grows by three, and of a histogram. */
    private void fill(int minutes, boolean histograms) throws Exception {
        for (int i = 0; i < minutes; i++) {
            var batch = SampleBatch.from("test").add(COUNTER, clock.millis(), 3 * i);
            if (histograms) {
                batch.add(HISTOGRAM, clock.millis(), Histograms.growing(i));
            }
            assertThat(store.append(batch.build()).refused()).isZero();
            store.commit();
            clock.advance(Duration.ofMinutes(1));
            tend();
        }
    }

    private void tend() {
        for (int i = 0; i < 100 && store.tend(); i++) {
            store.commit();
        }
    }

    private static List<Double> valuesOf(Selection selection) {
        var values = new ArrayList<Double>();
        var buffer = new SampleBuffer();
        for (int i = 0; i < selection.size(); i++) {
            selection.read(i, buffer);
            for (int j = 0; j < buffer.size(); j++) {
                values.add(buffer.value(j));
            }
        }
        return values;
    }

    private static List<NativeHistogram> histogramsOf(Selection selection) {
        var histograms = new ArrayList<NativeHistogram>();
        var buffer = new SampleBuffer();
        for (int i = 0; i < selection.size(); i++) {
            selection.read(i, buffer);
            for (int j = 0; j < buffer.size(); j++) {
                buffer.histogram(j).ifPresent(histograms::add);
            }
        }
        return histograms;
    }
}
