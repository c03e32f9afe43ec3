package org.hearthwatch.collector.host.memory;

import java.io.IOException;
import java.util.Optional;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Untyped;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NameFilter;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/** Lines of {@code /proc/vmstat} that a pattern finds: paging, swapping, faults. Without a type, as in node_exporter. */
public final class VmstatSource implements Source {

    private static final int MOST_FIELDS = 1024;

    private final HostPaths paths;
    private final KernelFiles files;
    private final WordCache<Optional<Untyped>> fields;

    /** @param kept which lines are reported */
    public VmstatSource(HostPaths paths, KernelFiles files, NameFilter kept) {
        this.paths = paths;
        this.files = files;
        this.fields = new WordCache<>(
                MOST_FIELDS, field -> kept.accepts(field) ? Optional.of(metric(field)) : Optional.empty());
    }

    private static Untyped metric(String field) {
        return Untyped.of("node_vmstat_" + field, "The line " + field + " of /proc/vmstat");
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("vmstat")), sink);
    }

    void report(KernelText vmstat, SampleSink sink) throws IOException {
        while (vmstat.nextLine()) {
            vmstat.nextWord();
            Optional<Untyped> metric = fields.of(vmstat);
            if (metric.isPresent()) {
                sink.set(metric.get(), vmstat.nextNumber());
            }
        }
    }
}
