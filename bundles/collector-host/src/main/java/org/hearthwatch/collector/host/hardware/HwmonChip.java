package org.hearthwatch.collector.host.hardware;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/**
 * A sensor chip.
 *
 * @param directory its directory, such as {@code /sys/class/hwmon/hwmon0}
 * @param name the {@code chip} label: made of the device it belongs to, because {@code hwmon0} depends on the order in
 *     which drivers were loaded
 * @param driverName what its driver calls it, such as {@code coretemp}; may be empty
 */
record HwmonChip(File directory, String name, String driverName) {

    private static final int LONGEST_NAME = 100;

    /** The chips in these directories. Where two would have one name, the driver's name or the directory's is added. */
    static List<HwmonChip> find(File parent, List<String> directories, KernelFiles files) {
        var found = new ArrayList<HwmonChip>();
        Map<String, Integer> sameName = new HashMap<>();
        Map<List<String>, Integer> sameDriver = new HashMap<>();
        for (String child : directories) {
            var directory = new File(parent, child);
            if (directory.isDirectory()) {
                String driver = clean(files.string(new File(directory, "name")));
                var chip = new HwmonChip(directory, baseName(directory, driver), driver);
                found.add(chip);
                sameName.merge(chip.name, 1, Integer::sum);
                sameDriver.merge(List.of(chip.name, driver), 1, Integer::sum);
            }
        }
        found.replaceAll(chip -> {
            if (sameName.getOrDefault(chip.name, 0) < 2) {
                return chip;
            }
            boolean driverTells =
                    !chip.driverName.isEmpty() && sameDriver.getOrDefault(List.of(chip.name, chip.driverName), 0) < 2;
            String suffix = driverTells ? chip.driverName : clean(chip.directory.getName());
            return new HwmonChip(chip.directory, chip.name + "_" + suffix, chip.driverName);
        });
        return found;
    }

    private static String baseName(File directory, String driver) {
        try {
            Path device = new File(directory, "device").toPath().toRealPath();
            String own = clean(fileName(device));
            Path parent = device.getParent();
            String above = parent == null ? "" : clean(fileName(parent));
            if (!own.isEmpty()) {
                return above.isEmpty() ? own : above + "_" + own;
            }
        } catch (IOException e) {
            // A chip without a device, such as a thermal zone's: its driver's name has to do.
            return driver.isEmpty() ? clean(directory.getName()) : driver;
        }
        return driver.isEmpty() ? clean(directory.getName()) : driver;
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    /** The files of each sensor by element. Older drivers keep them in {@code device}. */
    Map<Sensor, Map<String, File>> sensors() {
        var sensors = new TreeMap<Sensor, Map<String, File>>();
        addSensors(directory, sensors);
        addSensors(new File(directory, "device"), sensors);
        return sensors;
    }

    private static void addSensors(File directory, Map<Sensor, Map<String, File>> sensors) {
        String[] names = directory.list();
        if (names == null) {
            return;
        }
        for (String file : names) {
            if (file.length() <= LONGEST_NAME) {
                Sensor.ofFile(file)
                        .ifPresent(element -> sensors.computeIfAbsent(element.sensor(), s -> new TreeMap<>())
                                .put(element.name(), new File(directory, file)));
            }
        }
    }

    /** Lower case, everything but letters, digits, colon and underscore as underscore, none at the ends. */
    static String clean(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        var cleaned = new StringBuilder();
        for (int i = 0; i < Math.min(lower.length(), LONGEST_NAME); i++) {
            char c = lower.charAt(i);
            cleaned.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' ? c : '_');
        }
        int from = 0;
        int to = cleaned.length();
        while (from < to && cleaned.charAt(from) == '_') {
            from++;
        }
        while (to > from && cleaned.charAt(to - 1) == '_') {
            to--;
        }
        return cleaned.substring(from, to);
    }
}
