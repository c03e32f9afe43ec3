package org.hearthwatch.collector.host.kernel;

import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.collector.host.HostPaths;

/** The directories {@code cpu0}, {@code cpu1}, ... below {@code /sys/devices/system/cpu}, by number. */
public final class CpuDirectories {

    private final File parent;

    public CpuDirectories(HostPaths paths) {
        this.parent = paths.sys("devices/system/cpu");
    }

    /** Those there now. */
    public List<File> list() {
        String[] names = parent.list((dir, name) -> isCpu(name));
        if (names == null) {
            return List.of();
        }
        return Arrays.stream(names)
                .sorted(Comparator.comparingInt((String name) -> Integer.parseInt(name.substring(3))))
                .map(name -> new File(parent, name))
                .toList();
    }

    /** The number of one of these directories, as text. */
    public static String number(File directory) {
        return directory.getName().substring(3);
    }

    private static boolean isCpu(String name) {
        return name.startsWith("cpu")
                && name.length() > 3
                && name.length() <= 8
                && name.chars().skip(3).allMatch(c -> c >= '0' && c <= '9');
    }
}
