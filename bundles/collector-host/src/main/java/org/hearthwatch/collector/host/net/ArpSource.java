package org.hearthwatch.collector.host.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/** Known neighbours per network interface, from {@code /proc/net/arp}. */
public final class ArpSource implements Source {

    static final Gauge ENTRIES = Gauge.of("node_arp_entries", "Known IPv4 neighbours", "device");

    private static final int MOST_DEVICES = 4096;
    private static final int COLUMNS_BEFORE_DEVICE = 5;

    private final HostPaths paths;
    private final KernelFiles files;
    private final WordCache<Device> devices;

    /** @param reported which interfaces */
    public ArpSource(HostPaths paths, KernelFiles files, NameFilter reported) {
        this.paths = paths;
        this.files = files;
        this.devices = new WordCache<>(MOST_DEVICES, name -> new Device(name, reported.accepts(name)));
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("net/arp")), sink);
    }

    void report(KernelText arp, SampleSink sink) throws IOException {
        List<Device> seen = new ArrayList<>();
        // One line of headings.
        arp.nextLine();
        while (arp.nextLine()) {
            if (!arp.skipWords(COLUMNS_BEFORE_DEVICE + 1)) {
                throw arp.malformed("a device");
            }
            Device device = devices.of(arp);
            if (device.entries == 0) {
                seen.add(device);
            }
            device.entries++;
        }
        for (Device device : seen) {
            if (device.reported) {
                sink.set(ENTRIES, device.entries, device.label);
            }
            device.entries = 0;
        }
    }

    private static final class Device {

        final String[] label;
        final boolean reported;
        int entries;

        Device(String name, boolean reported) {
            this.label = new String[] {name};
            this.reported = reported;
        }
    }
}
