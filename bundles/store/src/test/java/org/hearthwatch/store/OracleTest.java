package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Whatever is done in whatever order: what is read is what a sorted map would say, bit for bit. */
class OracleTest {

    @Test
    void a_store_over_blocks_reads_like_a_sorted_map() {
        ForAll.cases(120, Run::new).check(run -> {
            for (int step = 0; step < 120; step++) {
                run.step();
            }
            run.compare();
        });
    }

    /** A store and the map that says what must be in it. */
    private static final class Run {

        private static final int SERIES = 6;

        private final SplittableRandom random;
        private final TestClock clock = TestClock.atStart();
        private final StoreSettings settings;
        private final Map<Labels, TreeMap<Long, Long>> oracle = new TreeMap<>();
        private SimulatedDisk disk = new SimulatedDisk();
        private TimeSeriesStore store;

        Run(SplittableRandom random) {
            this.random = random;
            Duration cut = random.nextBoolean() ? Duration.ofHours(1) : Duration.ofMinutes(5);
            long memory = random.nextInt(3) == 0 ? 20_000 : 64 << 20;
            this.settings = Stores.settings(
                    changes -> changes.cut(cut).memoryBytes(memory).tiers(random.nextBoolean()));
            this.store = open();
            for (int i = 0; i < SERIES; i++) {
                oracle.put(series(i), new TreeMap<>());
            }
        }

        private TimeSeriesStore open() {
            try {
                return TimeSeriesStore.open(disk, settings, clock);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static Labels series(int number) {
            return Labels.of("__name__", number % 2 == 0 ? "even" : "odd", "n", Integer.toString(number));
        }

        void step() throws Exception {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6 -> append();
                case 7, 8, 9 -> clock.advance(Duration.ofSeconds(random.nextInt(3 * 3600)));
                case 10 -> clock.advance(Duration.ofSeconds(random.nextInt(-600, 20 * 3600)));
                case 11, 12, 13 -> store.tend();
                case 14 -> tendToEnd();
                case 15 -> store.commit();
                case 16 -> store.maintain();
                case 17 -> restart();
                case 18 -> delete();
                default -> compareSome();
            }
        }

        private void tendToEnd() {
            int steps = 0;
            while (store.tend()) {
                assertThat(steps++).as("steps without end").isLessThan(500);
            }
        }

        private void restart() throws Exception {
            if (random.nextBoolean()) {
                store.close();
            } else {
                store.commit();
                disk = disk.kill();
            }
            store = open();
            assertThat(store.damages()).isEmpty();
        }

        private void append() throws Exception {
            var batch = SampleBatch.from("run");
            var taken = new HashSet<String>();
            int count = 1 + random.nextInt(40);
            long base = clock.millis();
            int interval = 1 + random.nextInt(60_000);
            for (int i = 0; i < count; i++) {
                Labels series = series(random.nextInt(SERIES));
                long time = random.nextInt(4) == 0
                        ? base - random.nextLong(Duration.ofHours(30).toMillis())
                        : base - (long) (count - i) * interval;
                if (taken.add(series + " " + time)) {
                    batch.add(series, time, value());
                }
            }
            SampleBatch samples = batch.build();
            Receipt receipt = store.append(samples);
            if (random.nextBoolean()) {
                store.commit();
            }
            note(samples, receipt);
        }

        /** Only what the store refused is not there. */
        private void note(SampleBatch samples, Receipt receipt) {
            if (receipt.refused() > receipt.refusals().size()) {
                trust();
                return;
            }
            var refused = new HashSet<String>();
            receipt.refusals().forEach(refusal -> refused.add(refusal.series() + " " + refusal.timestamp()));
            for (int i = 0; i < samples.size(); i++) {
                if (!refused.contains(samples.series(i) + " " + samples.timestamp(i))) {
                    oracle.computeIfAbsent(samples.series(i), key -> new TreeMap<>())
                            .put(samples.timestamp(i), Double.doubleToRawLongBits(samples.value(i)));
                }
            }
        }

        /** More was refused than is told: what is there now is taken as right. */
        private void trust() {
            oracle.forEach((series, samples) -> {
                samples.clear();
                for (Sample sample : Stores.samplesOf(store, series)) {
                    samples.put(sample.timestamp(), Double.doubleToRawLongBits(sample.value()));
                }
            });
        }

        private double value() {
            return switch (random.nextInt(8)) {
                case 0 -> Staleness.MARKER;
                case 1 -> -0.0;
                case 2 -> 0.0;
                case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
                case 4 -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
                case 5 -> random.nextInt(1000) / 10.0;
                default -> random.nextDouble();
            };
        }

        private void delete() throws Exception {
            Labels series = series(random.nextInt(SERIES));
            long from = clock.millis() - random.nextLong(Duration.ofDays(3).toMillis());
            long to = random.nextInt(5) == 0
                    ? Long.MAX_VALUE
                    : from + random.nextLong(Duration.ofDays(1).toMillis());
            boolean even = random.nextInt(4) == 0;
            List<Matcher> matchers =
                    even ? List.of(Matcher.metric("even")) : List.of(Matcher.equal("n", series.get("n")));
            store.admin().delete(matchers, from, to);
            oracle.forEach((one, samples) -> {
                if (even ? one.metricName().equals("even") : one.equals(series)) {
                    samples.subMap(from, true, to, true).clear();
                }
            });
            if (random.nextInt(3) == 0) {
                store.admin().compactDeleted(progress -> {});
            }
        }

        private void compareSome() {
            long from = clock.millis() - random.nextLong(Duration.ofDays(4).toMillis());
            compare(from, from + random.nextLong(Duration.ofDays(2).toMillis()));
        }

        void compare() throws Exception {
            compare(Long.MIN_VALUE, Long.MAX_VALUE);
            tendToEnd();
            compare(Long.MIN_VALUE, Long.MAX_VALUE);
            restart();
            compare(Long.MIN_VALUE, Long.MAX_VALUE);
        }

        private void compare(long from, long to) {
            var found = new TreeMap<Labels, TreeMap<Long, Long>>();
            var buffer = new SampleBuffer();
            try (var selection = store.select(List.of(), from, to)) {
                for (int i = 0; i < selection.size(); i++) {
                    selection.read(i, buffer);
                    var samples = new TreeMap<Long, Long>();
                    for (int j = 0; j < buffer.size(); j++) {
                        assertThat(samples.put(buffer.timestamp(j), Double.doubleToRawLongBits(buffer.value(j))))
                                .as("time twice")
                                .isNull();
                    }
                    found.put(selection.labels(i), samples);
                }
                assertThat(selection.warnings()).isEmpty();
            }
            oracle.forEach((series, samples) -> assertThat(found.getOrDefault(series, new TreeMap<>()))
                    .as("%s from %d to %d", series, from, to)
                    .isEqualTo(new TreeMap<>(samples.subMap(from, true, to, true))));
        }
    }
}
