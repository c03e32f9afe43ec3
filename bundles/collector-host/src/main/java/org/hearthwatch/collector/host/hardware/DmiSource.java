package org.hearthwatch.collector.host.hardware;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/**
 * What the firmware says of the machine, from {@code /sys/class/dmi/id}. Read once: it cannot change while the machine
 * runs. Only what may be read becomes a label; serial numbers are root's alone.
 */
public final class DmiSource implements Source {

    private static final List<String> FILES = List.of(
            "bios_date",
            "bios_release",
            "bios_vendor",
            "bios_version",
            "board_asset_tag",
            "board_name",
            "board_serial",
            "board_vendor",
            "board_version",
            "chassis_asset_tag",
            "chassis_serial",
            "chassis_vendor",
            "chassis_version",
            "product_family",
            "product_name",
            "product_serial",
            "product_sku",
            "product_uuid",
            "product_version",
            "sys_vendor");

    private final File directory;
    private final KernelFiles files;
    private Optional<Info> info = Optional.empty();

    public DmiSource(HostPaths paths, KernelFiles files) {
        this.directory = paths.sys("class/dmi/id");
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        if (info.isEmpty()) {
            if (!directory.isDirectory()) {
                throw new NoDataException(directory + " is missing: the firmware says nothing of the machine");
            }
            info = Optional.of(find());
        }
        sink.set(info.get().metric, 1, info.get().labels);
    }

    private Info find() {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (String name : FILES) {
            if (files.attribute(new File(directory, name))) {
                names.add(name.equals("sys_vendor") ? "system_vendor" : name);
                values.add(files.attribute().word());
            }
        }
        return new Info(
                new Gauge("node_dmi_info", "What the firmware says of the machine; the value is 1", names),
                values.toArray(String[]::new));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Info(Gauge metric, String[] labels) {}
}
