package org.hearthwatch.collector.host.cpu;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/** The load averages, from {@code /proc/loadavg}. */
public final class LoadavgSource implements Source {

    private static final Gauge[] LOADS = {
        Gauge.of("node_load1", "Mean number of processes that ran or wanted to, over 1 minute"),
        Gauge.of("node_load5", "Mean number of processes that ran or wanted to, over 5 minutes"),
        Gauge.of("node_load15", "Mean number of processes that ran or wanted to, over 15 minutes")
    };

    private final HostPaths paths;
    private final KernelFiles files;

    public LoadavgSource(HostPaths paths, KernelFiles files) {
        this.paths = paths;
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("loadavg")), sink);
    }

    static void report(KernelText loadavg, SampleSink sink) throws IOException {
        loadavg.nextLine();
        for (Gauge load : LOADS) {
            loadavg.nextWord();
            sink.set(load, loadavg.decimal());
        }
    }
}
