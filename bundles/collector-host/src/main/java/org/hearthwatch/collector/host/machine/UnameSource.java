package org.hearthwatch.collector.host.machine;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.Syscalls;
import org.hearthwatch.collector.host.kernel.SystemName;

/** What the kernel calls itself and the machine: uname(2). */
public final class UnameSource implements Source {

    static final Gauge INFO = Gauge.of(
            "node_uname_info",
            "What the kernel calls itself and the machine; the value is 1",
            "sysname",
            "release",
            "version",
            "machine",
            "nodename",
            "domainname");

    private final Syscalls syscalls;

    public UnameSource(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        SystemName name = syscalls.uname();
        sink.set(
                INFO,
                1,
                name.sysname(),
                name.release(),
                name.version(),
                name.machine(),
                name.nodename(),
                name.domainname());
    }
}
