package org.hearthwatch.collector.host.hardware;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/** Thermal zones and the devices that cool them, from {@code /sys/class/thermal}. */
public final class ThermalZoneSource implements Source {

    static final Gauge TEMPERATURE =
            Gauge.of("node_thermal_zone_temp", "Temperature of the zone in degrees Celsius", "zone", "type");
    static final Gauge STATE =
            Gauge.of("node_cooling_device_cur_state", "How hard the device cools, from 0", "name", "type");
    static final Gauge HIGHEST_STATE =
            Gauge.of("node_cooling_device_max_state", "How hard the device can cool", "name", "type");

    private static final String ZONE = "thermal_zone";
    private static final String DEVICE = "cooling_device";
    private static final double MILLI = 1000;

    private final File directory;
    private final KernelFiles files;
    private List<String> known = List.of();
    private List<Reading> readings = List.of();

    public ThermalZoneSource(HostPaths paths, KernelFiles files) {
        this.directory = paths.sys("class/thermal");
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        String[] names = directory.list();
        if (names == null) {
            throw new NoDataException(directory + " is missing");
        }
        Arrays.sort(names);
        List<String> now = List.of(names);
        if (!now.equals(known)) {
            readings = find(now);
            known = now;
        }
        for (Reading reading : readings) {
            double value = files.number(reading.file);
            if (!Double.isNaN(value)) {
                sink.set(reading.metric, value / reading.divisor, reading.labels);
            }
        }
    }

    private List<Reading> find(List<String> names) {
        var found = new ArrayList<Reading>();
        for (String name : names) {
            var entry = new File(directory, name);
            String type = files.string(new File(entry, "type"));
            if (name.startsWith(ZONE)) {
                String[] labels = {name.substring(ZONE.length()), type};
                found.add(new Reading(new File(entry, "temp"), TEMPERATURE, MILLI, labels));
            } else if (name.startsWith(DEVICE)) {
                String[] labels = {name.substring(DEVICE.length()), type};
                found.add(new Reading(new File(entry, "cur_state"), STATE, 1, labels));
                found.add(new Reading(new File(entry, "max_state"), HIGHEST_STATE, 1, labels));
            }
        }
        return found;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reading(File file, Gauge metric, double divisor, String[] labels) {}
}
