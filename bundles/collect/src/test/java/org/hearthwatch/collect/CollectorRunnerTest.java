package org.hearthwatch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.CollectorStatus.State;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class CollectorRunnerTest {

    private static final Gauge FILES = Gauge.of("files", "Files", "directory");
    private static final Gauge LOAD = Gauge.of("load", "Load");
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Collector WELL = sink -> sink.set(LOAD, 1);

    private final HandDriven hand = new HandDriven();
    private final RecordingStore store = new RecordingStore();
    private final CollectorRunner runner = runnerOf(500, 20_000);

    @Test
    void a_new_collector_runs_at_once() {
        store();
        add("a", WELL);

        hand.pass(Duration.ZERO);

        assertThat(store.values("load")).containsExactly("1.0");
        assertThat(store.times("load")).containsExactly(TestClock.START.toEpochMilli());
    }

    @Test
    void series_are_stored_with_job_and_instance() {
        store();
        runner.add(new Source(WELL, "disks", "node", "org.example.disks", INTERVAL, TIMEOUT));

        hand.pass(Duration.ZERO);

        assertThat(store.samples("load").get(0).labels())
                .isEqualTo(Labels.of("__name__", "load", "job", "node", "instance", "hearth"));
        assertThat(store.batches.get(0).source()).isEqualTo("collector/disks");
        assertThat(store.batches.get(0).metadata()).containsExactly(LOAD.metadata());
    }

    @Test
    void runs_keep_their_beat_however_long_they_take() {
        store();
        add("a", sink -> {
            hand.passDuringRun(Duration.ofSeconds(3));
            sink.set(LOAD, 1);
        });

        hand.pass(Duration.ofMinutes(10));

        List<Long> times = store.times("load");
        assertThat(times).hasSizeBetween(39, 41);
        for (int i = 2; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(INTERVAL.toMillis());
        }
    }

    @Test
    void collectors_that_come_together_spread_over_the_interval() {
        store();
        for (int i = 0; i < 30; i++) {
            add("c" + i, WELL);
        }

        hand.pass(Duration.ofSeconds(60));

        assertThat(store.times("load").stream()
                        .skip(30)
                        .map(time -> time % INTERVAL.toMillis() / 3000)
                        .distinct())
                .hasSize(5);
    }

    @Test
    void a_run_that_is_late_for_its_next_turn_is_not_called_twice_at_once() {
        store();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        add("slow", sink -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            hand.pass(INTERVAL.multipliedBy(3));
            inside.decrementAndGet();
        });

        hand.pass(INTERVAL);

        assertThat(most.get()).isEqualTo(1);
        assertThat(metric("hearthwatch_collect_missed_runs_total{collector=\"slow\"}"))
                .isPositive();
    }

    @Test
    void a_throw_fails_its_own_run_and_no_other() {
        store();
        add("bad", sink -> {
            throw new IOException("No such device\nat some place");
        });
        add("good", WELL);

        hand.pass(Duration.ZERO);

        assertThat(status("bad").state()).isEqualTo(State.FAILING);
        assertThat(status("bad").lastError()).contains("No such device");
        assertThat(status("good").state()).isEqualTo(State.OK);
    }

    @Test
    void an_error_of_a_plugin_is_contained_like_an_exception() {
        add("broken", sink -> {
            throw new NoClassDefFoundError("org/example/Gone");
        });

        hand.pass(Duration.ZERO);

        assertThat(status("broken").lastError()).contains("NoClassDefFoundError: org/example/Gone");
    }

    @Test
    void a_series_that_is_not_reported_again_gets_one_stale_marker() {
        store();
        var runs = new AtomicInteger();
        add("a", sink -> {
            sink.set(LOAD, 1);
            if (runs.getAndIncrement() == 0) {
                sink.set(FILES, 7, "/tmp");
            }
        });

        hand.pass(INTERVAL.multipliedBy(4));

        assertThat(store.values("files")).containsExactly("7.0", "stale");
        assertThat(store.times("files").get(1)).isEqualTo(store.times("load").get(1));
        assertThat(store.values("load")).doesNotContain("stale");
    }

    @Test
    void a_series_that_comes_back_lives_again() {
        store();
        var runs = new AtomicInteger();
        add("a", sink -> {
            if (runs.getAndIncrement() % 2 == 0) {
                sink.set(FILES, 7, "/tmp");
            }
        });

        hand.pass(INTERVAL.multipliedBy(3));

        assertThat(store.values("files")).startsWith("7.0", "stale", "7.0");
    }

    @Test
    void a_failed_run_ends_all_series_until_the_next_success() {
        store();
        var runs = new AtomicInteger();
        add("a", sink -> {
            sink.set(LOAD, runs.get());
            if (runs.getAndIncrement() == 1) {
                throw new IOException("gone");
            }
        });

        hand.pass(INTERVAL.multipliedBy(3));

        assertThat(store.values("load")).startsWith("0.0", "stale", "2.0");
    }

    @Test
    void the_series_of_a_collector_that_goes_get_stale_markers() {
        store();
        Registration registration = add("a", WELL);
        hand.pass(Duration.ofSeconds(1));

        registration.close();
        hand.pass(INTERVAL.multipliedBy(4));

        assertThat(store.values("load")).containsExactly("1.0", "stale");
        assertThat(runner.list()).isEmpty();
    }

    @Test
    void a_collector_that_comes_back_at_once_is_not_refused_for_its_own_marker() {
        store();
        Registration registration = add("a", WELL);
        hand.pass(Duration.ofSeconds(1));

        registration.close();
        add("a", WELL);
        hand.pass(Duration.ZERO);

        assertThat(store.values("load")).containsExactly("1.0", "stale", "1.0");
        assertThat(store.times("load")).doesNotHaveDuplicates();
    }

    @Test
    void closing_the_runner_ends_every_series() {
        store();
        add("a", WELL);
        add("b", sink -> sink.set(FILES, 1, "/tmp"));
        hand.pass(Duration.ofSeconds(1));

        runner.close();

        assertThat(store.values("load")).endsWith("stale");
        assertThat(store.values("files")).endsWith("stale");
    }

    @Test
    void failures_in_a_row_make_runs_rarer_up_to_the_longest_back_off_and_success_ends_it() {
        var runs = new AtomicInteger();
        var broken = new boolean[] {true};
        add("a", sink -> {
            runs.incrementAndGet();
            if (broken[0]) {
                throw new IOException("gone");
            }
        });

        hand.pass(Duration.ofMinutes(2));
        assertThat(status("a").state()).isEqualTo(State.BACKING_OFF);
        hand.pass(Duration.ofHours(2));
        int before = runs.get();
        hand.pass(Duration.ofHours(1));
        assertThat(runs.get() - before).as("runs in an hour").isEqualTo(6);

        broken[0] = false;
        hand.pass(Duration.ofMinutes(10));
        before = runs.get();
        hand.pass(Duration.ofMinutes(1));

        assertThat(status("a").state()).isEqualTo(State.OK);
        assertThat(status("a").consecutiveFailures()).isZero();
        assertThat(runs.get() - before).as("runs in a minute").isEqualTo(4);
    }

    @Test
    void a_run_is_interrupted_at_its_deadline_and_fails() {
        add("slow", sink -> {
            hand.passDuringRun(TIMEOUT.plusMillis(1));
            assertThat(Thread.interrupted()).isTrue();
            throw new InterruptedException();
        });

        hand.pass(Duration.ZERO);

        assertThat(status("slow").lastError())
                .contains("it did not end within 10s (hearthwatch.timeout) and was interrupted");
        assertThat(Thread.currentThread().isInterrupted())
                .as("the interrupt reaches the next run")
                .isFalse();
    }

    @Test
    void a_run_that_ignores_its_interrupt_is_stuck_and_scheduled_again_when_it_ends() {
        store();
        var meanwhile = new ArrayList<State>();
        add("hung", sink -> {
            sink.set(LOAD, 1);
            if (meanwhile.isEmpty()) {
                hand.passDuringRun(TIMEOUT.plusSeconds(3));
                meanwhile.add(status("hung").state());
            }
        });

        hand.pass(Duration.ZERO);
        assertThat(meanwhile).containsExactly(State.STUCK);
        assertThat(status("hung").state()).isEqualTo(State.FAILING);
        assertThat(hand.load().lost()).isZero();

        hand.pass(INTERVAL.multipliedBy(2));
        assertThat(status("hung").state()).isEqualTo(State.OK);
        assertThat(store.values("load")).contains("1.0");
    }

    @Test
    void while_there_is_no_store_runs_go_on_and_their_samples_are_counted() {
        add("a", WELL);

        hand.pass(INTERVAL.multipliedBy(2));

        assertThat(status("a").state()).isEqualTo(State.OK);
        assertThat(metric("hearthwatch_collect_dropped_samples_total")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void when_a_store_comes_everything_is_measured_at_once() {
        add("a", WELL);
        hand.pass(Duration.ofSeconds(1));

        store();
        hand.pass(Duration.ZERO);

        assertThat(store.values("load")).containsExactly("1.0");
    }

    @Test
    void when_the_store_leaves_series_end_in_it() {
        store();
        add("a", WELL);
        hand.pass(Duration.ofSeconds(1));

        runner.disconnect(store);

        assertThat(store.values("load")).containsExactly("1.0", "stale");
    }

    @Test
    void a_store_that_takes_nothing_does_not_fail_the_collector() {
        store();
        store.readOnly = true;
        add("a", WELL);

        hand.pass(Duration.ZERO);

        assertThat(status("a").state()).isEqualTo(State.OK);
        assertThat(metric("hearthwatch_collect_dropped_samples_total")).isEqualTo(1);
    }

    @Test
    void a_name_that_is_taken_gets_a_number() {
        add("spool", WELL);
        add("spool", WELL);

        assertThat(runner.list()).extracting(CollectorStatus::name).containsExactly("spool", "spool-2");
    }

    @Test
    void no_more_collectors_are_run_than_allowed() {
        CollectorRunner small = runnerOf(1, 10);
        small.add(new Source(WELL, "a", "a", "bundle", INTERVAL, TIMEOUT));

        assertThatThrownBy(() -> small.add(new Source(WELL, "b", "b", "org.example.b", INTERVAL, TIMEOUT)))
                .hasMessageContainingAll(
                        "Collector b", "org.example.b", "maxCollectors", "etc/org.hearthwatch.collect.cfg");
    }

    @Test
    void a_run_over_the_series_limit_is_refused_whole_and_says_so() {
        CollectorRunner small = runnerOf(10, 2);
        small.connect(store);
        small.add(new Source(
                sink -> {
                    for (int i = 0; i < 3; i++) {
                        sink.set(FILES, i, "d" + i);
                    }
                },
                "flood",
                "flood",
                "bundle",
                INTERVAL,
                TIMEOUT));

        hand.pass(Duration.ZERO);

        assertThat(store.batches).isEmpty();
        CollectorStatus status = small.find("flood").orElseThrow();
        assertThat(status.lastError().orElseThrow()).contains("more than 2 series", "maxSeriesPerCollector");
        assertThat(status.refusedSamples()).isEqualTo(3);
    }

    @Test
    void nothing_is_known_of_a_collector_that_is_not_there() {
        assertThat(runner.find("nobody")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> runner.runOnce("nobody"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void a_collector_that_goes_before_its_first_run_is_never_called() {
        var runs = new AtomicInteger();
        hand.hold();
        Registration registration = add("a", sink -> runs.incrementAndGet());

        registration.close();
        hand.release();

        assertThat(runs.get()).isZero();
    }

    private void store() {
        runner.connect(store);
    }

    private Registration add(String name, Collector collector) {
        return runner.add(new Source(collector, name, name, "bundle", INTERVAL, TIMEOUT));
    }

    private CollectorStatus status(String name) {
        return runner.find(name).orElseThrow();
    }

    private double metric(String series) {
        var samples = new RecordedSamples();
        new RunnerMetrics(runner).collect(samples);
        return samples.value(series);
    }

    private CollectorRunner runnerOf(int collectors, int series) {
        var settings = new RunnerSettings("hearth", collectors, new Limits(series, 30, 1024), Duration.ofMinutes(10));
        return new CollectorRunner(settings, hand.clock, hand, hand, new Outlet());
    }
}
