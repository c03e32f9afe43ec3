package org.hearthwatch.collector.host.machine;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/** Open files of the whole machine, from {@code /proc/sys/fs/file-nr}: allocated, unused, maximum. */
public final class FilefdSource implements Source {

    static final Gauge ALLOCATED = Gauge.of("node_filefd_allocated", "Open file descriptions");
    static final Gauge MAXIMUM = Gauge.of("node_filefd_maximum", "Open file descriptions the kernel allows");

    private final HostPaths paths;
    private final KernelFiles files;

    public FilefdSource(HostPaths paths, KernelFiles files) {
        this.paths = paths;
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("sys/fs/file-nr")), sink);
    }

    static void report(KernelText fileNr, SampleSink sink) throws IOException {
        fileNr.nextLine();
        sink.set(ALLOCATED, fileNr.nextNumber());
        fileNr.nextNumber();
        sink.set(MAXIMUM, fileNr.nextNumber());
    }
}
