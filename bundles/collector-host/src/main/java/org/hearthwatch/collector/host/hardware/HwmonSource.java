package org.hearthwatch.collector.host.hardware;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/**
 * Temperatures, voltages, fans and power, from {@code /sys/class/hwmon}. Which files there are is looked up when the
 * list of chips changes and every {@value #REFRESH_RUNS} runs; their values are read every run.
 */
public final class HwmonSource implements Source {

    static final Gauge CHIP_NAMES =
            Gauge.of("node_hwmon_chip_names", "What the driver calls the chip; the value is 1", "chip", "chip_name");
    static final Gauge SENSOR_LABEL = Gauge.of(
            "node_hwmon_sensor_label", "What the driver calls the sensor; the value is 1", "chip", "sensor", "label");

    private static final int REFRESH_RUNS = 20;

    private final File directory;
    private final KernelFiles files;
    private final NameFilter chips;
    private final NameFilter sensors;
    private final int most;
    private final LeftOut leftOut;
    private List<String> known = List.of();
    private List<Constant> constants = List.of();
    private List<SensorReading> readings = List.of();
    private int runs;

    /**
     * A source of sensors.
     *
     * @param chips which chips, by their label
     * @param sensors which sensors, as chip, semicolon, sensor
     * @param most how many values at most
     */
    public HwmonSource(
            HostPaths paths, KernelFiles files, NameFilter chips, NameFilter sensors, int most, LeftOut leftOut) {
        this.directory = paths.sys("class/hwmon");
        this.files = files;
        this.chips = chips;
        this.sensors = sensors;
        this.most = most;
        this.leftOut = leftOut;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        String[] names = directory.list();
        if (names == null || names.length == 0) {
            throw new NoDataException("no sensor chip in " + directory);
        }
        Arrays.sort(names);
        List<String> now = List.of(names);
        if (runs == 0 || !now.equals(known)) {
            find(now);
            known = now;
            runs = 0;
        }
        runs = (runs + 1) % REFRESH_RUNS;
        for (Constant constant : constants) {
            sink.set(constant.metric, 1, constant.labels);
        }
        for (SensorReading reading : readings) {
            // A sensor without a value now (a fan's driver says EAGAIN, a drive sleeps) is left out of this run.
            if (files.attribute(reading.file())) {
                OptionalDouble value = files.attribute().asDecimal();
                // A counter cannot be negative, whatever a driver says.
                if (value.isPresent() && (value.getAsDouble() >= 0 || !(reading.metric() instanceof Counter))) {
                    sink.set(reading.metric(), value.getAsDouble() / reading.divisor(), reading.labels());
                }
            }
        }
    }

    private void find(List<String> names) {
        var foundConstants = new ArrayList<Constant>();
        var foundReadings = new ArrayList<SensorReading>();
        for (HwmonChip chip : HwmonChip.find(directory, names, files)) {
            if (!chips.accepts(chip.name())) {
                continue;
            }
            if (!chip.driverName().isEmpty()) {
                foundConstants.add(new Constant(CHIP_NAMES, new String[] {chip.name(), chip.driverName()}));
            }
            chip.sensors().forEach((sensor, elements) -> {
                if (sensors.accepts(chip.name() + ";" + sensor.name())) {
                    File label = elements.get("label");
                    String text = label == null ? "" : files.string(label);
                    if (label != null) {
                        foundConstants.add(new Constant(SENSOR_LABEL, new String[] {chip.name(), sensor.name(), text}));
                    }
                    addReadings(foundReadings, chip, sensor, elements, text);
                }
            });
        }
        constants = foundConstants;
        readings = withoutDuplicates(foundReadings);
    }

    private void addReadings(
            List<SensorReading> found, HwmonChip chip, Sensor sensor, Map<String, File> elements, String label) {
        elements.forEach((element, file) -> {
            if (found.size() < most) {
                SensorReading.of(chip.name(), sensor, element, file, label, elements.containsKey(""))
                        .ifPresent(found::add);
            } else {
                leftOut.add("hwmon_values", 1);
            }
        });
    }

    /** Two sensors of a GPU may have one label, and then one series; the first is kept. */
    private static List<SensorReading> withoutDuplicates(List<SensorReading> found) {
        Map<List<String>, SensorReading> first = new HashMap<>();
        var kept = new ArrayList<SensorReading>();
        for (SensorReading reading : found) {
            var series = new ArrayList<>(List.of(reading.labels()));
            series.add(reading.metric().name());
            if (first.putIfAbsent(series, reading) == null) {
                kept.add(reading);
            }
        }
        return kept;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Constant(Gauge metric, String[] labels) {}
}
