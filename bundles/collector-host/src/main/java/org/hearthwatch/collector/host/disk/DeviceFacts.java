package org.hearthwatch.collector.host.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;

/** What is known of a block device beside its traffic: series whose values do not change. */
final class DeviceFacts {

    static final DeviceFacts NONE = new DeviceFacts(List.of());

    static final Gauge FILESYSTEM = Gauge.of(
            "node_disk_filesystem_info",
            "The file system on the block device; the value is 1",
            "device",
            "type",
            "usage",
            "uuid",
            "version");
    static final Gauge MAPPER = Gauge.of(
            "node_disk_device_mapper_info",
            "What the device mapper, such as LVM, calls the block device; the value is 1",
            "device",
            "name",
            "uuid",
            "vg_name",
            "lv_name",
            "lv_layer");
    static final Gauge WRITE_CACHE =
            Gauge.of("node_disk_ata_write_cache", "Whether the ATA disk has a write cache", "device");
    static final Gauge WRITE_CACHE_ENABLED =
            Gauge.of("node_disk_ata_write_cache_enabled", "Whether the ATA disk's write cache is on", "device");
    static final Gauge ROTATION = Gauge.of(
            "node_disk_ata_rotation_rate_rpm", "Revolutions per minute of the ATA disk, 0 for an SSD", "device");

    private final List<Fact> facts;

    private DeviceFacts(List<Fact> facts) {
        this.facts = facts;
    }

    static DeviceFacts of(String device, long major, long minor, Map<String, String> udev, String rotational) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(DiskstatsSource.INFO, 1, new String[] {
            device,
            Long.toString(major),
            Long.toString(minor),
            get(udev, "ID_PATH"),
            get(udev, "ID_WWN"),
            get(udev, "ID_MODEL"),
            firstOf(udev, "SCSI_IDENT_SERIAL", "ID_SERIAL_SHORT", "ID_SERIAL"),
            get(udev, "ID_REVISION"),
            rotational
        }));
        if (udev.containsKey("ID_FS_TYPE")) {
            facts.add(new Fact(FILESYSTEM, 1, new String[] {
                device,
                get(udev, "ID_FS_TYPE"),
                get(udev, "ID_FS_USAGE"),
                get(udev, "ID_FS_UUID"),
                get(udev, "ID_FS_VERSION")
            }));
        }
        if (udev.containsKey("DM_NAME")) {
            facts.add(new Fact(MAPPER, 1, new String[] {
                device,
                get(udev, "DM_NAME"),
                get(udev, "DM_UUID"),
                get(udev, "DM_VG_NAME"),
                get(udev, "DM_LV_NAME"),
                get(udev, "DM_LV_LAYER")
            }));
        }
        if (udev.containsKey("ID_ATA")) {
            addNumber(facts, WRITE_CACHE, device, get(udev, "ID_ATA_WRITE_CACHE"));
            addNumber(facts, WRITE_CACHE_ENABLED, device, get(udev, "ID_ATA_WRITE_CACHE_ENABLED"));
            addNumber(facts, ROTATION, device, get(udev, "ID_ATA_ROTATION_RATE_RPM"));
        }
        return new DeviceFacts(facts);
    }

    private static void addNumber(List<Fact> facts, Gauge metric, String device, String text) {
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            facts.add(new Fact(metric, Integer.parseInt(text), new String[] {device}));
        }
    }

    private static String get(Map<String, String> udev, String key) {
        return udev.getOrDefault(key, "");
    }

    private static String firstOf(Map<String, String> udev, String... keys) {
        for (String key : keys) {
            if (!get(udev, key).isEmpty()) {
                return get(udev, key);
            }
        }
        return "";
    }

    void report(SampleSink sink) {
        for (Fact fact : facts) {
            sink.set(fact.metric, fact.value, fact.labels);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fact(Gauge metric, double value, String[] labels) {}
}
