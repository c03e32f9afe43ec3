package org.hearthwatch.collector.host.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.cpu.CpuInfo;

/** The configuration with every text understood. */
record HostSettings(
        Set<String> sources,
        HostPaths paths,
        List<Path> textfileDirectories,
        NameFilter mountPoints,
        NameFilter fileSystemTypes,
        Duration mountTimeout,
        NameFilter netdev,
        NameFilter netclass,
        NameFilter disks,
        NameFilter netstat,
        NameFilter vmstat,
        NameFilter chips,
        NameFilter sensors,
        Units units,
        CpuInfo.Settings cpuInfo,
        boolean softirqs) {

    /** The machine's ends of what belongs to containers and guests: Docker's, LXC's and Proxmox VE's names. */
    private static final String GUESTS = "^(veth.*|tap\\d.*|fw(br|pr|ln)\\d.*|br-[0-9a-f]{12})$";

    private static final SettingReader READER = new SettingReader(HostConfig.PID);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Less than the collector's own time-out. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** The settings for systemd's units. */
    record Units(
            Pattern include, Pattern exclude, boolean restarts, boolean startTimes, boolean tasks, Duration timeout) {}

    /**
     * Understands a configuration.
     *
     * @param known the names of all sources
     * @throws InvalidSettingException naming the first setting that cannot be understood
     */
    static HostSettings of(HostConfig config, Set<String> known) {
        NameFilter netdev = filter("netdev", config.netdevInclude(), config.netdevExclude());
        NameFilter netclass = filter("netclass", config.netclassInclude(), config.netclassExclude());
        Set<String> sources = sources(config, known);
        return new HostSettings(
                sources,
                new HostPaths(
                        READER.path("procfs", config.procfs()),
                        READER.path("sysfs", config.sysfs()),
                        READER.path("rootfs", config.rootfs()),
                        READER.path("udevData", config.udevData()),
                        READER.path("systemBus", config.systemBus())),
                READER.list(
                        "textfileDirectories",
                        config.textfileDirectories(),
                        directory -> READER.path("textfileDirectories", directory)),
                filter("filesystem", config.filesystemInclude(), config.filesystemExclude()),
                filter("filesystemTypes", config.filesystemTypesInclude(), config.filesystemTypesExclude()),
                READER.duration("filesystemTimeout", config.filesystemTimeout(), SHORTEST, LONGEST),
                config.guestInterfaces() ? netdev : netdev.andNot(GUESTS),
                config.guestInterfaces() ? netclass : netclass.andNot(GUESTS),
                filter("diskstats", config.diskstatsInclude(), config.diskstatsExclude()),
                NameFilter.of(checked("netstatFields", config.netstatFields()), ""),
                NameFilter.of(checked("vmstatFields", config.vmstatFields()), ""),
                filter("hwmonChip", config.hwmonChipInclude(), config.hwmonChipExclude()),
                filter("hwmonSensor", config.hwmonSensorInclude(), config.hwmonSensorExclude()),
                new Units(
                        Pattern.compile(checked("systemdInclude", config.systemdInclude())),
                        Pattern.compile(checked("systemdExclude", config.systemdExclude())),
                        config.systemdRestarts(),
                        config.systemdStartTimes(),
                        config.systemdTasks(),
                        READER.duration("systemdTimeout", config.systemdTimeout(), SHORTEST, LONGEST)),
                new CpuInfo.Settings(
                        config.cpuInfo(),
                        !sources.contains("cpufreq"),
                        checked("cpuFlags", config.cpuFlags()),
                        checked("cpuBugs", config.cpuBugs())),
                config.softirqs());
    }

    private static Set<String> sources(HostConfig config, Set<String> known) {
        List<String> on = READER.list("sources", config.sources(), Function.identity());
        Set<String> sources = new LinkedHashSet<>(on.equals(List.of("all")) ? known : checkNames("sources", on, known));
        checkNames("sourcesOff", READER.list("sourcesOff", config.sourcesOff(), Function.identity()), known)
                .forEach(sources::remove);
        return sources;
    }

    private static List<String> checkNames(String key, List<String> names, Set<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                String all = key.equals("sources") ? "all, or " : "";
                throw READER.refused(key, name, all + "names from this list: " + String.join(", ", known));
            }
        }
        return names;
    }

    private static NameFilter filter(String key, String include, String exclude) {
        return NameFilter.of(checked(key + "Include", include), checked(key + "Exclude", exclude));
    }

    private static String checked(String key, String pattern) {
        return parse(key, pattern, "a regular expression", text -> {
            Pattern.compile(text);
            return text;
        });
    }

    private static <T> T parse(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (PatternSyntaxException e) {
            throw READER.refused(key, text, allowed + " (" + e.getDescription() + " at " + e.getIndex() + ")");
        } catch (IllegalArgumentException e) {
            throw READER.refused(key, text, allowed);
        }
    }
}
