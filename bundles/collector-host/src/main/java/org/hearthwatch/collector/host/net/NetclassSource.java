package org.hearthwatch.collector.host.net;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/**
 * The state of each network interface, from {@code /sys/class/net}. What changes with the link is read every run, what
 * only an administrator changes every {@value #REFRESH_RUNS} runs.
 */
public final class NetclassSource implements Source {

    static final Gauge UP = Gauge.of("node_network_up", "Whether the interface is up", "device");
    static final Gauge INFO = Gauge.of(
            "node_network_info",
            "What the interface is; the value is 1",
            "device",
            "address",
            "broadcast",
            "duplex",
            "operstate",
            "adminstate",
            "ifalias");
    static final Gauge SPEED = gauge("speed_bytes", "Speed of the link in bytes per second");
    static final Gauge FLAGS = gauge("flags", "The interface's flags, as bits");

    private static final Attribute[] STEADY = {
        new Attribute("addr_assign_type", gauge("address_assign_type", "How the address was assigned, as a number")),
        new Attribute("dev_id", gauge("device_id", "Number of the interface on a shared device")),
        new Attribute("ifindex", gauge("iface_id", "The interface's number")),
        new Attribute("iflink", gauge("iface_link", "The number of the interface below this one, else its own")),
        new Attribute("link_mode", gauge("iface_link_mode", "Link mode, as a number")),
        new Attribute("mtu", gauge("mtu_bytes", "The largest packet, in bytes")),
        new Attribute("name_assign_type", gauge("name_assign_type", "How the name was assigned, as a number")),
        new Attribute("netdev_group", gauge("net_dev_group", "The group the interface is in")),
        new Attribute("tx_queue_len", gauge("transmit_queue_length", "Packets the send queue holds")),
        new Attribute("type", gauge("protocol_type", "Type of the interface, as an ARP protocol number"))
    };
    private static final Attribute[] LIVELY = {
        new Attribute("carrier_changes", counter("carrier_changes_total", "Changes of the carrier")),
        new Attribute("carrier_up_count", counter("carrier_up_changes_total", "How often the carrier came")),
        new Attribute("carrier_down_count", counter("carrier_down_changes_total", "How often the carrier went"))
    };
    /** The kernel answers these with an error while the interface is administratively down. */
    private static final Attribute[] WHEN_UP = {
        new Attribute("carrier", gauge("carrier", "Whether there is a carrier")),
        new Attribute("dormant", gauge("dormant", "Whether the interface is dormant"))
    };

    private static final int REFRESH_RUNS = 20;
    private static final int IFF_UP = 1;
    private static final double BYTES_PER_MEGABIT = 1_000_000 / 8.0;

    private final File directory;
    private final KernelFiles files;
    private final NameFilter reported;
    private final int most;
    private final LeftOut leftOut;
    private Map<String, Device> devices = new HashMap<>();
    private int runs;

    /**
     * A source of interfaces.
     *
     * @param reported which interfaces
     * @param most how many at most
     */
    public NetclassSource(HostPaths paths, KernelFiles files, NameFilter reported, int most, LeftOut leftOut) {
        this.directory = paths.sys("class/net");
        this.files = files;
        this.reported = reported;
        this.most = most;
        this.leftOut = leftOut;
    }

    private static Gauge gauge(String name, String help) {
        return Gauge.of("node_network_" + name, help, "device");
    }

    private static Counter counter(String name, String help) {
        return Counter.of("node_network_" + name, help, "device");
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        String[] names = directory.list();
        if (names == null) {
            throw new NoDataException(directory + " cannot be listed");
        }
        Arrays.sort(names);
        boolean refresh = runs == 0;
        runs = (runs + 1) % REFRESH_RUNS;
        Map<String, Device> now = new HashMap<>();
        for (String name : names) {
            if (!reported.accepts(name)) {
                continue;
            }
            if (now.size() == most) {
                leftOut.add("network_interfaces", 1);
                break;
            }
            Device device = refresh ? null : devices.get(name);
            if (device == null) {
                device = new Device(name);
                // Left behind as an entry by the bonding driver, which keeps a file among the directories.
                if (!device.directory.isDirectory()) {
                    continue;
                }
                device.readSteady();
            }
            now.put(name, device);
            device.report(sink);
        }
        devices = now;
    }

    private record Attribute(String file, Metric.Scalar metric) {}

    /** One interface and what was last read of it. */
    private final class Device {

        final File directory;
        private final String[] label;
        private final List<File> lively;
        private final List<File> whenUp;
        private final File operstate;
        private final File flags;
        private final File duplex;
        private final File speed;
        private final double[] steady = new double[STEADY.length];
        private boolean hasSpeed = true;
        private boolean hasDuplex = true;
        private String[] info = new String[0];

        Device(String name) {
            this.directory = new File(NetclassSource.this.directory, name);
            this.label = new String[] {name};
            this.lively = filesOf(LIVELY);
            this.whenUp = filesOf(WHEN_UP);
            this.operstate = new File(directory, "operstate");
            this.flags = new File(directory, "flags");
            this.duplex = new File(directory, "duplex");
            this.speed = new File(directory, "speed");
        }

        private List<File> filesOf(Attribute[] attributes) {
            return Arrays.stream(attributes)
                    .map(attribute -> new File(directory, attribute.file))
                    .toList();
        }

        void readSteady() {
            for (int i = 0; i < STEADY.length; i++) {
                steady[i] = files.number(new File(directory, STEADY[i].file));
            }
            info = new String[] {
                label[0],
                files.string(new File(directory, "address")),
                files.string(new File(directory, "broadcast")),
                "",
                "",
                "",
                files.string(new File(directory, "ifalias"))
            };
        }

        void report(SampleSink sink) {
            double bits = files.number(flags);
            boolean administrativelyUp = bits >= 0 && ((long) bits & IFF_UP) != 0;
            String state = files.string(operstate);
            String duplexNow = "";
            if (administrativelyUp && hasDuplex) {
                duplexNow = files.string(duplex);
                hasDuplex = !duplexNow.isEmpty();
            }
            reportInfo(duplexNow, state, Double.isNaN(bits) ? "unknown" : administrativelyUp ? "up" : "down", sink);
            sink.set(UP, state.equals("up") ? 1 : 0, label);
            set(sink, FLAGS, bits);
            for (int i = 0; i < STEADY.length; i++) {
                set(sink, STEADY[i].metric, steady[i]);
            }
            for (int i = 0; i < LIVELY.length; i++) {
                set(sink, LIVELY[i].metric, files.number(lively.get(i)));
            }
            if (administrativelyUp) {
                for (int i = 0; i < WHEN_UP.length; i++) {
                    set(sink, WHEN_UP[i].metric, files.number(whenUp.get(i)));
                }
                reportSpeed(sink);
            }
        }

        private void reportSpeed(SampleSink sink) {
            if (hasSpeed) {
                double megabits = files.number(speed);
                hasSpeed = !Double.isNaN(megabits);
                // -1: the driver does not know.
                if (megabits >= 0) {
                    sink.set(SPEED, megabits * BYTES_PER_MEGABIT, label);
                }
            }
        }

        private void reportInfo(String duplexNow, String state, String administrative, SampleSink sink) {
            if (!info[3].equals(duplexNow) || !info[4].equals(state) || !info[5].equals(administrative)) {
                info = new String[] {info[0], info[1], info[2], duplexNow, state, administrative, info[6]};
            }
            sink.set(INFO, 1, info);
        }

        private void set(SampleSink sink, Metric.Scalar metric, double value) {
            boolean possible = value >= 0 || !(metric instanceof Counter);
            if (possible && !Double.isNaN(value)) {
                sink.set(metric, value, label);
            }
        }
    }
}
