package org.hearthwatch.collector.host.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.collector.host.HostPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageStackTest {

    @TempDir
    private Path machine;

    private void device(String path, String numbers) throws IOException {
        Path device = Files.createDirectories(machine.resolve("sys/devices").resolve(path));
        String name = device.getFileName().toString();
        link("sys/class/block/" + name, device);
        link("sys/dev/block/" + numbers, device);
        if (!path.contains("/")) {
            link("sys/block/" + name, device);
        }
    }

    private void link(String from, Path to) throws IOException {
        Path link = machine.resolve(from);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, to);
    }

    @Test
    void says_which_disks_a_file_system_stands_on_through_raid_and_lvm() throws IOException {
        device("sda", "8:0");
        device("sda/sda1", "8:1");
        device("sdb", "8:16");
        device("sdb/sdb1", "8:17");
        device("md0", "9:0");
        device("dm-0", "253:0");
        device("loop0", "7:0");
        link("sys/devices/md0/slaves/sda1", machine.resolve("sys/devices/sda/sda1"));
        link("sys/devices/md0/slaves/sdb1", machine.resolve("sys/devices/sdb/sdb1"));
        link("sys/devices/dm-0/slaves/md0", machine.resolve("sys/devices/md0"));
        Path proc = Files.createDirectories(machine.resolve("proc/1"));
        Files.writeString(proc.resolve("mountinfo"), """
                24 1 253:0 / / rw,relatime - ext4 /dev/mapper/vg-root rw
                25 24 8:1 / /boot rw - ext4 /dev/sda1 rw
                26 24 0:5 / /proc rw - proc proc rw
                27 24 0:40 / /srv rw - nfs4 nas:/export rw
                28 24 7:0 / /snap rw - squashfs /dev/loop0 ro
                """);
        var paths = new HostPaths(
                machine.resolve("proc"),
                machine.resolve("sys"),
                Path.of("/"),
                machine.resolve("udev"),
                machine.resolve("bus"));

        InventoryReport report = new StorageStack(paths, 100).report("watch");

        assertThat(edges(report, "stored-on"))
                .containsExactlyInAnyOrder(
                        "disk/watch:dm-0 on disk/watch:md0",
                        "disk/watch:md0 on disk/watch:sda",
                        "disk/watch:md0 on disk/watch:sdb",
                        "filesystem/watch:/ on disk/watch:dm-0",
                        "filesystem/watch:/boot on disk/watch:sda");
        assertThat(report.entities().stream().map(entity -> entity.id().toString()))
                .contains("host/watch", "disk/watch:sdb")
                .doesNotContain("disk/watch:loop0", "filesystem/watch:/snap");
    }

    private static List<String> edges(InventoryReport report, String kind) {
        return report.edges().stream()
                .filter(edge -> edge.kind().word().equals(kind))
                .map(edge -> edge.from() + " on " + edge.to())
                .toList();
    }
}
