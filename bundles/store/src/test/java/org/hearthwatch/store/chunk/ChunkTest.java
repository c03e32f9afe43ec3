package org.hearthwatch.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ChunkTest {

    private record Point(long time, long bits) {}

    @Test
    void every_sample_comes_back_bit_for_bit() {
        ForAll.cases(1000, ChunkTest::points).check(points -> {
            ValueChunkBuilder builder = build(points);

            assertThat(decode(builder.seal(), Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(points);
            assertThat(decode(builder.view(), Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(points);
            assertThat(builder.seal().count()).isEqualTo(points.size());
            assertThat(builder.seal().end()).isEqualTo(points.get(points.size() - 1).time);
        });
    }

    @Test
    void a_part_of_the_time_gives_the_samples_within() {
        ForAll.cases(300, ChunkTest::points).check(points -> {
            Chunk chunk = build(points).seal();
            long from = points.get(points.size() / 3).time;
            long to = points.get(points.size() / 2).time;

            assertThat(decode(chunk, from, to))
                    .isEqualTo(points.stream()
                            .filter(point -> point.time >= from && point.time <= to)
                            .toList());
        });
    }

    @Test
    void a_view_stays_as_it_is_while_samples_are_added() {
        ForAll.cases(200, ChunkTest::points).check(points -> {
            int half = (points.size() + 1) / 2;
            ValueChunkBuilder builder = build(points.subList(0, half));
            Chunk view = builder.view();

            points.subList(half, points.size()).forEach(point -> builder.add(point.time, point.bits));

            assertThat(decode(view, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(points.subList(0, half));
        });
    }

    @Test
    void a_constant_at_a_steady_pace_takes_two_bits_a_sample() {
        var builder = new ValueChunkBuilder(0, 0);
        for (int i = 1; i < 120; i++) {
            builder.add(i * 15_000L, 0);
        }

        assertThat(builder.seal().heapBytes() - new ValueChunkBuilder(0, 0).seal().heapBytes())
                .isLessThanOrEqualTo(120 * 2 / 8 + 3 + 7);
    }

    private static ValueChunkBuilder build(List<Point> points) {
        var builder = new ValueChunkBuilder(points.get(0).time, points.get(0).bits);
        points.stream().skip(1).forEach(point -> builder.add(point.time, point.bits));
        return builder;
    }

    private static List<Point> decode(Chunk chunk, long from, long to) {
        var buffer = new SampleBuffer();
        chunk.decode(from, to, buffer);
        var points = new ArrayList<Point>();
        for (int i = 0; i < buffer.size(); i++) {
            points.add(new Point(buffer.timestamp(i), Double.doubleToRawLongBits(buffer.value(i))));
        }
        return points;
    }

    private static List<Point> points(SplittableRandom random) {
        var points = new ArrayList<Point>();
        int size = 1 + random.nextInt(200);
        int paceBits = 1 + random.nextInt(40);
        long time = random.nextLong() >> random.nextInt(8, 40);
        double value = random.nextInt(1000);
        for (int i = 0; i < size; i++) {
            value = switch (random.nextInt(12)) {
                case 0 -> random.nextInt(1000);
                case 1 -> Staleness.MARKER;
                case 2 -> -0.0;
                case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
                case 4 -> Double.NEGATIVE_INFINITY;
                case 5 -> Double.longBitsToDouble(random.nextLong());
                case 6, 7 -> value + random.nextInt(50);
                case 8 -> Double.MIN_VALUE;
                default -> value;
            };
            points.add(new Point(time, Double.doubleToRawLongBits(value)));
            time += random.nextInt(3) > 0 ? 15_000 : 1 + (random.nextLong() >>> (64 - paceBits));
        }
        return points;
    }
}
