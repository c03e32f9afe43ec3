package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Samples reach their series in whatever order, and with whatever instances of labels, batches come. */
class RoutesTest {

    private static final int SERIES = 30;
    private static final int BATCHES = 400;

    private final TestClock clock = TestClock.atStart();

    @Test
    void every_sample_reaches_its_series_though_batches_change_their_order() throws Exception {
        var random = new Random(7);
        long start = clock.millis() - Duration.ofMinutes(30).toMillis();
        var expected = new HashMap<Labels, List<Sample>>();
        try (var store = TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock)) {
            List<Labels> order = new ArrayList<>(series());
            for (int i = 0; i < BATCHES; i++) {
                change(order, random);
                var batch = SampleBatch.from("target");
                for (int round = 0; round < 1 + i % 3; round++) {
                    long time = start + 1000L * i + round;
                    for (Labels labels : order) {
                        batch.add(labels, time, random.nextInt(100));
                    }
                }
                SampleBatch built = batch.build();
                for (int n = 0; n < built.size(); n++) {
                    expected.computeIfAbsent(built.series(n), labels -> new ArrayList<>())
                            .add(new Sample(built.series(n), built.timestamp(n), built.value(n)));
                }
                assertThat(store.append(built).refused()).isZero();
                store.commit();
            }
            for (Map.Entry<Labels, List<Sample>> each : expected.entrySet()) {
                assertThat(Stores.samplesOf(store, each.getKey())).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void a_series_that_was_forgotten_is_found_anew() throws Exception {
        List<Labels> series = series();
        try (var store = TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock)) {
            for (int i = 0; i < 5; i++) {
                append(store, series);
                store.admin().delete(List.of(Matcher.equal("job", "node")), Long.MIN_VALUE, Long.MAX_VALUE);
                while (store.tend()) {
                    store.commit();
                }
                clock.advance(Duration.ofSeconds(15));
            }
            append(store, series);
            for (Labels labels : series) {
                assertThat(Stores.samplesOf(store, labels)).containsExactly(new Sample(labels, clock.millis(), 1));
            }
        }
    }

    @Test
    void samples_of_a_series_that_stand_together_end_as_if_each_had_come_alone() throws Exception {
        var random = new Random(11);
        List<Labels> series = series();
        try (var together = TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock);
                var alone = TimeSeriesStore.open(new SimulatedDisk(), Stores.settings(), clock)) {
            for (int i = 0; i < BATCHES / 4; i++) {
                var batch = SampleBatch.from("sender");
                for (Labels labels : series) {
                    row(labels, batch, random);
                }
                SampleBatch built = batch.build();
                Receipt receipt = together.append(built);
                var refusals = new ArrayList<Receipt.Refusal>();
                for (int n = 0; n < built.size(); n++) {
                    refusals.addAll(alone.append(SampleBatch.from("sender")
                                    .add(built.series(n), built.timestamp(n), built.value(n))
                                    .build())
                            .refusals());
                }
                assertThat(receipt.refused()).isEqualTo(refusals.size());
                assertThat(refusals).startsWith(receipt.refusals().toArray(Receipt.Refusal[]::new));
                together.commit();
                alone.commit();
                clock.advance(Duration.ofSeconds(30));
            }
            for (Labels labels : series) {
                assertThat(Stores.samplesOf(together, labels))
                        .hasSizeGreaterThan(BATCHES)
                        .isEqualTo(Stores.samplesOf(alone, labels));
            }
        }
    }

    /** Up to fifty samples of one series: in order for the most part, some again, some late, some of the future. */
    private void row(Labels labels, SampleBatch.Builder into, Random random) {
        int size = random.nextInt(50);
        long time = clock.millis() - 600L * size;
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(20)) {
                case 0 -> time -= random.nextInt(3_600_000);
                case 1 -> time += random.nextInt(1_200_000);
                case 2 -> {
                    // The same time once more, with another value perhaps.
                }
                default -> time += 500;
            }
            into.add(labels, time, random.nextInt(3));
        }
    }

    private void append(TimeSeriesStore store, List<Labels> series) throws Exception {
        var batch = SampleBatch.from("target");
        series.forEach(labels -> batch.add(labels, clock.millis(), 1));
        assertThat(store.append(batch.build()).accepted()).isEqualTo(series.size());
        store.commit();
    }

    private static List<Labels> series() {
        var series = new ArrayList<Labels>();
        for (int i = 0; i < SERIES; i++) {
            series.add(Labels.of(Labels.NAME, "m", "job", "node", "n", "" + i));
        }
        return series;
    }

    /** Mostly nothing; else one goes, comes, is made anew, two change places, or all do. */
    private static void change(List<Labels> order, Random random) {
        int place = 1 + random.nextInt(order.size() - 1);
        switch (random.nextInt(24)) {
            case 0 -> {
                if (order.size() > SERIES / 2) {
                    order.remove(place);
                }
            }
            case 1 -> {
                for (Labels labels : series()) {
                    if (!order.contains(labels)) {
                        order.add(place, labels);
                        return;
                    }
                }
            }
            case 2 -> order.set(place, order.get(place).toBuilder().build());
            case 3 -> Collections.swap(order, place, order.size() - 1);
            case 4 -> Collections.shuffle(order, random);
            case 5 -> order.replaceAll(labels -> labels.toBuilder().build());
            default -> {
                // As it was.
            }
        }
    }
}
