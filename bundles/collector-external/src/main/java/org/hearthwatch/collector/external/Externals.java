package org.hearthwatch.collector.external;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promises;

/** All programs there are: what runs them, their figures, and what is to be said of their isolation. Thread-safe. */
public final class Externals implements Collector, Notices, Promises {

    private static final String COLLECTOR = "collector";

    private static final Gauge UP = Gauge.of(
            "hearthwatch_external_up", "Whether the program's newest run succeeded and its samples were taken", COLLECTOR);
    private static final Gauge SECONDS =
            Gauge.of("hearthwatch_external_run_seconds", "Duration of the program's newest run", COLLECTOR);
    private static final Gauge EXIT_CODE = Gauge.of(
            "hearthwatch_external_exit_code", "The program's exit code; absent if it was killed or not started", COLLECTOR);
    private static final Gauge OUTPUT =
            Gauge.of("hearthwatch_external_output_bytes", "What the program printed in its newest run", COLLECTOR);
    private static final Gauge ISOLATED = Gauge.of(
            "hearthwatch_external_isolated", "Whether the kernel keeps the program apart, not limits alone", COLLECTOR);
    private static final Counter RUNS =
            Counter.of("hearthwatch_external_runs_total", "Runs of the program that ended", COLLECTOR);
    private static final Counter FAILURES = Counter.of(
            "hearthwatch_external_failures_total",
            "Runs that failed: start, exit (code), timeout, output (too long), text (not understood)",
            COLLECTOR,
            "reason");

    private final Supplier<Fence> fence;
    private final Child child;
    private final Supplier<Optional<Secrets>> secrets;
    private final InstantSource clock;
    private final boolean safe;
    private final Map<String, Entry> programs = new ConcurrentSkipListMap<>();

    private record Entry(Program program, RunRecord record) {}

    /**
     * None yet.
     *
     * @param fence what this machine has; asked when it is needed, and often
     * @param readers threads that wait for what programs print
     * @param safe whether the appliance was told to start without them
     */
    public Externals(
            Supplier<Fence> fence, Executor readers, Supplier<Optional<Secrets>> secrets, InstantSource clock, boolean safe) {
        this.fence = fence;
        this.child = new Child(readers);
        this.secrets = secrets;
        this.clock = clock;
        this.safe = safe;
    }

    /** The collector of a program; empty where the appliance was told to start without. */
    public Optional<Collector> add(Program program) {
        if (safe) {
            return Optional.empty();
        }
        var record = new RunRecord();
        programs.put(program.name(), new Entry(program, record));
        return Optional.of(new ExternalCollector(program, fence.get(), child, secrets, clock, record));
    }

    public void remove(String name) {
        programs.remove(name);
    }

    @Override
    public void collect(SampleSink sink) {
        programs.forEach((name, entry) -> {
            RunRecord record = entry.record();
            if (record.runs() > 0) {
                RunRecord.Last last = record.last();
                sink.set(UP, last.up() ? 1 : 0, name);
                sink.set(SECONDS, last.seconds(), name);
                sink.set(OUTPUT, last.bytes(), name);
                if (!Double.isNaN(last.exitCode())) {
                    sink.set(EXIT_CODE, last.exitCode(), name);
                }
            }
            sink.set(RUNS, (double) record.runs(), name);
            record.failures().forEach((reason, count) -> sink.set(FAILURES, (double) count.sum(), name, reason));
            sink.set(ISOLATED, fence.get().gaps(entry.program()).isPresent() ? 0 : 1, name);
        });
    }

    private List<String> gaps(Predicate<Program> wanted) {
        List<String> gaps = new ArrayList<>();
        programs.forEach((name, entry) -> {
            if (wanted.test(entry.program())) {
                fence.get().gaps(entry.program()).ifPresent(gap -> gaps.add("external collector " + name + ": " + gap));
            }
        });
        return gaps;
    }

    @Override
    public List<Finding> notices() {
        // Who asks for limits alone knows what he gets.
        return gaps(program -> program.isolation().isEmpty()).stream()
                .map(gap -> new Finding(
                        Severity.WARNING,
                        "isolation",
                        "DEGRADED: " + gap,
                        "Install bubblewrap (Debian: apt-get install bubblewrap) and restart the appliance, or set"
                                + " isolation = limits in its file if that is meant"))
                .toList();
    }

    @Override
    public List<Promise> promises() {
        List<String> gaps = gaps(program -> true);
        boolean boundary = fence.get().means().stream().anyMatch(Isolation::isBoundary);
        String means = String.join(
                ", ",
                fence.get().means().stream()
                        .filter(Isolation::isBoundary)
                        .sorted()
                        .map(each -> each == Isolation.SYSTEMD ? "systemd-run" : "bubblewrap")
                        .toList());
        return List.of(new Promise(
                "A6",
                "Isolation",
                gaps.isEmpty() && boundary ? Promise.State.ON : Promise.State.DEGRADED,
                !gaps.isEmpty()
                        ? gaps.get(0)
                        : boundary
                                ? "external collectors are kept apart by " + means + "; plugins are in one process"
                                : "neither systemd-run nor bubblewrap works here; external collectors get limits only",
                "promises"));
    }
}
