package org.hearthwatch.collector.host;

import java.io.File;
import java.nio.file.Path;

/**
 * Where the machine is looked at. Another root than {@code /} shows another machine: a fixture tree, or the host seen
 * from a container.
 *
 * @param procfs where procfs is mounted, {@code /proc}
 * @param sysfs where sysfs is mounted, {@code /sys}
 * @param rootfs where the file systems to measure begin, {@code /}
 * @param udevData udev's database, {@code /run/udev/data}
 * @param systemBus the socket of the D-Bus system bus, {@code /run/dbus/system_bus_socket}
 */
public record HostPaths(Path procfs, Path sysfs, Path rootfs, Path udevData, Path systemBus) {

    /** This machine. */
    public static final HostPaths LIVE = new HostPaths(
            Path.of("/proc"),
            Path.of("/sys"),
            Path.of("/"),
            Path.of("/run/udev/data"),
            Path.of("/run/dbus/system_bus_socket"));

    /** A file below procfs, such as {@code net/dev}. */
    public File proc(String path) {
        return procfs.resolve(path).toFile();
    }

    /** A file below sysfs, such as {@code class/net}. */
    public File sys(String path) {
        return sysfs.resolve(path).toFile();
    }

    /** A file of the machine by its absolute path there, such as {@code /etc/os-release}. */
    public File root(String absolutePath) {
        return rootfs.resolve(absolutePath.substring(1)).toFile();
    }
}
