package org.hearthwatch.collector.host.hardware;

import java.io.File;
import java.util.Optional;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Metric;

/**
 * A file to read each run and the series its value goes to. Units and scales are those of the kernel's
 * hwmon/sysfs-interface document, names those of node_exporter.
 *
 * @param divisor what the file's number is divided by to be in the metric's unit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SensorReading(File file, Metric.Scalar metric, double divisor, String[] labels) {

    private static final double MILLI = 1000;
    private static final double MICRO = 1_000_000;

    /**
     * How an element of a sensor is reported; empty if it is not.
     *
     * @param label the sensor's own label, or empty
     * @param hasPlainValue whether the sensor also has a file without an element
     */
    static Optional<SensorReading> of(
            String chip, Sensor sensor, String element, File file, String label, boolean hasPlainValue) {
        String[] labels = {chip, sensor.name()};
        String type = sensor.type();
        if (element.equals("label")) {
            return Optional.empty();
        }
        switch (type) {
            case "beep_enable" -> {
                return gauge(file, "node_hwmon_beep_enabled", "Whether the chip may beep", 1, labels);
            }
            case "vrm" -> {
                return gauge(file, "node_hwmon_voltage_regulator_version", "Voltage regulator version", 1, labels);
            }
            case "update_interval" -> {
                return gauge(file, "node_hwmon_update_interval_seconds", "How often the chip measures", MILLI, labels);
            }
            default -> {
                // The others have names by type and element.
            }
        }
        String name = "node_hwmon_" + type;
        if (element.equals("input")) {
            name += hasPlainValue ? "_input" : "";
        } else if (!element.isEmpty()) {
            name += "_" + HwmonChip.clean(element);
        }
        String help = "Sensor value " + type + (element.isEmpty() ? "" : ", element " + element);
        if (element.equals("fault") || element.equals("alarm")) {
            return gauge(file, name, help, 1, labels);
        }
        if (element.equals("beep")) {
            return gauge(file, name + "_enabled", help, 1, labels);
        }
        return switch (type) {
            case "in", "cpu" -> gauge(file, name + "_volts", help, MILLI, labels);
            case "temp" ->
                element.equals("type")
                        ? gauge(file, name, help, 1, labels)
                        : gauge(file, name + "_celsius", help, MILLI, labels);
            case "curr" -> gauge(file, name + "_amps", help, MILLI, labels);
            case "energy" ->
                Optional.of(new SensorReading(
                        file, Counter.of(name + "_joule_total", help, "chip", "sensor"), MICRO, labels));
            case "power" -> power(file, name, element, help, labels);
            case "humidity" -> gauge(file, name, help, MICRO, labels);
            case "fan" ->
                switch (element) {
                    case "input", "min", "max", "target" -> gauge(file, name + "_rpm", help, 1, labels);
                    default -> gauge(file, name, help, 1, labels);
                };
            case "freq" -> frequency(chip, file, name, element, help, label, labels);
            default -> gauge(file, name, help, 1, labels);
        };
    }

    private static Optional<SensorReading> power(File file, String name, String element, String help, String[] labels) {
        return switch (element) {
            case "accuracy" -> gauge(file, name, help, MICRO, labels);
            case "average_interval", "average_interval_min", "average_interval_max" ->
                gauge(file, name + "_seconds", help, MILLI, labels);
            default -> gauge(file, name + "_watt", help, MICRO, labels);
        };
    }

    private static Optional<SensorReading> frequency(
            String chip, File file, String name, String element, String help, String label, String[] labels) {
        if (!element.equals("input")) {
            return gauge(file, name, help, 1, labels);
        }
        String cleaned = HwmonChip.clean(label);
        return cleaned.isEmpty()
                ? Optional.empty()
                : gauge(file, name + "_freq_mhz", help, MICRO, new String[] {chip, cleaned});
    }

    private static Optional<SensorReading> gauge(File file, String name, String help, double divisor, String[] labels) {
        return Optional.of(new SensorReading(file, Gauge.of(name, help, "chip", "sensor"), divisor, labels));
    }
}
