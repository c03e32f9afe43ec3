package org.hearthwatch.collector.host.memory;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/**
 * Every line of {@code /proc/meminfo}. {@code Active(anon): 12 kB} becomes {@code node_memory_Active_anon_bytes}; lines
 * without a unit are counts and get no suffix.
 */
public final class MeminfoSource implements Source {

    private static final int MOST_FIELDS = 256;
    private static final int KIBI = 1024;

    private final HostPaths paths;
    private final KernelFiles files;
    private final WordCache<Field> fields = new WordCache<>(MOST_FIELDS, Field::of);

    public MeminfoSource(HostPaths paths, KernelFiles files) {
        this.paths = paths;
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("meminfo")), sink);
    }

    void report(KernelText meminfo, SampleSink sink) throws IOException {
        while (meminfo.nextLine()) {
            if (!meminfo.nextUntil(':')) {
                throw meminfo.malformed("a name with a colon");
            }
            Field field = fields.of(meminfo);
            double value = meminfo.nextNumber();
            if (meminfo.nextWord()) {
                sink.set(field.bytes, value * KIBI);
            } else {
                sink.set(field.count, value);
            }
        }
    }

    /** The metric of a line, with and without a unit. */
    private record Field(Gauge bytes, Gauge count) {

        static Field of(String line) {
            var name = new StringBuilder("node_memory_");
            for (int i = 0; i < Math.min(line.length(), 64); i++) {
                char c = line.charAt(i);
                if (c == '(') {
                    name.append('_');
                } else if (c != ')') {
                    name.append(c < 128 && (Character.isLetterOrDigit(c) || c == '_') ? c : '_');
                }
            }
            String help = "The line " + name.substring("node_memory_".length()) + " of /proc/meminfo";
            return new Field(Gauge.of(name + "_bytes", help + ", in bytes"), Gauge.of(name.toString(), help));
        }
    }
}
