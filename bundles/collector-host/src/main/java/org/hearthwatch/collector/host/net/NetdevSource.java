package org.hearthwatch.collector.host.net;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/**
 * Traffic of each network interface, from {@code /proc/net/dev}; the one counter that is not in there,
 * {@code rx_nohandler}, from sysfs.
 */
public final class NetdevSource implements Source {

    private static final int MOST_DEVICES = 4096;
    private static final Counter[] COLUMNS = {
        received("bytes", "Bytes received"),
        received("packets", "Packets received"),
        received("errs", "Packets received with an error"),
        received("drop", "Packets received and dropped"),
        received("fifo", "Packets lost because the receive queue was full"),
        received("frame", "Packets received with a broken frame"),
        received("compressed", "Compressed packets received"),
        received("multicast", "Multicast packets received"),
        sent("bytes", "Bytes sent"),
        sent("packets", "Packets sent"),
        sent("errs", "Packets not sent because of an error"),
        sent("drop", "Packets dropped instead of sent"),
        sent("fifo", "Packets lost because the send queue was full"),
        sent("colls", "Collisions"),
        sent("carrier", "Packets not sent for want of a carrier"),
        sent("compressed", "Compressed packets sent")
    };
    static final Counter NO_HANDLER = received("nohandler", "Packets received that nobody wanted");

    private final HostPaths paths;
    private final KernelFiles files;
    private final WordCache<Device> devices;

    /** @param reported which interfaces */
    public NetdevSource(HostPaths paths, KernelFiles files, NameFilter reported) {
        this.paths = paths;
        this.files = files;
        this.devices = new WordCache<>(
                MOST_DEVICES,
                name -> new Device(
                        new String[] {name},
                        paths.sys("class/net/" + name + "/statistics/rx_nohandler"),
                        reported.accepts(name)));
    }

    private static Counter received(String what, String help) {
        return Counter.of("node_network_receive_" + what + "_total", help, "device");
    }

    private static Counter sent(String what, String help) {
        return Counter.of("node_network_transmit_" + what + "_total", help, "device");
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        for (Device device : report(files.read(paths.proc("net/dev")), sink)) {
            double packets = files.number(device.noHandler);
            if (packets >= 0) {
                sink.set(NO_HANDLER, packets, device.label);
            }
        }
    }

    private List<Device> report(KernelText dev, SampleSink sink) throws IOException {
        var reported = new ArrayList<Device>();
        // Two lines of headings.
        dev.nextLine();
        dev.nextLine();
        while (dev.nextLine()) {
            if (!dev.nextUntil(':')) {
                throw dev.malformed("an interface with a colon");
            }
            Device device = devices.of(dev);
            if (device.reported) {
                for (Counter column : COLUMNS) {
                    sink.set(column, dev.nextNumber(), device.label);
                }
                reported.add(device);
            }
        }
        return reported;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Device(String[] label, File noHandler, boolean reported) {}
}
