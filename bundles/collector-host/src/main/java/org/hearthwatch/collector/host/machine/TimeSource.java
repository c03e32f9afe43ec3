package org.hearthwatch.collector.host.machine;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/** The clock, its zone and what it is driven by. */
public final class TimeSource implements Source {

    static final Gauge NOW = Gauge.of("node_time_seconds", "The machine's time, in Unix time");
    static final Gauge OFFSET =
            Gauge.of("node_time_zone_offset_seconds", "How far local time is ahead of UTC", "time_zone");
    static final Gauge AVAILABLE = Gauge.of(
            "node_time_clocksource_available_info",
            "A clock source the kernel could use; the value is 1",
            "device",
            "clocksource");
    static final Gauge CURRENT = Gauge.of(
            "node_time_clocksource_current_info",
            "The clock source the kernel uses; the value is 1",
            "device",
            "clocksource");

    private static final String PREFIX = "clocksource";
    private static final double NANOS = 1e9;
    private static final DateTimeFormatter ZONE_NAME = DateTimeFormatter.ofPattern("zzz", Locale.ROOT);

    private final File directory;
    private final KernelFiles files;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;

    public TimeSource(HostPaths paths, KernelFiles files, InstantSource clock, Supplier<ZoneId> zone) {
        this.directory = paths.sys("devices/system/clocksource");
        this.files = files;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        Instant now = clock.instant();
        sink.set(NOW, now.getEpochSecond() + now.getNano() / NANOS);
        var local = now.atZone(zone.get());
        sink.set(OFFSET, local.getOffset().getTotalSeconds(), ZONE_NAME.format(local));
        for (String device : devices()) {
            String number = device.substring(PREFIX.length());
            for (String source : files.string(new File(directory, device + "/available_clocksource"))
                    .split(" ", -1)) {
                if (!source.isEmpty()) {
                    sink.set(AVAILABLE, 1, number, source);
                }
            }
            String current = files.string(new File(directory, device + "/current_clocksource"));
            if (!current.isEmpty()) {
                sink.set(CURRENT, 1, number, current);
            }
        }
    }

    private List<String> devices() {
        String[] names = directory.list((dir, name) -> name.startsWith(PREFIX));
        if (names == null) {
            return List.of();
        }
        var sorted = new ArrayList<>(Arrays.asList(names));
        sorted.sort(null);
        return sorted;
    }
}
