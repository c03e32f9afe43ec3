package org.hearthwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.disk.SimulatedDisk;
import org.hearthwatch.store.disk.SimulatedDisk.Operation;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Whatever happens to power, process and disk: what was acknowledged is there, and nothing is there that never was. */
class DurabilityTest {

    /** Cuts every few minutes, so that days of two hours are merged soon. */
    private static final StoreSettings SETTINGS = Stores.settings(changes -> changes.cut(Duration.ofMinutes(5)));

    @Test
    void a_power_cut_loses_nothing_that_was_acknowledged() {
        ForAll.cases(150, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.stopSoon();
                run.live(40);
                run.powerCut();
            }
        });
    }

    @Test
    void a_killed_process_loses_nothing_that_was_acknowledged() {
        ForAll.cases(50, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.stopSoon();
                run.live(40);
                run.kill();
            }
        });
    }

    @Test
    void what_a_killed_process_left_unforced_is_forced_before_it_counts() {
        ForAll.cases(150, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.stopSoon();
                run.live(20);
                run.kill();
                run.appendAgain();
                run.acknowledgeAll();
                run.powerCut();
            }
        });
    }

    @Test
    void a_power_cut_soon_after_a_kill_loses_nothing_that_was_acknowledged() {
        ForAll.cases(100, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.stopSoon();
                run.live(40);
                run.kill();
                run.stopSoon();
                run.live(20);
                run.powerCut();
            }
        });
    }

    @Test
    void a_store_that_is_closed_and_then_loses_power_or_loses_it_meanwhile_has_all_that_was_acknowledged() {
        ForAll.cases(100, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.live(40);
                if (life % 2 == 1) {
                    run.stopSoon();
                }
                run.close();
                run.powerCut();
            }
        });
    }

    @Test
    void operations_that_fail_lead_to_no_false_acknowledgement() {
        ForAll.cases(150, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.failSometimes();
                run.live(40);
                run.powerCut();
            }
        });
    }

    @Test
    void a_full_disk_leads_to_no_false_acknowledgement() {
        ForAll.cases(100, Run::new).check(run -> {
            for (int life = 0; life < 4; life++) {
                run.fillSoon();
                run.live(60);
                run.powerCut();
            }
        });
    }

    @Test
    void a_disk_that_works_again_is_written_to_again() {
        ForAll.cases(60, Run::new).check(run -> {
            run.live(10);
            run.fillSoon();
            run.live(60);
            run.heal();
            run.live(10);
            run.acknowledgeAll();
            run.powerCut();
        });
    }

    /** A store under random work, and beside it what must and what may be in it. */
    private static final class Run {

        private final SplittableRandom random;
        private final TestClock clock = TestClock.atStart();
        private final Map<Labels, TreeMap<Long, Long>> acknowledged = new HashMap<>();
        private final Map<Labels, TreeMap<Long, Long>> accepted = new HashMap<>();
        private final List<Promise> promises = new ArrayList<>();
        private final List<Promise> broken = new ArrayList<>();
        private SimulatedDisk disk = new SimulatedDisk();
        private Optional<TimeSeriesStore> opened = Optional.empty();

        private record Promise(List<Sample> samples, CompletableFuture<Void> durable) {}

        Run(SplittableRandom random) {
            this.random = random;
        }

        void live(int steps) throws Exception {
            if (opened.isEmpty() && !open()) {
                return;
            }
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(11)) {
                    case 8, 9 -> store().tend();
                    case 10 -> clock.advance(Duration.ofMinutes(random.nextInt(90)));
                    case 0, 1, 2, 3 -> append();
                    case 4, 5 -> store().commit();
                    case 6 -> store().maintain();
                    default -> clock.advance(Duration.ofMillis(random.nextInt(-30_000, 60_000)));
                }
                collectPromises();
            }
        }

        private TimeSeriesStore store() {
            return opened.orElseThrow();
        }

        private boolean open() {
            try {
                opened = Optional.of(TimeSeriesStore.open(disk, SETTINGS, clock));
                return true;
            } catch (IOException e) {
                assertThat(e.getMessage()).isIn("Input/output error", "This disk is gone");
                return false;
            }
        }

        private void append() {
            var batch = SampleBatch.from("run");
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                Labels series = Labels.of("__name__", "m", "n", Integer.toString(random.nextInt(30)));
                long late = random.nextInt(4) == 0 ? random.nextInt(600_000) : 0;
                batch.add(series, clock.millis() - late, value());
            }
            SampleBatch samples = batch.build();
            try {
                Receipt receipt = store().append(samples);
                note(samples, receipt);
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("/simulated");
            }
        }

        /** As a sender does that had no answer. */
        void appendAgain() throws Exception {
            List<Promise> again = List.copyOf(broken);
            broken.clear();
            for (Promise promise : again) {
                var batch = SampleBatch.from("run");
                promise.samples.forEach(sample -> batch.add(sample.labels(), sample.timestamp(), sample.value()));
                SampleBatch samples = batch.build();
                note(samples, store().append(samples));
            }
        }

        private double value() {
            return switch (random.nextInt(6)) {
                case 0 -> Staleness.MARKER;
                case 1 -> -0.0;
                case 2 -> random.nextInt(10);
                case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
                case 4 -> Double.NEGATIVE_INFINITY;
                default -> random.nextDouble();
            };
        }

        /** What was accepted follows from what was there before: the first value for a time wins. */
        private void note(SampleBatch batch, Receipt receipt) {
            var taken = new ArrayList<Sample>();
            for (int i = 0; i < batch.size(); i++) {
                long bits = Double.doubleToRawLongBits(batch.value(i));
                var samples = accepted.computeIfAbsent(batch.series(i), series -> new TreeMap<>());
                Long before = samples.putIfAbsent(batch.timestamp(i), bits);
                if (before == null || before == bits) {
                    taken.add(new Sample(batch.series(i), batch.timestamp(i), batch.value(i)));
                }
            }
            assertThat(receipt.accepted()).isEqualTo(taken.size());
            promises.add(new Promise(taken, receipt.durable().toCompletableFuture()));
        }

        private void collectPromises() {
            promises.removeIf(promise -> {
                if (promise.durable.isCompletedExceptionally()) {
                    broken.add(promise);
                } else if (promise.durable.isDone()) {
                    for (Sample sample : promise.samples) {
                        acknowledged
                                .computeIfAbsent(sample.labels(), series -> new TreeMap<>())
                                .put(sample.timestamp(), Double.doubleToRawLongBits(sample.value()));
                    }
                }
                return promise.durable.isDone();
            });
        }

        void stopSoon() {
            disk.stopAfter(random.nextInt(80));
        }

        void failSometimes() {
            int oneIn = 2 + random.nextInt(20);
            disk.faults((operation, name) -> operation != Operation.DELETE && random.nextInt(oneIn) == 0);
        }

        void fillSoon() {
            disk.faults((operation, name) -> false);
            disk.capacity(4096 + random.nextInt(20_000));
        }

        void heal() {
            disk.faults((operation, name) -> false);
            disk.capacity(Long.MAX_VALUE);
            store().maintain();
            assertThat(store().status().readOnly()).isEmpty();
        }

        void acknowledgeAll() {
            store().commit();
            collectPromises();
            assertThat(promises).isEmpty();
        }

        void close() {
            try {
                store().close();
            } catch (IOException e) {
                assertThat(e.getMessage()).isEqualTo("This disk is gone");
            }
            collectPromises();
        }

        void powerCut() throws Exception {
            disk = disk.crash(random);
            reopen();
        }

        void kill() throws Exception {
            disk = disk.kill();
            reopen();
        }

        private void reopen() throws Exception {
            broken.addAll(promises);
            promises.clear();
            opened = Optional.of(TimeSeriesStore.open(disk, SETTINGS, clock));
            var found = new HashMap<Labels, TreeMap<Long, Long>>();
            accepted.forEach((series, samples) -> {
                var present = new TreeMap<Long, Long>();
                for (Sample sample : Stores.samplesOf(store(), series)) {
                    present.put(sample.timestamp(), Double.doubleToRawLongBits(sample.value()));
                }
                assertThat(samples).as("accepted of %s", series).containsAllEntriesOf(present);
                assertThat(present)
                        .as("present of %s", series)
                        .containsAllEntriesOf(acknowledged.getOrDefault(series, new TreeMap<>()));
                found.put(series, present);
            });
            accepted.clear();
            accepted.putAll(found);
        }
    }
}
