package org.hearthwatch.collector.host.disk;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/**
 * What udev found out about devices: one file per device, {@code b8:0} for a block device of major 8, minor 0, with
 * lines {@code E:KEY=value}. See udevadm(8).
 */
final class UdevDatabase {

    private static final int MOST_PROPERTIES = 512;

    private final File directory;
    private final KernelFiles files = new KernelFiles();

    UdevDatabase(File directory) {
        this.directory = directory;
    }

    /** The properties of a block device; empty where udev knows nothing of it or does not run. */
    Map<String, String> blockDevice(long major, long minor) {
        var file = new File(directory, "b" + major + ":" + minor);
        if (!file.isFile()) {
            return Map.of();
        }
        try {
            return parse(files.read(file));
        } catch (IOException e) {
            // It went away between the two calls, or may not be read: the device is reported without its particulars.
            return Map.of();
        }
    }

    static Map<String, String> parse(KernelText text) {
        var properties = new HashMap<String, String>();
        while (text.nextLine() && properties.size() < MOST_PROPERTIES) {
            if (text.nextUntil('=') && text.wordStartsWith("E:")) {
                text.dropFromWord(2);
                String key = text.word();
                text.rest();
                properties.put(key, text.word());
            }
        }
        return properties;
    }
}
