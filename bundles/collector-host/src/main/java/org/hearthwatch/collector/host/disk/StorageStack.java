package org.hearthwatch.collector.host.disk;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hearthwatch.api.inventory.Edge;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.EntityKind;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/**
 * What this machine's storage stands on, which no series says: mounted file systems on block devices, and those on others,
 * as RAID and LVM put them together, by {@code /sys/block/<device>/slaves} and {@code /sys/dev/block}. Not thread-safe.
 */
public final class StorageStack implements InventorySource {

    private static final Pattern PASSING = Pattern.compile("(loop|ram|zram|sr|fd)\\d+");

    private final HostPaths paths;
    private final int most;
    private final KernelFiles files = new KernelFiles();

    /** @param most how many mounts, and how many devices, are looked at */
    public StorageStack(HostPaths paths, int most) {
        this.paths = paths;
        this.most = most;
    }

    @Override
    public InventoryReport report(String instance) throws IOException {
        EntityId host = EntityId.host(instance);
        var entities = new ArrayList<Entity>();
        var edges = new ArrayList<Edge>();
        entities.add(Entity.of(host, Labels.of("instance", instance)));
        for (String device : names(paths.sys("block").toPath())) {
            if (PASSING.matcher(device).matches()) {
                continue;
            }
            EntityId disk = EntityId.part(EntityKind.DISK, host, device);
            entities.add(Entity.of(disk, Labels.of("instance", instance, "device", device)));
            edges.add(new Edge(disk, Edge.Kind.DEPENDS_ON, host));
            for (String slave : names(paths.sys("block/" + device + "/slaves").toPath())) {
                edges.add(new Edge(disk, Edge.Kind.STORED_ON, EntityId.part(EntityKind.DISK, host, whole(slave))));
            }
        }
        for (Mount mount : mounts()) {
            Optional<String> device = device(mount);
            if (device.isPresent()) {
                EntityId filesystem = EntityId.part(EntityKind.FILESYSTEM, host, mount.point());
                entities.add(Entity.of(filesystem, Labels.of("instance", instance, "mountpoint", mount.point())));
                edges.add(new Edge(filesystem, Edge.Kind.RUNS_ON, host));
                edges.add(
                        new Edge(filesystem, Edge.Kind.STORED_ON, EntityId.part(EntityKind.DISK, host, device.get())));
            }
        }
        return new InventoryReport("collector-host", entities, edges);
    }

    private List<Mount> mounts() throws IOException {
        File ofInit = paths.proc("1/mountinfo");
        return MountTable.parse(files.read(ofInit.canRead() ? ofInit : paths.proc("self/mountinfo")), most);
    }

    /** The whole device a file system is on. */
    private Optional<String> device(Mount mount) {
        if (!mount.device().startsWith("/dev/") || mount.point().length() > EntityId.LONGEST / 2) {
            return Optional.empty();
        }
        Path numbers =
                paths.sys("dev/block/" + mount.major() + ":" + mount.minor()).toPath();
        try {
            String name = String.valueOf(numbers.toRealPath().getFileName());
            return Optional.of(whole(name))
                    .filter(device -> !PASSING.matcher(device).matches());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The device a partition is a part of, or the device itself. */
    private String whole(String device) {
        if (Files.exists(paths.sys("block/" + device).toPath())) {
            return device;
        }
        try {
            Path parent =
                    paths.sys("class/block/" + device).toPath().toRealPath().getParent();
            String name = String.valueOf(Objects.requireNonNull(parent).getFileName());
            return Files.exists(paths.sys("block/" + name).toPath()) ? name : device;
        } catch (IOException e) {
            return device;
        }
    }

    private List<String> names(Path folder) {
        var names = new ArrayList<String>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                for (Path each : found) {
                    if (names.size() < most) {
                        names.add(String.valueOf(each.getFileName()));
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // The device has just gone.
                return List.of();
            }
        }
        return names.stream().sorted().toList();
    }
}
