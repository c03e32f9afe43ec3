package org.hearthwatch.collector.host.cpu;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.CpuDirectories;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/** How fast processors run and may run, from {@code cpufreq} below {@code /sys/devices/system/cpu/cpuN}. */
public final class CpuFreqSource implements Source {

    static final Gauge GOVERNOR = Gauge.of(
            "node_cpu_scaling_governor", "1 for the frequency governor in force, 0 for the others", "cpu", "governor");

    private static final double HERTZ_PER_KILOHERTZ = 1000;
    private static final List<Attribute> ATTRIBUTES = List.of(
            new Attribute("cpuinfo_cur_freq", gauge("node_cpu_frequency_hertz", "Frequency as the hardware has it")),
            new Attribute("cpuinfo_avg_freq", gauge("node_cpu_frequency_avg_hertz", "Mean frequency of late")),
            new Attribute(
                    "cpuinfo_min_freq", gauge("node_cpu_frequency_min_hertz", "Lowest frequency of the hardware")),
            new Attribute(
                    "cpuinfo_max_freq", gauge("node_cpu_frequency_max_hertz", "Highest frequency of the hardware")),
            new Attribute(
                    "scaling_cur_freq", gauge("node_cpu_scaling_frequency_hertz", "Frequency as the governor set it")),
            new Attribute(
                    "scaling_min_freq",
                    gauge("node_cpu_scaling_frequency_min_hertz", "Lowest frequency the governor may set")),
            new Attribute(
                    "scaling_max_freq",
                    gauge("node_cpu_scaling_frequency_max_hertz", "Highest frequency the governor may set")));

    private final KernelFiles files;
    private final CpuDirectories directories;
    private List<File> known = List.of();
    private List<Cpu> cpus = List.of();

    public CpuFreqSource(HostPaths paths, KernelFiles files) {
        this.files = files;
        this.directories = new CpuDirectories(paths);
    }

    private static Gauge gauge(String name, String help) {
        return Gauge.of(name, help, "cpu");
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        List<File> now = directories.list();
        if (!now.equals(known)) {
            cpus = now.stream()
                    .map(cpu -> new File(cpu, "cpufreq"))
                    .filter(File::isDirectory)
                    .map(this::find)
                    .toList();
            known = now;
        }
        if (cpus.isEmpty()) {
            throw new NoDataException("the processors' frequency is not adjustable");
        }
        for (Cpu cpu : cpus) {
            report(cpu, sink);
        }
    }

    private Cpu find(File directory) {
        String number = CpuDirectories.number(directory.getParentFile());
        var readings = new ArrayList<Reading>();
        for (Attribute attribute : ATTRIBUTES) {
            var file = new File(directory, attribute.file);
            if (!Double.isNaN(files.number(file))) {
                readings.add(new Reading(file, attribute.metric));
            }
        }
        var governors = new ArrayList<String[]>();
        for (String governor :
                files.string(new File(directory, "scaling_available_governors")).split(" ", -1)) {
            if (!governor.isEmpty()) {
                governors.add(new String[] {number, governor});
            }
        }
        return new Cpu(new String[] {number}, readings, new File(directory, "scaling_governor"), governors);
    }

    private void report(Cpu cpu, SampleSink sink) {
        for (Reading reading : cpu.readings) {
            double kilohertz = files.number(reading.file);
            if (!Double.isNaN(kilohertz)) {
                sink.set(reading.metric, kilohertz * HERTZ_PER_KILOHERTZ, cpu.label);
            }
        }
        if (!cpu.governors.isEmpty() && files.attribute(cpu.governor)) {
            for (String[] labels : cpu.governors) {
                sink.set(GOVERNOR, files.attribute().wordIs(labels[1]) ? 1 : 0, labels);
            }
        }
    }

    private record Attribute(String file, Gauge metric) {}

    private record Reading(File file, Gauge metric) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Cpu(String[] label, List<Reading> readings, File governor, List<String[]> governors) {}
}
