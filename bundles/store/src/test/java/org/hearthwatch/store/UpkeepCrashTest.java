package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreAdmin.Backfill;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/**
 * Deletions, backfills, retention and tiers that are turned on and off, while samples come, the clock jumps, and the power
 * goes or the disk fails between any two steps: what was acknowledged is there, what was deleted is not.
 */
class UpkeepCrashTest {

    @Test
    void a_power_cut_or_kill_at_any_step_of_any_upkeep_loses_and_revives_nothing() {
        ForAll.cases(40, Run::new).check(run -> {
            for (int life = 0; life < 5; life++) {
                run.stopSoon();
                run.live(60);
                run.crash();
            }
        });
    }

    @Test
    void upkeep_over_a_disk_that_fails_now_and_then_loses_and_revives_nothing() {
        ForAll.cases(25, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.failSometimes();
                run.live(60);
                run.crash();
            }
        });
    }

    @Test
    void upkeep_over_a_disk_that_gets_full_loses_and_revives_nothing() {
        ForAll.cases(25, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.fillSoon();
                run.live(60);
                run.crash();
            }
        });
    }

    /** What may stand at a time, and whether something must. */
    private static final class Place {
        private final Set<Long> allowed = new HashSet<>();
        /** Of a backfill whose end failed: nobody sees it, but after a crash it may be there. */
        private final Set<Long> pending = new HashSet<>();

        private boolean required;

        void exactly(long bits) {
            allowed.clear();
            allowed.add(bits);
            required = true;
        }

        void deleted() {
            allowed.retainAll(pending);
            required = false;
        }
    }

    /** A store under random work, and beside it what must and what may be in it. */
    private static final class Run {

        private static final int SERIES = 8;

        private final SplittableRandom random;
        private final TestClock clock = TestClock.atStart();
        private final Duration retention;
        private final Map<Labels, TreeMap<Long, Place>> model = new HashMap<>();
        private final List<Promise> promises = new ArrayList<>();
        private SimulatedDisk disk = new SimulatedDisk();
        private Optional<TimeSeriesStore> opened = Optional.empty();
        private long latestClock;
        private boolean failing;

        private record Promise(List<Sample> samples, CompletableFuture<Void> durable) {}

        Run(SplittableRandom random) {
            this.random = random;
            this.retention = random.nextInt(3) == 0 ? Duration.ofHours(8) : Duration.ofDays(15);
        }

        private StoreSettings settings(boolean tiers) {
            StoreSettings usual = Stores.settings(
                    changes -> changes.cut(Duration.ofMinutes(5)).tiers(tiers));
            return new StoreSettings(
                    retention,
                    usual.retentionBytes(),
                    usual.memoryBytes(),
                    usual.outOfOrderWindow(),
                    usual.futureWindow(),
                    usual.maxSeries(),
                    usual.commitInterval(),
                    usual.reserveBytes(),
                    usual.tiers(),
                    usual.rules(),
                    usual.tailBytes(),
                    usual.cut());
        }

        private TimeSeriesStore store() {
            return opened.orElseThrow();
        }

        void live(int steps) throws Exception {
            if (opened.isEmpty() && !open()) {
                return;
            }
            for (int i = 0; i < steps; i++) {
                latestClock = Math.max(latestClock, clock.millis());
                switch (random.nextInt(18)) {
                    case 0, 1, 2, 3, 4 -> append();
                    case 5, 6 -> store().commit();
                    case 7 -> store().maintain();
                    case 8, 9, 10, 11 -> store().tend();
                    case 12 -> clock.advance(Duration.ofMinutes(random.nextInt(90)));
                    case 13 -> clock.advance(Duration.ofMillis(random.nextInt(-600_000, 60_000)));
                    case 14 -> delete();
                    case 15 -> backfill();
                    case 16 -> store().settings(settings(random.nextBoolean()));
                    default -> tendToEnd();
                }
                collectPromises();
            }
        }

        private void tendToEnd() {
            for (int i = 0; i < 30 && store().tend(); i++) {
                // A disk that fails leaves something to do for ever.
            }
        }

        private boolean open() {
            try {
                opened = Optional.of(TimeSeriesStore.open(disk, settings(true), clock));
                return true;
            } catch (IOException e) {
                assertThat(e.getMessage()).isIn("Input/output error", "This disk is gone");
                return false;
            }
        }

        private static Labels series(int number) {
            return Labels.of("__name__", number % 2 == 0 ? "even" : "odd", "n", Integer.toString(number));
        }

        private Place place(Labels series, long time) {
            return model.computeIfAbsent(series, key -> new TreeMap<>()).computeIfAbsent(time, key -> new Place());
        }

        private double value() {
            return switch (random.nextInt(5)) {
                case 0 -> Staleness.MARKER;
                case 1 -> -0.0;
                case 2 -> random.nextInt(10);
                default -> random.nextDouble();
            };
        }

        /** Times of samples that are appended are even, those of backfills odd: which of two holds is no question here. */
        private void append() {
            var batch = SampleBatch.from("run");
            var times = new HashSet<String>();
            int size = 1 + random.nextInt(10);
            for (int i = 0; i < size; i++) {
                Labels series = series(random.nextInt(SERIES));
                long late = random.nextInt(3) == 0
                        ? random.nextLong(Duration.ofHours(6).toMillis())
                        : i;
                long time = (clock.millis() - late) / 1000 * 1000;
                if (times.add(series + " " + time)) {
                    batch.add(series, time, value());
                }
            }
            SampleBatch samples = batch.build();
            try {
                note(samples, store().append(samples));
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("/simulated");
            }
        }

        private void note(SampleBatch batch, Receipt receipt) {
            var refused = new HashSet<String>();
            receipt.refusals().forEach(refusal -> refused.add(refusal.series() + " " + refusal.timestamp()));
            assertThat(receipt.refused()).isEqualTo(refused.size());
            var taken = new ArrayList<Sample>();
            for (int i = 0; i < batch.size(); i++) {
                if (!refused.contains(batch.series(i) + " " + batch.timestamp(i))) {
                    taken.add(new Sample(batch.series(i), batch.timestamp(i), batch.value(i)));
                    place(batch.series(i), batch.timestamp(i)).allowed.add(Double.doubleToRawLongBits(batch.value(i)));
                }
            }
            promises.add(new Promise(taken, receipt.durable().toCompletableFuture()));
        }

        private void collectPromises() {
            promises.removeIf(promise -> {
                if (promise.durable.isDone() && !promise.durable.isCompletedExceptionally()) {
                    for (Sample sample : promise.samples) {
                        // Of two values that came for one time, one before it failed to be written, either may hold.
                        place(sample.labels(), sample.timestamp()).required = true;
                    }
                }
                return promise.durable.isDone();
            });
        }

        private void delete() throws IOException, InterruptedException {
            boolean even = random.nextInt(4) == 0;
            Labels chosen = series(random.nextInt(SERIES));
            long from = clock.millis() - random.nextLong(Duration.ofHours(60).toMillis());
            long to = random.nextInt(5) == 0
                    ? Long.MAX_VALUE
                    : from + random.nextLong(Duration.ofHours(30).toMillis());
            boolean deleted;
            try {
                store().admin()
                        .delete(List.of(even ? Matcher.metric("even") : Matcher.equal("n", chosen.get("n"))), from, to);
                deleted = true;
            } catch (StoreUnavailableException e) {
                deleted = false;
            }
            collectPromises();
            boolean gone = deleted;
            model.forEach((series, places) -> {
                if (even ? series.metricName().equals("even") : series.equals(chosen)) {
                    var within = places.subMap(from, true, to, true);
                    if (gone) {
                        within.values().forEach(Place::deleted);
                    } else {
                        within.values().forEach(place -> place.required = false);
                    }
                }
            });
            if (deleted && random.nextInt(3) == 0) {
                try {
                    store().admin().compactDeleted(progress -> {});
                } catch (IOException e) {
                    assertThat(e).hasMessageMatching("Input/output error|This disk is gone|No space left on device");
                }
            }
        }

        private void backfill() {
            var filled = new TreeMap<String, Sample>();
            boolean attempted = false;
            boolean done = false;
            try (Backfill backfill = store().admin().backfill("run")) {
                int batches = 1 + random.nextInt(3);
                for (int i = 0; i < batches; i++) {
                    var batch = SampleBatch.from("run");
                    for (int j = 0; j < 10; j++) {
                        Labels series = series(random.nextInt(SERIES));
                        long age = random.nextLong(Duration.ofDays(3).toMillis());
                        long time = (clock.millis() - age) / 1000 * 1000 + 1;
                        double value = value();
                        batch.add(series, time, value);
                        filled.put(series + " " + time, new Sample(series, time, value));
                    }
                    backfill.add(batch.build());
                }
                if (random.nextInt(4) > 0) {
                    attempted = true;
                    backfill.finish();
                    done = true;
                }
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("/simulated");
            } catch (IOException e) {
                assertThat(e.getMessage())
                        .matches("(?s)Input/output error|This disk is gone|No space left on device|.*/simulated.*");
            }
            collectPromises();
            for (Sample sample : filled.values()) {
                long bits = Double.doubleToRawLongBits(sample.value());
                Place place = place(sample.labels(), sample.timestamp());
                if (done) {
                    place.exactly(bits);
                } else if (attempted) {
                    place.allowed.add(bits);
                    place.pending.add(bits);
                }
            }
        }

        void stopSoon() {
            disk.stopAfter(random.nextInt(250));
        }

        void failSometimes() {
            failing = true;
            int oneIn = 5 + random.nextInt(100);
            disk.faults((operation, name) -> operation != Operation.DELETE && random.nextInt(oneIn) == 0);
        }

        void fillSoon() {
            disk.capacity(4096 + random.nextInt(60_000));
        }

        void crash() throws Exception {
            disk = random.nextInt(3) == 0 ? disk.kill() : disk.crash(random);
            promises.clear();
            latestClock = Math.max(latestClock, clock.millis());
            opened = Optional.of(TimeSeriesStore.open(disk, settings(true), clock));
            // What was being written to the log may look like anything; blocks and catalogue are whole or do not count.
            // Those of
            // a backfill that had not ended are set aside; whether something is lost by it, comparing tells.
            assertThat(store().damages())
                    .filteredOn(damage -> !damage.torn())
                    .extracting(damage -> damage.message())
                    .allMatch(message -> message.contains("/simulated/wal/")
                            || message.contains(" is named by no list of blocks; it is in quarantine/")
                            || (failing && message.contains("The list of blocks in /simulated was taken")));
            compare();
            if (random.nextBoolean()) {
                tendToEnd();
                compare();
            }
        }

        private void compare() {
            long kept = latestClock - retention.toMillis();
            for (int i = 0; i < SERIES; i++) {
                Labels series = series(i);
                var present = new TreeMap<Long, Place>();
                TreeMap<Long, Place> expected = model.getOrDefault(series, new TreeMap<>());
                for (Sample sample : Stores.samplesOf(store(), series)) {
                    long bits = Double.doubleToRawLongBits(sample.value());
                    assertThat(expected.getOrDefault(sample.timestamp(), new Place()).allowed)
                            .as("%s at %d", series, sample.timestamp())
                            .contains(bits);
                    var place = new Place();
                    place.exactly(bits);
                    present.put(sample.timestamp(), place);
                }
                expected.forEach((time, place) -> {
                    if (place.required && time >= kept) {
                        assertThat(present).as("required of %s", series).containsKey(time);
                    }
                });
                model.put(series, present);
            }
        }
    }
}
