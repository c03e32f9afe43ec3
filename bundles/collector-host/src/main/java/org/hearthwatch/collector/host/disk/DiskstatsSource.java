package org.hearthwatch.collector.host.disk;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/**
 * Traffic of each block device, from {@code /proc/diskstats} (sectors are 512 bytes whatever the device says, times are
 * milliseconds), with what {@link UdevDatabase} knows of it. Columns that an older kernel lacks are not reported.
 */
public final class DiskstatsSource implements Source {

    static final Gauge INFO = Gauge.of(
            "node_disk_info",
            "What the block device is; the value is 1",
            "device",
            "major",
            "minor",
            "path",
            "wwn",
            "model",
            "serial",
            "revision",
            "rotational");

    private static final double SECTOR = 512;
    private static final double MILLIS = 1000;
    private static final int MOST_DEVICES = 4096;
    /** Udev's knowledge is asked for again after so many runs: a disk may have been exchanged under the same name. */
    private static final int REFRESH_RUNS = 20;

    private static final Column[] COLUMNS = {
        counter("reads_completed_total", "Reads completed", 1, 1),
        counter("reads_merged_total", "Reads merged with a neighbour before they were queued", 1, 1),
        counter("read_bytes_total", "Bytes read", SECTOR, 1),
        counter("read_time_seconds_total", "Seconds spent by all reads", 1, MILLIS),
        counter("writes_completed_total", "Writes completed", 1, 1),
        counter("writes_merged_total", "Writes merged with a neighbour before they were queued", 1, 1),
        counter("written_bytes_total", "Bytes written", SECTOR, 1),
        counter("write_time_seconds_total", "Seconds spent by all writes", 1, MILLIS),
        new Column(Gauge.of("node_disk_io_now", "Requests in flight", "device"), 1, 1),
        counter("io_time_seconds_total", "Seconds in which at least one request was in flight", 1, MILLIS),
        counter("io_time_weighted_seconds_total", "Seconds in flight summed over all requests", 1, MILLIS),
        counter("discards_completed_total", "Discards completed", 1, 1),
        counter("discards_merged_total", "Discards merged with a neighbour", 1, 1),
        counter("discarded_sectors_total", "Sectors discarded", 1, 1),
        counter("discard_time_seconds_total", "Seconds spent by all discards", 1, MILLIS),
        counter("flush_requests_total", "Flushes completed", 1, 1),
        counter("flush_requests_time_seconds_total", "Seconds spent by all flushes", 1, MILLIS)
    };

    private final HostPaths paths;
    private final KernelFiles files;
    private final UdevDatabase udev;
    private final WordCache<Device> devices;
    private int runs;

    /** @param reported which devices */
    public DiskstatsSource(HostPaths paths, KernelFiles files, NameFilter reported) {
        this.paths = paths;
        this.files = files;
        this.udev = new UdevDatabase(paths.udevData().toFile());
        this.devices =
                new WordCache<>(MOST_DEVICES, name -> new Device(name, new String[] {name}, reported.accepts(name)));
    }

    private static Column counter(String name, String help, double times, double per) {
        return new Column(Counter.of("node_disk_" + name, help, "device"), times, per);
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        if (runs == REFRESH_RUNS) {
            devices.clear();
            runs = 0;
        }
        runs++;
        report(files.read(paths.proc("diskstats")), sink);
    }

    private void report(KernelText diskstats, SampleSink sink) throws IOException {
        while (diskstats.nextLine()) {
            double major = diskstats.nextNumber();
            double minor = diskstats.nextNumber();
            if (!diskstats.nextWord()) {
                throw diskstats.malformed("a device name");
            }
            Device device = devices.of(diskstats);
            if (!device.reported) {
                continue;
            }
            int column = 0;
            while (column < COLUMNS.length && diskstats.nextWord()) {
                Column described = COLUMNS[column++];
                double value = diskstats.signedNumber() * described.times / described.per;
                // The kernel once counted requests in flight below zero; no true value is negative.
                sink.set(described.metric, Math.max(0, value), device.label);
            }
            if (!device.described) {
                device.describe((long) major, (long) minor, udev, rotational(device.name));
            }
            device.facts.report(sink);
        }
    }

    private String rotational(String device) {
        // A slash in a device's name (cciss/c0d0) is an exclamation mark in sysfs. A reader of its own: the shared one
        // is in the middle of diskstats.
        var file = new File(paths.sys("block"), device.replace('/', '!') + "/queue/rotational");
        return new KernelFiles().string(file).equals("1") ? "1" : "0";
    }

    private record Column(Metric.Scalar metric, double times, double per) {}

    private static final class Device {

        final String name;
        final String[] label;
        final boolean reported;
        boolean described;
        DeviceFacts facts = DeviceFacts.NONE;

        Device(String name, String[] label, boolean reported) {
            this.name = name;
            this.label = label;
            this.reported = reported;
        }

        void describe(long major, long minor, UdevDatabase udev, String rotational) {
            facts = DeviceFacts.of(name, major, minor, udev.blockDevice(major, minor), rotational);
            described = true;
        }
    }
}
