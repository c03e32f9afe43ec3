package org.hearthwatch.collector.host.machine;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.Syscalls;

/**
 * The process that measures, under the names every Prometheus client gives its own process: dashboards for node_exporter
 * show them beside the machine. From {@code /proc/self}.
 */
public final class SelfSource implements Source {

    static final Counter CPU = Counter.of("process_cpu_seconds_total", "Processor seconds this process used");
    static final Gauge OPEN_FDS = Gauge.of("process_open_fds", "Files this process has open");
    static final Gauge MAX_FDS = Gauge.of("process_max_fds", "Files this process may open");
    static final Gauge VIRTUAL = Gauge.of("process_virtual_memory_bytes", "Address space of this process");
    static final Gauge MAX_VIRTUAL =
            Gauge.of("process_virtual_memory_max_bytes", "Address space this process may have, -1 for no bound");
    static final Gauge RESIDENT = Gauge.of("process_resident_memory_bytes", "Memory this process holds");
    static final Gauge NATIVE = Gauge.of(
            "hearthwatch_collector_host_native_calls",
            "Whether the C library is asked; 0 means no inodes and no clock discipline");

    private static final double TICKS_PER_SECOND = 100;
    /** Fields of {@code stat} from the state on to user time, and from system time to the size. */
    private static final int TO_USER_TIME = 12;

    private static final int TO_VIRTUAL_SIZE = 8;

    private final HostPaths paths;
    private final KernelFiles files;
    private final Syscalls syscalls;

    public SelfSource(HostPaths paths, KernelFiles files, Syscalls syscalls) {
        this.paths = paths;
        this.files = files;
        this.syscalls = syscalls;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        File stat = paths.proc("self/stat");
        if (!files.attribute(stat)) {
            throw new IOException(stat + " cannot be read");
        }
        reportStat(files.attribute(), sink);
        reportLimits(files.read(paths.proc("self/limits")), sink);
        String[] open = paths.proc("self/fd").list();
        if (open != null) {
            sink.set(OPEN_FDS, open.length);
        }
        sink.set(NATIVE, syscalls.isNative() ? 1 : 0);
    }

    void reportStat(KernelText line, SampleSink sink) throws IOException {
        int afterName = line.wordLength();
        while (afterName > 0 && line.wordAt(afterName - 1) != ')') {
            afterName--;
        }
        line.continueAt(afterName);
        line.skipWords(TO_USER_TIME);
        double ticks = line.number();
        sink.set(CPU, (ticks + line.nextNumber()) / TICKS_PER_SECOND);
        line.skipWords(TO_VIRTUAL_SIZE - 1);
        line.nextWord();
        sink.set(VIRTUAL, line.number());
        sink.set(RESIDENT, line.nextNumber() * syscalls.pageSize());
    }

    static void reportLimits(KernelText limits, SampleSink sink) throws IOException {
        while (limits.nextLine()) {
            limits.nextWord();
            limits.nextWord();
            boolean files = limits.wordIs("open");
            boolean addressSpace = limits.wordIs("address");
            if (files || addressSpace) {
                limits.nextWord();
                limits.nextWord();
                double limit = limits.wordIs("unlimited") ? -1 : limits.number();
                sink.set(files ? MAX_FDS : MAX_VIRTUAL, limit);
            }
        }
    }
}
