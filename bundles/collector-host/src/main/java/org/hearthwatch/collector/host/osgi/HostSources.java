package org.hearthwatch.collector.host.osgi;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hearthwatch.collector.host.HostCollector;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.cpu.CpuFreqSource;
import org.hearthwatch.collector.host.cpu.CpuInfo;
import org.hearthwatch.collector.host.cpu.CpuSource;
import org.hearthwatch.collector.host.cpu.LoadavgSource;
import org.hearthwatch.collector.host.cpu.PressureSource;
import org.hearthwatch.collector.host.cpu.StatSource;
import org.hearthwatch.collector.host.disk.DiskstatsSource;
import org.hearthwatch.collector.host.disk.FilesystemSource;
import org.hearthwatch.collector.host.hardware.DmiSource;
import org.hearthwatch.collector.host.hardware.HwmonSource;
import org.hearthwatch.collector.host.hardware.ThermalZoneSource;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.Syscalls;
import org.hearthwatch.collector.host.machine.EntropySource;
import org.hearthwatch.collector.host.machine.FilefdSource;
import org.hearthwatch.collector.host.machine.OsSource;
import org.hearthwatch.collector.host.machine.ProcessesSource;
import org.hearthwatch.collector.host.machine.SelfSource;
import org.hearthwatch.collector.host.machine.TimeSource;
import org.hearthwatch.collector.host.machine.TimexSource;
import org.hearthwatch.collector.host.machine.UnameSource;
import org.hearthwatch.collector.host.memory.MeminfoSource;
import org.hearthwatch.collector.host.memory.VmstatSource;
import org.hearthwatch.collector.host.net.ArpSource;
import org.hearthwatch.collector.host.net.ConntrackSource;
import org.hearthwatch.collector.host.net.NetclassSource;
import org.hearthwatch.collector.host.net.NetdevSource;
import org.hearthwatch.collector.host.net.NetstatSource;
import org.hearthwatch.collector.host.net.SockstatSource;
import org.hearthwatch.collector.host.net.SoftnetSource;
import org.hearthwatch.collector.host.systemd.SystemdSource;
import org.hearthwatch.collector.host.textfile.TextfileSource;

/** Puts the collector together from its sources: the one place that knows them all. */
final class HostSources {

    private static final int MOST_MOUNTS = 1000;
    private static final int MOST_INTERFACES = 1000;
    private static final int MOST_SENSOR_VALUES = 2000;
    private static final int MOST_PROCESSES = 20_000;
    private static final int MOST_THREADS = 4000;
    private static final int MOST_UNITS = 2000;
    private static final TextfileSource.Limits TEXTFILES = new TextfileSource.Limits(200, 2 << 20, 5000);

    /** Every source by node_exporter's name for it, in the order they run; {@code process} is our own. */
    private static final Map<String, Function<Machine, Source>> ALL = all();

    private HostSources() {}

    /** What a collector is made of beside its settings. */
    record Surroundings(
            Syscalls syscalls,
            Executor statWorkers,
            InstantSource clock,
            Supplier<ZoneId> zone,
            LongSupplier nanoTime) {}

    /** The names of all sources. */
    static Set<String> names() {
        return ALL.keySet();
    }

    static HostCollector collector(HostSettings settings, Surroundings surroundings) {
        var machine = new Machine(settings, surroundings, new KernelFiles(), new LeftOut());
        Map<String, Source> sources = new LinkedHashMap<>();
        ALL.forEach((name, make) -> {
            if (settings.sources().contains(name)) {
                sources.put(name, make.apply(machine));
            }
        });
        return new HostCollector(sources, machine.leftOut, surroundings.nanoTime());
    }

    private record Machine(HostSettings settings, Surroundings around, KernelFiles files, LeftOut leftOut) {

        HostPaths paths() {
            return settings.paths();
        }
    }

    private static Map<String, Function<Machine, Source>> all() {
        Map<String, Function<Machine, Source>> all = new LinkedHashMap<>();
        all.put("cpu", m -> new CpuSource(m.paths(), m.files, new CpuInfo(m.paths(), m.files, m.settings.cpuInfo())));
        all.put("cpufreq", m -> new CpuFreqSource(m.paths(), m.files));
        all.put("stat", m -> new StatSource(m.paths(), m.files, m.settings.softirqs()));
        all.put("loadavg", m -> new LoadavgSource(m.paths(), m.files));
        all.put("pressure", m -> new PressureSource(m.paths(), m.files));
        all.put("meminfo", m -> new MeminfoSource(m.paths(), m.files));
        all.put("vmstat", m -> new VmstatSource(m.paths(), m.files, m.settings.vmstat()));
        all.put("diskstats", m -> new DiskstatsSource(m.paths(), m.files, m.settings.disks()));
        all.put("filesystem", HostSources::filesystem);
        all.put("netdev", m -> new NetdevSource(m.paths(), m.files, m.settings.netdev()));
        all.put(
                "netclass",
                m -> new NetclassSource(m.paths(), m.files, m.settings.netclass(), MOST_INTERFACES, m.leftOut));
        all.put("netstat", m -> new NetstatSource(m.paths(), m.files, m.settings.netstat()));
        all.put("sockstat", m -> new SockstatSource(m.paths(), m.files, m.around.syscalls.pageSize()));
        all.put("softnet", m -> new SoftnetSource(m.paths(), m.files));
        all.put("arp", m -> new ArpSource(m.paths(), m.files, NameFilter.ALL));
        all.put("conntrack", m -> new ConntrackSource(m.paths(), m.files));
        all.put(
                "hwmon",
                m -> new HwmonSource(
                        m.paths(), m.files, m.settings.chips(), m.settings.sensors(), MOST_SENSOR_VALUES, m.leftOut));
        all.put("thermal_zone", m -> new ThermalZoneSource(m.paths(), m.files));
        all.put("dmi", m -> new DmiSource(m.paths(), m.files));
        all.put("time", m -> new TimeSource(m.paths(), m.files, m.around.clock, m.around.zone));
        all.put("timex", m -> new TimexSource(m.around.syscalls));
        all.put("uname", m -> new UnameSource(m.around.syscalls));
        all.put("os", m -> new OsSource(m.paths(), m.files));
        all.put("entropy", m -> new EntropySource(m.paths(), m.files));
        all.put("filefd", m -> new FilefdSource(m.paths(), m.files));
        all.put("processes", m -> new ProcessesSource(m.paths(), m.files, MOST_PROCESSES, MOST_THREADS, m.leftOut));
        all.put("process", m -> new SelfSource(m.paths(), m.files, m.around.syscalls));
        all.put("systemd", HostSources::systemd);
        all.put("textfile", m -> new TextfileSource(m.settings.textfileDirectories(), TEXTFILES, m.leftOut));
        return all;
    }

    private static Source filesystem(Machine m) {
        var settings = new FilesystemSource.Settings(
                m.settings.mountPoints(), m.settings.fileSystemTypes(), m.settings.mountTimeout(), MOST_MOUNTS);
        return new FilesystemSource(
                m.paths(), m.files, m.around.syscalls, settings, m.leftOut, m.around.statWorkers, m.around.nanoTime);
    }

    private static Source systemd(Machine m) {
        HostSettings.Units units = m.settings.units();
        var settings = new SystemdSource.Settings(
                units.include(),
                units.exclude(),
                units.restarts(),
                units.startTimes(),
                units.tasks(),
                MOST_UNITS,
                units.timeout());
        return new SystemdSource(m.paths(), settings, m.leftOut, m.around.nanoTime);
    }
}
