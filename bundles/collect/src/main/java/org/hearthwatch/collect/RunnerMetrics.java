package org.hearthwatch.collect;

import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** The runner about itself. */
public final class RunnerMetrics implements Collector {

    private static final String COLLECTOR = "collector";

    private static final Gauge RUN_SECONDS =
            Gauge.of("hearthwatch_collect_run_seconds", "Duration of the newest run", COLLECTOR);
    private static final Gauge RUN_SUCCESS =
            Gauge.of("hearthwatch_collect_run_success", "Whether the newest run succeeded", COLLECTOR);
    private static final Counter RUNS = Counter.of("hearthwatch_collect_runs_total", "Runs that ended", COLLECTOR);
    private static final Counter FAILURES =
            Counter.of("hearthwatch_collect_failures_total", "Runs that failed", COLLECTOR);
    private static final Counter MISSED = Counter.of(
            "hearthwatch_collect_missed_runs_total",
            "Runs left out because the one before was still under way or no thread was free",
            COLLECTOR);
    private static final Gauge SERIES =
            Gauge.of("hearthwatch_collect_series", "Series of the newest successful run", COLLECTOR);
    private static final Counter SAMPLES = Counter.of("hearthwatch_collect_samples_total", "Samples stored", COLLECTOR);
    private static final Counter REFUSED =
            Counter.of("hearthwatch_collect_refused_samples_total", "Samples refused for a limit", COLLECTOR);
    private static final Gauge BACKING_OFF = Gauge.of(
            "hearthwatch_collect_backing_off", "Whether runs come more rarely after failures in a row", COLLECTOR);
    private static final Gauge STUCK =
            Gauge.of("hearthwatch_collect_stuck", "Whether a run goes on although it was interrupted", COLLECTOR);
    private static final Gauge COLLECTORS = Gauge.of("hearthwatch_collect_collectors", "Collectors at work");
    private static final Gauge COLLECTORS_LIMIT =
            Gauge.of("hearthwatch_collect_collectors_limit", "How many collectors there may be");
    private static final Gauge SERIES_LIMIT =
            Gauge.of("hearthwatch_collect_series_limit", "How many series one collector may report");
    private static final Counter DROPPED =
            Counter.of("hearthwatch_collect_dropped_samples_total", "Samples dropped because no store could take them");
    private static final Gauge THREADS_LIMIT = Gauge.of(
            "hearthwatch_collect_threads_limit", "Threads that runs may use, replacements for lost ones included");
    private static final Gauge THREADS_BUSY = Gauge.of("hearthwatch_collect_threads_busy", "Threads that runs use now");
    private static final Gauge THREADS_LOST =
            Gauge.of("hearthwatch_collect_threads_lost", "Threads held by runs that do not end");
    private static final Gauge WAITING =
            Gauge.of("hearthwatch_collect_waiting_runs", "Runs that wait for a free thread");

    private final CollectorRunner runner;

    public RunnerMetrics(CollectorRunner runner) {
        this.runner = runner;
    }

    @Override
    public void collect(SampleSink sink) {
        int count = 0;
        for (ScheduledCollector collector : runner.all()) {
            report(collector.name(), collector.health(), sink);
            count++;
        }
        sink.set(COLLECTORS, count);
        sink.set(COLLECTORS_LIMIT, runner.settings().collectors());
        sink.set(SERIES_LIMIT, runner.settings().limits().series());
        sink.set(DROPPED, (double) runner.dropped());
        Workers.Load load = runner.load();
        sink.set(THREADS_LIMIT, load.limit());
        sink.set(THREADS_BUSY, load.busy());
        sink.set(THREADS_LOST, load.lost());
        sink.set(WAITING, load.waiting());
    }

    private static void report(String name, Health health, SampleSink sink) {
        if (health.lastRun().isPresent()) {
            sink.set(RUN_SECONDS, health.lastDuration().toNanos() / 1e9, name);
            sink.set(RUN_SUCCESS, health.lastError().isEmpty() ? 1 : 0, name);
        }
        sink.set(RUNS, (double) health.runs(), name);
        sink.set(FAILURES, (double) health.failures(), name);
        sink.set(MISSED, (double) health.missed(), name);
        sink.set(SERIES, health.series(), name);
        sink.set(SAMPLES, (double) health.samples(), name);
        sink.set(REFUSED, (double) health.refused(), name);
        sink.set(BACKING_OFF, health.backingOff() ? 1 : 0, name);
        sink.set(STUCK, health.stuck() ? 1 : 0, name);
    }
}
