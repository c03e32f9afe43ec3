package org.hearthwatch.collector.host.machine;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;

/** The kernel's random pool, from {@code /proc/sys/kernel/random}. */
public final class EntropySource implements Source {

    static final Gauge AVAILABLE = Gauge.of("node_entropy_available_bits", "Bits of entropy in the pool");
    static final Gauge POOL = Gauge.of("node_entropy_pool_size_bits", "Bits of entropy the pool can hold");

    private final File available;
    private final File pool;
    private final KernelFiles files;

    public EntropySource(HostPaths paths, KernelFiles files) {
        this.available = paths.proc("sys/kernel/random/entropy_avail");
        this.pool = paths.proc("sys/kernel/random/poolsize");
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        sink.set(AVAILABLE, files.requiredNumber(available));
        sink.set(POOL, files.requiredNumber(pool));
    }
}
