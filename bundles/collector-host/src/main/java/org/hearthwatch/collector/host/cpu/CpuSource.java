package org.hearthwatch.collector.host.cpu;

import java.io.IOException;
import java.util.Arrays;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.WordCache;

/**
 * Time each processor spent in each mode, from {@code /proc/stat}, with what {@link CpuTopology} and {@link CpuInfo} know
 * of it. Guest time is also contained in user and nice time: never add the two.
 *
 * <p>The kernel lets some of these counters step back by a few ticks (idle and iowait above all), which a counter must
 * not: as in node_exporter the highest value seen stays until idle time falls by more than {@value #HOTPLUG_SECONDS}
 * seconds, which means that the processor was taken out and put back.
 */
public final class CpuSource implements Source {

    static final Counter SECONDS =
            Counter.of("node_cpu_seconds_total", "Seconds the processor spent in each mode", "cpu", "mode");
    static final Counter GUEST_SECONDS = Counter.of(
            "node_cpu_guest_seconds_total",
            "Seconds the processor spent running guests; contained in user and nice time as well",
            "cpu",
            "mode");

    /** USER_HZ, which Linux shows to programs on every architecture it matters for. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double HOTPLUG_SECONDS = 3;
    private static final int MOST_CPUS = 8192;
    private static final String[] MODES = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};
    private static final String[] GUEST_MODES = {"user", "nice"};
    private static final int IDLE = 3;

    private final HostPaths paths;
    private final KernelFiles files;
    private final CpuTopology topology;
    private final CpuInfo info;
    private final WordCache<Cpu> cpus = new WordCache<>(MOST_CPUS, Cpu::new);
    private final double[] ticks = new double[MODES.length + GUEST_MODES.length];

    public CpuSource(HostPaths paths, KernelFiles files, CpuInfo info) {
        this.paths = paths;
        this.files = files;
        this.topology = new CpuTopology(paths, files);
        this.info = info;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        report(files.read(paths.proc("stat")), sink);
        topology.read(sink);
        info.read(sink);
    }

    void report(KernelText stat, SampleSink sink) throws IOException {
        while (stat.nextLine()) {
            stat.nextWord();
            if (stat.wordStartsWith("cpu") && stat.wordLength() > 3) {
                stat.dropFromWord(3);
                Cpu cpu = cpus.of(stat);
                int columns = 0;
                while (columns < ticks.length && stat.nextWord()) {
                    ticks[columns++] = stat.number();
                }
                if (columns <= IDLE) {
                    throw stat.malformed("at least four times");
                }
                Arrays.fill(ticks, columns, ticks.length, 0);
                cpu.advance(ticks);
                cpu.report(sink);
            }
        }
    }

    /** What one processor was last seen at. */
    private static final class Cpu {

        private final String[][] labels = new String[MODES.length + GUEST_MODES.length][];
        private final double[] ticks = new double[MODES.length + GUEST_MODES.length];

        Cpu(String number) {
            for (int i = 0; i < labels.length; i++) {
                String mode = i < MODES.length ? MODES[i] : GUEST_MODES[i - MODES.length];
                labels[i] = new String[] {number, mode};
            }
        }

        void advance(double[] now) {
            if (ticks[IDLE] - now[IDLE] >= HOTPLUG_SECONDS * TICKS_PER_SECOND) {
                Arrays.fill(ticks, 0);
            }
            for (int i = 0; i < ticks.length; i++) {
                ticks[i] = Math.max(ticks[i], now[i]);
            }
        }

        void report(SampleSink sink) {
            for (int i = 0; i < labels.length; i++) {
                sink.set(i < MODES.length ? SECONDS : GUEST_SECONDS, ticks[i] / TICKS_PER_SECOND, labels[i]);
            }
        }
    }
}
