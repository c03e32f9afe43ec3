package org.hearthwatch.collector.host.cpu;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.kernel.CpuDirectories;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/** Which processors are online or isolated, and how often heat slowed them, from {@code /sys/devices/system/cpu}. */
final class CpuTopology {

    static final Gauge ONLINE = Gauge.of("node_cpu_online", "Whether the processor is online", "cpu");
    static final Gauge ISOLATED =
            Gauge.of("node_cpu_isolated", "1 for each processor that the scheduler leaves alone (isolcpus)", "cpu");
    static final Counter CORE_THROTTLES =
            Counter.of("node_cpu_core_throttles_total", "How often heat slowed this core", "package", "core");
    static final Counter PACKAGE_THROTTLES =
            Counter.of("node_cpu_package_throttles_total", "How often heat slowed this package", "package");

    private final KernelFiles files;
    private final File isolated;
    private final CpuDirectories directories;
    private List<Throttle> throttles = List.of();
    private List<File> known = List.of();
    private boolean reportsOnline;

    CpuTopology(HostPaths paths, KernelFiles files) {
        this.files = files;
        this.isolated = paths.sys("devices/system/cpu/isolated");
        this.directories = new CpuDirectories(paths);
    }

    void read(SampleSink sink) {
        for (int cpu : CpuList.parse(files.string(isolated))) {
            sink.set(ISOLATED, 1, Integer.toString(cpu));
        }
        List<File> cpus = directories.list();
        if (!cpus.equals(known)) {
            throttles = findThrottles(cpus);
            known = cpus;
            // Where the first processor cannot be switched off it has no such file; node_exporter then reports none.
            reportsOnline = !cpus.isEmpty() && !Double.isNaN(files.number(new File(cpus.get(0), "online")));
        }
        if (reportsOnline) {
            for (File cpu : cpus) {
                sink.set(ONLINE, files.number(new File(cpu, "online")) == 1 ? 1 : 0, CpuDirectories.number(cpu));
            }
        }
        for (Throttle throttle : throttles) {
            double count = files.number(throttle.file);
            if (count >= 0) {
                sink.set(throttle.metric, count, throttle.labels);
            }
        }
    }

    private List<Throttle> findThrottles(List<File> cpus) {
        var found = new ArrayList<Throttle>();
        Set<List<String>> seen = new HashSet<>();
        for (File cpu : cpus) {
            String socket = files.string(new File(cpu, "topology/physical_package_id"));
            String core = files.string(new File(cpu, "topology/core_id"));
            if (socket.isEmpty() || core.isEmpty()) {
                continue;
            }
            addThrottle(
                    found, seen, new File(cpu, "thermal_throttle/core_throttle_count"), CORE_THROTTLES, socket, core);
            addThrottle(
                    found, seen, new File(cpu, "thermal_throttle/package_throttle_count"), PACKAGE_THROTTLES, socket);
        }
        return found;
    }

    private void addThrottle(
            List<Throttle> found, Set<List<String>> seen, File file, Counter metric, String... labels) {
        if (files.number(file) >= 0 && seen.add(List.of(labels))) {
            found.add(new Throttle(file, metric, labels));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Throttle(File file, Counter metric, String[] labels) {}
}
