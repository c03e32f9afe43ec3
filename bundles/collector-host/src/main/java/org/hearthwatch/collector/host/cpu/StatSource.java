package org.hearthwatch.collector.host.cpu;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/** Interrupts, context switches, forks and the run queue, from {@code /proc/stat}. */
public final class StatSource implements Source {

    static final Counter INTERRUPTS = Counter.of("node_intr_total", "Interrupts serviced");
    static final Counter CONTEXT_SWITCHES = Counter.of("node_context_switches_total", "Context switches");
    static final Counter FORKS = Counter.of("node_forks_total", "Processes and threads started");
    static final Gauge BOOT_TIME = Gauge.of("node_boot_time_seconds", "When the machine was started, in Unix time");
    static final Gauge RUNNING = Gauge.of("node_procs_running", "Processes that run or want to");
    static final Gauge BLOCKED = Gauge.of("node_procs_blocked", "Processes that wait for input or output");
    static final Counter SOFTIRQS = Counter.of("node_softirqs_total", "Soft interrupts", "vector");

    private static final String[] VECTORS = {
        "hi", "timer", "net_tx", "net_rx", "block", "block_iopoll", "tasklet", "sched", "hrtimer", "rcu"
    };

    private final HostPaths paths;
    private final KernelFiles files;
    private final boolean softirqs;

    /** @param softirqs whether soft interrupts are reported by vector */
    public StatSource(HostPaths paths, KernelFiles files, boolean softirqs) {
        this.paths = paths;
        this.files = files;
        this.softirqs = softirqs;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("stat")), sink);
    }

    void report(KernelText stat, SampleSink sink) throws IOException {
        while (stat.nextLine()) {
            stat.nextWord();
            if (stat.wordIs("intr")) {
                sink.set(INTERRUPTS, stat.nextNumber());
            } else if (stat.wordIs("ctxt")) {
                sink.set(CONTEXT_SWITCHES, stat.nextNumber());
            } else if (stat.wordIs("btime")) {
                sink.set(BOOT_TIME, stat.nextNumber());
            } else if (stat.wordIs("processes")) {
                sink.set(FORKS, stat.nextNumber());
            } else if (stat.wordIs("procs_running")) {
                sink.set(RUNNING, stat.nextNumber());
            } else if (stat.wordIs("procs_blocked")) {
                sink.set(BLOCKED, stat.nextNumber());
            } else if (softirqs && stat.wordIs("softirq")) {
                stat.nextNumber();
                for (String vector : VECTORS) {
                    sink.set(SOFTIRQS, stat.nextNumber(), vector);
                }
            }
        }
    }
}
