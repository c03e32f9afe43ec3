package org.hearthwatch.store.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.disk.Disk;

/** Random samples for blocks, and blocks of them. */
final class BlockSamples {

    private BlockSamples() {}

    /** A sample by what makes it the same as another. */
    record Point(long time, Object value) {}

    static int ref(int index) {
        return 3 + 7 * index;
    }

    static Labels labels(int ref) {
        return Labels.of("__name__", "m", "instance", "host-" + ref % 5, "n", "ä" + ref);
    }

    static BlockMeta write(Disk disk, String name, boolean withLabels, List<SampleBuffer> all) throws IOException {
        try (var writer = new BlockWriter(disk, name + ".tmp", withLabels ? 1 : 0, 0, withLabels)) {
            for (int i = 0; i < all.size(); i++) {
                writer.series(ref(i), labels(ref(i)), all.get(i));
            }
            return writer.finish(name);
        }
    }

    static List<Point> read(BlockFile block, int index) throws IOException {
        return read(block, index, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static List<Point> read(BlockFile block, int index, long from, long to) throws IOException {
        var into = new SampleBuffer();
        block.read(index, from, to, into, damage -> assertThat(damage).isEmpty());
        return points(into);
    }

    static List<Point> points(SampleBuffer samples) {
        return points(samples, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static List<Point> points(SampleBuffer samples, long from, long to) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < samples.size(); i++) {
            long time = samples.timestamp(i);
            if (time >= from && time <= to) {
                Object value = samples.histogram(i)
                        .<Object>map(each -> each)
                        .orElse(Double.doubleToRawLongBits(samples.value(i)));
                points.add(new Point(time, value));
            }
        }
        return points;
    }

    /** Some series of two targets and some with times of their own. */
    static List<SampleBuffer> series(SplittableRandom random) {
        var all = new ArrayList<SampleBuffer>();
        long[] shared = times(random);
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            long[] times = random.nextInt(3) == 0 ? times(random) : shared;
            all.add(samples(random, times));
        }
        return all;
    }

    private static long[] times(SplittableRandom random) {
        var times = new long[1 + random.nextInt(random.nextBoolean() ? 20 : 3000)];
        long pace = 1L << random.nextInt(24);
        int jitter = 1 + random.nextInt(40);
        long time = random.nextLong() >> random.nextInt(4, 40);
        for (int i = 0; i < times.length; i++) {
            times[i] = time;
            time += pace + (random.nextInt(jitter) == 0 ? random.nextLong(pace) : 0);
        }
        return times;
    }

    private static SampleBuffer samples(SplittableRandom random, long[] times) {
        var samples = new SampleBuffer();
        int kind = random.nextInt(8);
        double value = random.nextInt(1000);
        for (long time : times) {
            value = next(random, kind, value);
            if (kind == 7 && random.nextInt(10) > 0) {
                samples.add(time, histogram(random));
            } else {
                samples.add(time, random.nextInt(50) == 0 ? special(random) : value);
            }
        }
        return samples;
    }

    private static double next(SplittableRandom random, int kind, double value) {
        return switch (kind) {
            case 0 -> value;
            case 1 -> value + random.nextInt(100);
            case 2 -> Math.round(value * 100 + random.nextInt(-50, 50)) / 100.0;
            case 3 -> value * (1 + (random.nextDouble() - 0.5) / 1000) + 1e-9;
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> random.nextInt(10) == 0 ? random.nextDouble() : value;
            case 6 -> 4096.0 * random.nextInt(1 << 20);
            default -> value;
        };
    }

    static double special(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Staleness.MARKER;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
            case 4 -> Double.NEGATIVE_INFINITY;
            case 5 -> Double.POSITIVE_INFINITY;
            case 6 -> Double.MIN_VALUE;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    static NativeHistogram histogram(SplittableRandom random) {
        boolean wide = random.nextInt(20) == 0;
        var spans = wide ? List.of(new Span(-2, 2), new Span(3, 2)) : List.of(new Span(1, 3));
        double[] counts = random.ints(wide ? 4 : 3, 0, 1000).asDoubleStream().toArray();
        return new NativeHistogram(
                List.of(ResetHint.values()).get(random.nextInt(4)),
                3,
                1e-3,
                random.nextInt(10),
                random.nextInt(100_000),
                random.nextDouble() * 100,
                new Buckets(spans, counts),
                wide ? new Buckets(List.of(new Span(0, 1)), random.nextInt(9)) : Buckets.NONE);
    }
}
