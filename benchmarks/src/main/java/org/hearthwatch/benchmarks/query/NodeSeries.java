package org.hearthwatch.benchmarks.query;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.benchmarks.store.Feed;
import org.hearthwatch.benchmarks.store.Server;
import org.hearthwatch.benchmarks.store.Snappy;
import org.hearthwatch.benchmarks.store.WriteRequest;

/** One host's series under the names node_exporter gives them, as the dashboard's page asks for them. */
final class NodeSeries {

    private static final int CPUS = 8;
    private static final String[] MODES = {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"};
    private static final String[] DISKS = {"nvme0n1", "nvme1n1", "sda", "sdb"};
    private static final String[] CARDS = {"lo", "eth0", "eth1", "docker0", "br0"};
    private static final String[] MOUNTS = {"/", "/boot", "/home", "/srv", "/var"};
    private static final String[] OF_DISK = {
        "reads_completed",
        "writes_completed",
        "read_bytes",
        "written_bytes",
        "io_time_seconds",
        "read_time_seconds",
        "write_time_seconds"
    };
    private static final String[] OF_CARD = {
        "receive_bytes",
        "transmit_bytes",
        "receive_packets",
        "transmit_packets",
        "receive_errs",
        "transmit_errs",
        "receive_drop",
        "transmit_drop"
    };
    private static final String[] OF_MEMORY = {
        "MemTotal",
        "MemFree",
        "MemAvailable",
        "Buffers",
        "Cached",
        "SReclaimable",
        "SwapTotal",
        "SwapFree",
        "Dirty",
        "Active",
        "Inactive"
    };

    private final String instance;
    private final SplittableRandom random;
    private final List<Labels> identities = new ArrayList<>();
    private final List<Double> growth = new ArrayList<>();
    private final double[] sums;

    NodeSeries(int host) {
        instance = "node-" + host + ".example:9100";
        random = new SplittableRandom(host);
        for (int cpu = 0; cpu < CPUS; cpu++) {
            for (String mode : MODES) {
                counter("node_cpu_seconds_total", 1.9, "cpu", Integer.toString(cpu), "mode", mode);
            }
        }
        for (String figure : OF_DISK) {
            for (String disk : DISKS) {
                counter("node_disk_" + figure + "_total", 3000, "device", disk);
            }
        }
        for (String figure : OF_CARD) {
            for (String card : CARDS) {
                counter("node_network_" + figure + "_total", 90_000, "device", card);
            }
        }
        for (String mount : MOUNTS) {
            for (String figure : new String[] {"size_bytes", "avail_bytes", "free_bytes", "files", "files_free"}) {
                gauge("node_filesystem_" + figure, "device", "/dev" + mount, "fstype", "ext4", "mountpoint", mount);
            }
        }
        for (String figure : OF_MEMORY) {
            gauge("node_memory_" + figure + "_bytes");
        }
        for (String figure : new String[] {"load1", "load5", "load15", "procs_running", "procs_blocked", "boot_time"}) {
            gauge("node_" + figure);
        }
        counter("node_context_switches_total", 90_000);
        counter("node_intr_total", 60_000);
        gauge("up");
        sums = new double[identities.size()];
    }

    private void counter(String name, double perRound, String... labels) {
        add(name, labels);
        growth.add(perRound);
    }

    private void gauge(String name, String... labels) {
        add(name, labels);
        growth.add(0.0);
    }

    private void add(String name, String... labels) {
        var builder = Labels.of(labels).toBuilder();
        identities.add(builder.set(Labels.NAME, name)
                .set("instance", instance)
                .set("job", "exporter")
                .build());
    }

    /** All hosts' series as they go to one server, in one request. */
    static Feed.Company sender(Server server, int hosts, long start, int interval) {
        var all = new ArrayList<NodeSeries>();
        var identities = new ArrayList<Labels>();
        for (int host = 0; host < hosts; host++) {
            all.add(new NodeSeries(host));
            identities.addAll(all.get(host).identities);
        }
        var request = new WriteRequest(identities);
        var snappy = new Snappy();
        return (round, rounds) -> {
            var times = new long[rounds];
            var values = new double[rounds][identities.size()];
            for (int i = 0; i < rounds; i++) {
                times[i] = start + (long) (round + i) * interval;
                int at = 0;
                for (NodeSeries each : all) {
                    double[] next = each.next();
                    System.arraycopy(next, 0, values[i], at, next.length);
                    at += next.length;
                }
            }
            byte[] encoded = request.encode(times, values);
            server.write(snappy.compress(encoded, request.size()));
        };
    }

    private double[] next() {
        for (int i = 0; i < sums.length; i++) {
            double perRound = growth.get(i);
            if (perRound > 0) {
                double more = sums[i] + perRound * random.nextDouble(2);
                sums[i] = perRound < 10 ? Math.rint(more * 100) / 100 : Math.rint(more);
            } else {
                sums[i] = random.nextInt(4) == 0 || sums[i] == 0 ? Math.rint(random.nextDouble(0.5, 1) * 4e9) : sums[i];
            }
        }
        return sums.clone();
    }
}
