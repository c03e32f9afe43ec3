package org.hearthwatch.collector.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;

/** The process, under the names every Prometheus client library reports. */
public final class ProcessCollector implements Collector {

    /** The directory of the own process. */
    public static final Path SELF = Path.of("/proc/self");

    private static final Counter CPU = Counter.of("process_cpu_seconds_total", "CPU time used, in user and system");
    private static final Gauge START =
            Gauge.of("process_start_time_seconds", "When the process began, in seconds since the Unix epoch");
    private static final Gauge OPEN_FILES = Gauge.of("process_open_fds", "Open file descriptors");
    private static final Gauge MAX_FILES = Gauge.of("process_max_fds", "How many file descriptors may be open");
    private static final Gauge RESIDENT = Gauge.of("process_resident_memory_bytes", "Resident memory");
    private static final Gauge VIRTUAL = Gauge.of("process_virtual_memory_bytes", "Virtual memory");
    private static final Gauge MAX_VIRTUAL =
            Gauge.of("process_virtual_memory_max_bytes", "How much virtual memory there may be");

    private final ProcessFigures figures;

    /** @param directory of the process in /proc */
    public ProcessCollector(Path directory) {
        this.figures = new ProcessFigures(directory);
    }

    @Override
    public void collect(SampleSink sink) throws IOException {
        sink.set(CPU, cpuTime().toNanos() / 1e9);
        sink.set(START, ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        sink.set(OPEN_FILES, (double) figures.openFiles());
        report(sink, MAX_FILES, figures.limit("Max open files"));
        report(sink, RESIDENT, figures.memory("VmRSS"));
        report(sink, VIRTUAL, figures.memory("VmSize"));
        report(sink, MAX_VIRTUAL, figures.limit("Max address space"));
    }

    /** CPU time the own process used so far. */
    public static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * Resident memory in bytes; zero where the system does not say.
     *
     * @throws IOException if /proc cannot be read
     */
    public long residentBytes() throws IOException {
        return (long) figures.memory("VmRSS").orElse(0);
    }

    private static void report(SampleSink sink, Gauge metric, OptionalDouble value) {
        value.ifPresent(number -> sink.set(metric, number));
    }
}
