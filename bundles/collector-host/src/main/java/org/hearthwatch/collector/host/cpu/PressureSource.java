package org.hearthwatch.collector.host.cpu;

import java.io.File;
import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.jspecify.annotations.Nullable;

/**
 * Pressure stall information of {@code /proc/pressure}: for how long something ("some") or everything ("full") stood
 * still for want of a resource. Needs Linux 4.20 with {@code CONFIG_PSI}; {@code irq} comes with 6.1.
 */
public final class PressureSource implements Source {

    private static final double MICROS = 1e6;
    private static final Resource[] RESOURCES = {
        new Resource("cpu", waiting("cpu", "processor time"), null),
        new Resource("io", waiting("io", "input or output"), stalled("io", "input or output")),
        new Resource("memory", waiting("memory", "memory"), stalled("memory", "memory")),
        new Resource("irq", null, stalled("irq", "interrupts"))
    };

    private final File directory;
    private final KernelFiles files;

    public PressureSource(HostPaths paths, KernelFiles files) {
        this.directory = paths.proc("pressure");
        this.files = files;
    }

    private static Counter waiting(String resource, String of) {
        return Counter.of(
                "node_pressure_" + resource + "_waiting_seconds_total",
                "Seconds in which some processes waited for " + of);
    }

    private static Counter stalled(String resource, String of) {
        return Counter.of(
                "node_pressure_" + resource + "_stalled_seconds_total",
                "Seconds in which no process could go on because of " + of);
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        int found = 0;
        for (Resource resource : RESOURCES) {
            var file = new File(directory, resource.name);
            if (file.exists()) {
                report(files.read(file), resource, sink);
                found++;
            }
        }
        if (found == 0) {
            throw new NoDataException(directory + " is missing: the kernel keeps no pressure stall information");
        }
    }

    static void report(KernelText pressure, Resource resource, SampleSink sink) throws IOException {
        while (pressure.nextLine()) {
            pressure.nextWord();
            Counter metric = pressure.wordIs("some") ? resource.some : pressure.wordIs("full") ? resource.full : null;
            if (metric == null) {
                continue;
            }
            while (pressure.nextWord()) {
                if (pressure.wordStartsWith("total=")) {
                    pressure.dropFromWord("total=".length());
                    sink.set(metric, pressure.number() / MICROS);
                }
            }
        }
    }

    /** A resource, with the metrics of its two lines where they mean something. */
    record Resource(
            String name, @Nullable Counter some, @Nullable Counter full) {}
}
