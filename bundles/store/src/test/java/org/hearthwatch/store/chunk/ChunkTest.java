package org.hearthwatch.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ChunkTest {

    private record Point(long time, long bits) {}

    private final Chunks chunks = new Chunks();

    @Test
    void every_sample_comes_back_bit_for_bit() {
        ForAll.cases(1000, ChunkTest::points).check(points -> {
            Chunk chunk = chunks.copy(build(points));

            assertThat(decode(chunk, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(points);
            assertThat(chunk.count()).isEqualTo(points.size());
            assertThat(chunk.end()).isEqualTo(points.get(points.size() - 1).time);
        });
    }

    @Test
    void many_chunks_that_are_written_in_turns_and_freed_and_restored_do_not_disturb_each_other() {
        var writer = new ChunkWriter(chunks);
        ForAll.lists(100, 400, random -> random.nextLong()).check(seeds -> {
            var expected = new HashMap<Integer, List<Point>>();
            for (long seed : seeds) {
                var random = new SplittableRandom(seed);
                List<Point> points = points(random);
                List<Integer> known = new ArrayList<>(expected.keySet());
                int one = known.isEmpty() ? Chunks.NONE : known.get(random.nextInt(known.size()));
                if (one == Chunks.NONE || random.nextInt(3) == 0) {
                    expected.put(build(points), points);
                } else if (random.nextInt(3) == 0) {
                    chunks.free(one);
                    expected.remove(one);
                } else if (random.nextInt(3) == 0) {
                    Chunk chunk = chunks.copy(one);
                    chunks.free(one);
                    expected.put(writer.restore(chunk), expected.remove(one));
                } else if (!chunks.isClosed(one)) {
                    for (int i = 0; i < random.nextInt(1, 50); i++) {
                        var more = new Point(chunks.end(one) + 15_000, random.nextLong() >>> random.nextInt(64));
                        writer.add(one, more.time, more.bits);
                        expected.get(one).add(more);
                    }
                }
            }
            expected.forEach((chunk, points) -> {
                assertThat(decode(chunks.copy(chunk), Long.MIN_VALUE, Long.MAX_VALUE))
                        .isEqualTo(points);
                chunks.free(chunk);
            });
        });
    }

    @Test
    void room_that_was_freed_is_used_again_and_given_back_when_there_is_no_more_need_of_it() {
        List<Point> points = points(new SplittableRandom(1));
        long most = 0;
        for (int turn = 0; turn < 3; turn++) {
            var some = new ArrayList<Integer>();
            for (int i = 0; i < 5000; i++) {
                some.add(build(points));
            }
            assertThat(chunks.heapBytes()).isGreaterThanOrEqualTo(most);
            assertThat(turn == 0 ? 0 : chunks.heapBytes()).isLessThanOrEqualTo(most);
            most = chunks.heapBytes();
            some.forEach(chunks::free);
            chunks.shrink();
            assertThat(chunks.heapBytes()).isEqualTo(most);
        }

        chunks.shrink();

        assertThat(chunks.heapBytes()).isZero();
    }

    @Test
    void a_part_of_the_time_gives_the_samples_within() {
        ForAll.cases(300, ChunkTest::points).check(points -> {
            Chunk chunk = chunks.copy(build(points));
            long from = points.get(points.size() / 3).time;
            long to = points.get(points.size() / 2).time;

            assertThat(decode(chunk, from, to))
                    .isEqualTo(points.stream()
                            .filter(point -> point.time >= from && point.time <= to)
                            .toList());
        });
    }

    @Test
    void a_copy_stays_as_it_is_while_samples_are_added() {
        ForAll.cases(200, ChunkTest::points).check(points -> {
            int half = (points.size() + 1) / 2;
            int chunk = build(points.subList(0, half));
            Chunk copy = chunks.copy(chunk);

            var writer = new ChunkWriter(chunks);
            points.subList(half, points.size()).forEach(point -> writer.add(chunk, point.time, point.bits));

            assertThat(decode(copy, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(points.subList(0, half));
        });
    }

    @Test
    void a_constant_at_a_steady_pace_takes_two_bits_a_sample_and_one_cell() {
        var writer = new ChunkWriter(chunks);
        int chunk = writer.begin(0, 0);
        int grown = 0;
        for (int i = 1; i < 120; i++) {
            grown += writer.add(chunk, i * 15_000L, 0);
        }

        assertThat(chunks.copy(chunk).encoded()).hasSizeLessThanOrEqualTo(8 + 120 * 2 / 8 + 3);
        assertThat(grown).isZero();
    }

    private int build(List<Point> points) {
        var writer = new ChunkWriter(chunks);
        int chunk = writer.begin(points.get(0).time, points.get(0).bits);
        points.stream().skip(1).forEach(point -> writer.add(chunk, point.time, point.bits));
        return chunk;
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
