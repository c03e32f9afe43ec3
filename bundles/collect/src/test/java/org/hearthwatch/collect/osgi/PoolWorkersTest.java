package org.hearthwatch.collect.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.CollectorStatus.State;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.collect.CollectorRunner;
import org.hearthwatch.collect.Limits;
import org.hearthwatch.collect.Outlet;
import org.hearthwatch.collect.RunnerSettings;
import org.hearthwatch.collect.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runner on real threads. */
@Timeout(60)
class PoolWorkersTest {

    private static final Gauge LOAD = Gauge.of("load", "Load");
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ScheduledExecutorService calls = Executors.newSingleThreadScheduledExecutor(new WorkerThreads());
    private final PoolWorkers workers = new PoolWorkers(1, 1, 100, new WorkerThreads());
    private final CollectorRunner runner = new CollectorRunner(
            new RunnerSettings("hearth", 10, new Limits(100, 30, 100), Duration.ofMinutes(10)),
            Clock.systemUTC(),
            new ExecutorTimer(calls),
            workers,
            new Outlet());
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        runner.close();
        calls.shutdownNow();
        workers.close();
    }

    @Test
    void a_collector_that_never_ends_loses_its_thread_and_the_others_go_on() throws Exception {
        var lost = new CompletableFuture<State>();
        add("hung", this::hang);
        add(
                "watch",
                sink -> runner.find("hung")
                        .map(CollectorStatus::state)
                        .filter(state -> state == State.STUCK)
                        .ifPresent(lost::complete));

        assertThat(lost.get(30, TimeUnit.SECONDS)).isEqualTo(State.STUCK);
        assertThat(workers.load().lost()).isEqualTo(1);
        assertThat(workers.load().limit()).isEqualTo(2);
    }

    @Test
    void a_thread_that_comes_back_is_counted_back() throws Exception {
        var well = new CompletableFuture<Void>();
        add("hung", this::hang);
        add("watch", sink -> {
            if (workers.load().lost() == 1) {
                end.countDown();
            }
            if (end.getCount() == 0 && workers.load().lost() == 0) {
                well.complete(null);
            }
        });

        well.get(30, TimeUnit.SECONDS);

        assertThat(workers.load().limit()).isEqualTo(1);
    }

    @Test
    void a_run_out_of_turn_shows_what_is_reported_and_stores_nothing() throws Exception {
        var stored = new CompletableFuture<Receipt>();
        runner.add(new Source(
                sink -> sink.set(LOAD, 3), "a", "node", "bundle", Duration.ofDays(1), Duration.ofSeconds(10)));
        runner.connect(batch -> {
            var receipt = new Receipt(batch.size(), 0, List.of(), CompletableFuture.completedFuture(null));
            stored.complete(receipt);
            return receipt;
        });

        CollectorRun run = runner.runOnce("a");

        assertThat(run.error()).isEmpty();
        assertThat(run.samples()).hasSize(1);
        assertThat(run.samples().get(0).labels().toString()).isEqualTo("load{instance=\"hearth\", job=\"node\"}");
        assertThat(run.samples().get(0).value()).isEqualTo(3);
        assertThat(run.metadata()).containsExactly(LOAD.metadata());
    }

    @Test
    void a_run_out_of_turn_gives_up_waiting_for_one_that_does_not_end() throws Exception {
        add("hung", this::hang);

        CollectorRun run = runner.runOnce("hung");

        assertThat(run.error().orElseThrow()).contains("a scheduled run is under way");
        assertThat(run.samples()).isEmpty();
    }

    @Test
    void what_goes_is_interrupted_and_waited_for() throws Exception {
        var inside = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        var registration = runner.add(new Source(
                sink -> {
                    inside.countDown();
                    try {
                        end.await();
                    } finally {
                        left.countDown();
                    }
                },
                "a",
                "a",
                "bundle",
                Duration.ofDays(1),
                Duration.ofDays(1)));
        inside.await();

        registration.close();

        assertThat(left.getCount()).isZero();
    }

    /** As a bad collector would: it takes no notice of being interrupted. */
    private void hang(SampleSink sink) {
        while (end.getCount() > 0) {
            boolean unused = Thread.interrupted();
            LockSupport.parkNanos(end, 1_000_000);
        }
    }

    private void add(String name, Collector collector) {
        runner.add(new Source(collector, name, name, "bundle", SHORT, SHORT));
    }
}
