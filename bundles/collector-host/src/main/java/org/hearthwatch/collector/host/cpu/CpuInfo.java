package org.hearthwatch.collector.host.cpu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/**
 * What {@code /proc/cpuinfo} says of each processor. Kept, and read again only every {@value #REFRESH_RUNS} runs: the file
 * is slow to make on large machines, and a processor does not change its model.
 */
public final class CpuInfo {

    static final Gauge INFO = Gauge.of(
            "node_cpu_info",
            "What the processor is; the value is 1",
            "package",
            "core",
            "cpu",
            "vendor",
            "family",
            "model",
            "model_name",
            "microcode",
            "stepping",
            "cachesize");
    static final Gauge FREQUENCY =
            Gauge.of("node_cpu_frequency_hertz", "Processor frequency, from /proc/cpuinfo", "package", "core", "cpu");
    static final Gauge FLAG =
            Gauge.of("node_cpu_flag_info", "A feature of the first processor; the value is 1", "flag");
    static final Gauge BUG = Gauge.of("node_cpu_bug_info", "A fault of the first processor; the value is 1", "bug");

    private static final int REFRESH_RUNS = 40;
    private static final double HERTZ_PER_MEGAHERTZ = 1e6;

    private final HostPaths paths;
    private final KernelFiles files;
    private final Settings settings;
    private List<Processor> processors = List.of();
    private int runs;

    /**
     * What is reported.
     *
     * @param enabled {@code node_cpu_info}, and then the others
     * @param frequency the frequency of each processor too, for when the cpufreq source is off
     * @param flags which features, found anywhere in the name; empty means none
     * @param bugs which faults, found anywhere in the name; empty means none
     */
    public record Settings(boolean enabled, boolean frequency, String flags, String bugs) {}

    public CpuInfo(HostPaths paths, KernelFiles files, Settings settings) {
        this.paths = paths;
        this.files = files;
        this.settings = settings;
    }

    void read(SampleSink sink) throws IOException {
        if (!settings.enabled) {
            return;
        }
        if (settings.frequency || runs == 0) {
            processors = parse(files.read(paths.proc("cpuinfo")));
        }
        runs = (runs + 1) % REFRESH_RUNS;
        for (Processor processor : processors) {
            sink.set(INFO, 1, processor.labels);
            if (settings.frequency && processor.megahertz > 0) {
                String[] labels = processor.labels;
                sink.set(FREQUENCY, processor.megahertz * HERTZ_PER_MEGAHERTZ, labels[0], labels[1], labels[2]);
            }
        }
        if (!processors.isEmpty()) {
            reportMatching(sink, FLAG, settings.flags, processors.get(0).flags);
            reportMatching(sink, BUG, settings.bugs, processors.get(0).bugs);
        }
    }

    private static void reportMatching(SampleSink sink, Gauge metric, String include, String words) {
        if (include.isEmpty() || words.isEmpty()) {
            return;
        }
        Pattern pattern = Pattern.compile(include);
        for (String word : words.split(" ", -1)) {
            if (pattern.matcher(word).find()) {
                sink.set(metric, 1, word);
            }
        }
    }

    static List<Processor> parse(KernelText cpuinfo) {
        var processors = new ArrayList<Processor>();
        Map<String, String> fields = new HashMap<>();
        while (cpuinfo.nextLine()) {
            if (!cpuinfo.nextUntil(':')) {
                continue;
            }
            String name = cpuinfo.word();
            cpuinfo.rest();
            if (name.equals("processor") && !fields.isEmpty()) {
                add(fields, processors);
            }
            fields.put(name, cpuinfo.word());
        }
        add(fields, processors);
        return processors;
    }

    private static void add(Map<String, String> fields, List<Processor> processors) {
        String number = fields.getOrDefault("processor", "");
        if (!number.isEmpty()) {
            String[] labels = {
                fields.getOrDefault("physical id", ""),
                fields.getOrDefault("core id", ""),
                number,
                fields.getOrDefault("vendor_id", ""),
                fields.getOrDefault("cpu family", ""),
                fields.getOrDefault("model", ""),
                fields.getOrDefault("model name", ""),
                fields.getOrDefault("microcode", ""),
                fields.getOrDefault("stepping", ""),
                fields.getOrDefault("cache size", "")
            };
            processors.add(new Processor(
                    labels,
                    megahertz(fields.getOrDefault("cpu MHz", "")),
                    fields.getOrDefault("flags", ""),
                    fields.getOrDefault("bugs", "")));
        }
        fields.clear();
    }

    private static double megahertz(String text) {
        try {
            return text.isEmpty() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** One processor: the label values of {@link #INFO}, its frequency or 0, its features and faults in one line each. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Processor(String[] labels, double megahertz, String flags, String bugs) {}
}
