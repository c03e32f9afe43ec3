package org.hearthwatch.collect.inventory;

import static org.hearthwatch.api.inventory.Edge.Kind.DEPENDS_ON;
import static org.hearthwatch.api.inventory.Edge.Kind.RUNS_ON;
import static org.hearthwatch.api.inventory.Edge.Kind.STORED_ON;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.EntityKind;
import org.hearthwatch.api.metric.Labels;

/** Disks, pools and file systems by the labels of node_exporter and prometheus-pve-exporter. Not thread-safe. */
final class StorageSurvey {

    /** {@code nas:/export} or {@code //nas/share}. */
    private static final Pattern NETWORK_DEVICE = Pattern.compile("//([^/]+)/.*|(\\[[^]]+]|[^/:]+):/.*");

    private final Draft draft;
    private final Hosts hosts;
    private final Set<EntityId> disks = new TreeSet<>();

    StorageSurvey(Draft draft, Hosts hosts) {
        this.draft = draft;
        this.hosts = hosts;
    }

    void disk(Labels labels) {
        EntityId host = hosts.of(labels.get("instance"));
        EntityId disk = EntityId.part(EntityKind.DISK, host, labels.get("device"));
        disks.add(disk);
        draft.add(disk, labels, "instance", "device");
        draft.edge(disk, DEPENDS_ON, host);
    }

    void pool(Labels labels) {
        EntityId host = hosts.of(labels.get("instance"));
        EntityId pool = EntityId.part(EntityKind.POOL, host, labels.get("zpool"));
        draft.add(pool, labels, "instance", "zpool");
        draft.edge(pool, DEPENDS_ON, host);
    }

    /** A storage of Proxmox on one of its nodes. */
    void proxmox(Labels labels) {
        EntityId host = hosts.of(labels.get("node"));
        EntityId pool = EntityId.part(EntityKind.POOL, host, labels.get("storage"));
        draft.add(pool, labels, "instance", "id");
        draft.edge(pool, DEPENDS_ON, host);
    }

    /** After all disks. */
    void filesystem(Labels labels) {
        EntityId host = hosts.of(labels.get("instance"));
        EntityId filesystem = EntityId.part(EntityKind.FILESYSTEM, host, labels.get("mountpoint"));
        draft.add(filesystem, labels, "instance", "mountpoint");
        draft.edge(filesystem, RUNS_ON, host);
        String device = labels.get("device");
        var network = NETWORK_DEVICE.matcher(device);
        if (labels.get("fstype").equals("zfs")) {
            String pool = device.indexOf('/') < 0 ? device : device.substring(0, device.indexOf('/'));
            draft.edge(filesystem, STORED_ON, EntityId.part(EntityKind.POOL, host, pool));
        } else if (network.matches()) {
            EntityId server = hosts.of(network.group(1) == null ? network.group(2) : network.group(1));
            if (!server.equals(host)) {
                draft.edge(filesystem, STORED_ON, server);
            }
        } else if (device.startsWith("/dev/")) {
            disk(host, device.substring("/dev/".length())).ifPresent(disk -> draft.edge(filesystem, STORED_ON, disk));
        }
    }

    /** The disk a partition is on: the longest name that its own begins with. */
    private Optional<EntityId> disk(EntityId host, String partition) {
        String name = EntityId.part(EntityKind.DISK, host, partition).name();
        return disks.stream()
                .filter(disk -> name.startsWith(disk.name()))
                .max(Comparator.comparingInt(disk -> disk.name().length()));
    }
}
