package org.hearthwatch.store.block;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.FileDisk;

/** Prints what blocks cost: arguments are hosts and hours. Not a test. */
final class BlockFigures {

    /** Other programs on the machine make the clock on the wall useless. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private BlockFigures() {}

    public static void main(String[] args) throws IOException {
        int hosts = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int hours = args.length > 1 ? Integer.parseInt(args[1]) : 24;
        Path directory = Files.createTempDirectory("hearthwatch-blocks");
        try {
            for (int pass = 0; pass < 3; pass++) {
                measure(new FileDisk(directory), hosts, hours);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void measure(FileDisk disk, int hosts, int hours) throws IOException {
        var samples = new SampleBuffer();
        var source = new NodeSamples(42, hours * 240, 1_790_000_000_000L / 86_400_000 * 86_400_000);
        long writing = 0;
        BlockMeta meta;
        try (var writer = new BlockWriter(disk, "blk/raw/figures.tmp", 1, 0, true)) {
            for (int host = 0; host < hosts; host++) {
                for (int i = 0; i < NodeSamples.PER_HOST; i++) {
                    source.fill(host, i, samples);
                    long began = CPU.getCurrentThreadCpuTime();
                    writer.series(host * NodeSamples.PER_HOST + i + 1, NodeSamples.labels(host, i), samples);
                    writing += CPU.getCurrentThreadCpuTime() - began;
                }
            }
            meta = writer.finish("blk/raw/figures.blk");
        }
        double read = Double.MAX_VALUE;
        try (BlockFile block = BlockFile.open(disk, "blk/raw/figures.blk")) {
            for (int pass = 0; pass < 5; pass++) {
                long began = CPU.getCurrentThreadCpuTime();
                for (int i = 0; i < block.size(); i++) {
                    samples.clear();
                    block.read(i, Long.MIN_VALUE, Long.MAX_VALUE, samples, System.out::println);
                }
                read = Math.min(read, (double) (CPU.getCurrentThreadCpuTime() - began));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d series, %d samples: %.3f B/sample, write %.1f ns CPU/sample, read %.2f ns CPU/sample%n",
                meta.series(),
                meta.samples(),
                (double) meta.bytes() / meta.samples(),
                (double) writing / meta.samples(),
                read / meta.samples());
    }
}
