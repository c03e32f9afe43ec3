package org.hearthwatch.collector.host.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Metric;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/**
 * How each processor gets on with incoming packets, from {@code /proc/net/softnet_stat}: hexadecimal columns, of which
 * newer kernels have more. The processor stands in the thirteenth; older kernels leave it to the line's number.
 */
public final class SoftnetSource implements Source {

    private static final int BACKLOG = 11;
    private static final int CPU = 12;
    private static final int COLUMNS = 13;
    private static final int MOST_CPUS = 8192;

    /** By column; those between are no longer used by the kernel. */
    private static final Metric.Scalar[] METRICS = new Metric.Scalar[COLUMNS];

    static {
        METRICS[0] = counter("processed", "Packets processed");
        METRICS[1] = counter("dropped", "Packets dropped because the queue was full");
        METRICS[2] = counter("times_squeezed", "How often processing stopped with packets left");
        METRICS[8] = counter("cpu_collision", "Collisions on the send lock");
        METRICS[9] = counter("received_rps", "Wake-ups by another processor to process packets");
        METRICS[10] = counter("flow_limit_count", "How often the flow limit was reached");
        METRICS[BACKLOG] = Gauge.of("node_softnet_backlog_len", "Packets in the backlog", "cpu");
    }

    private final HostPaths paths;
    private final KernelFiles files;
    private final List<String[]> labels = new ArrayList<>();
    private final double[] values = new double[COLUMNS];

    public SoftnetSource(HostPaths paths, KernelFiles files) {
        this.paths = paths;
        this.files = files;
    }

    private static Counter counter(String name, String help) {
        return Counter.of("node_softnet_" + name + "_total", help, "cpu");
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("net/softnet_stat")), sink);
    }

    void report(KernelText lines, SampleSink sink) throws IOException {
        for (int line = 0; lines.nextLine() && line < MOST_CPUS; line++) {
            int columns = 0;
            while (columns < COLUMNS && lines.nextWord()) {
                values[columns++] = lines.hexNumber();
            }
            if (columns < 3) {
                throw lines.malformed("at least three columns");
            }
            String[] label = label(columns > CPU ? values[CPU] : line);
            for (int i = 0; i < Math.min(columns, CPU); i++) {
                if (METRICS[i] != null) {
                    sink.set(METRICS[i], values[i], label);
                }
            }
        }
    }

    private String[] label(double cpu) {
        int number = (int) Math.min(cpu, MOST_CPUS);
        while (labels.size() <= number) {
            labels.add(new String[] {Integer.toString(labels.size())});
        }
        return labels.get(number);
    }
}
