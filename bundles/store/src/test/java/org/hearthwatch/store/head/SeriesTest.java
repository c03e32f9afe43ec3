package org.hearthwatch.store.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Labels LABELS = Labels.of("__name__", "m");

    private record Step(int kind, long time, long bits) {}

    @Test
    void behaves_like_a_sorted_map_whatever_the_order_of_samples() {
        ForAll.lists(400, 600, SeriesTest::step).check(steps -> {
            var series = new Series(1, LABELS, 16);
            var expected = new TreeMap<Long, Long>();
            for (Step step : steps) {
                if (step.kind < 97) {
                    assertThat(series.append(step.time, step.bits, Long.MIN_VALUE))
                            .isEqualTo(put(expected, step));
                } else if (step.kind == 97) {
                    series.dropBefore(step.time, true);
                    expected.headMap(step.time).clear();
                } else {
                    long to = step.time + step.bits * 10;
                    assertThat(read(series, step.time, to)).isEqualTo(expected.subMap(step.time, true, to, true));
                    assertThat(series.hasSamples(step.time, to))
                            .isEqualTo(
                                    !expected.subMap(step.time, true, to, true).isEmpty());
                }
            }
            assertThat(read(series, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected);
            assertThat(series.isEmpty()).isEqualTo(expected.isEmpty());
            for (long notAfter : new long[] {100, 300, Long.MAX_VALUE}) {
                var newest = series.newest(notAfter);
                assertThat(newest == null ? null : newest.timestamp()).isEqualTo(expected.floorKey(notAfter));
            }
        });
    }

    @Test
    void what_is_older_than_allowed_is_refused_but_a_duplicate_is_not() {
        var series = new Series(1, LABELS, 16);
        series.append(100, 7, 0);
        series.append(200, 7, 0);

        assertThat(series.append(100, 7, 150)).isEqualTo(Outcome.DUPLICATE);
        assertThat(series.append(100, 8, 150)).isEqualTo(Outcome.CONFLICT);
        assertThat(series.append(149, 7, 150)).isEqualTo(Outcome.TOO_OLD);
        assertThat(series.append(150, 7, 150)).isEqualTo(Outcome.STORED);
        assertThat(series.append(250, 7, 300)).isEqualTo(Outcome.TOO_OLD);
    }

    @Test
    void dropping_whole_chunks_takes_no_sample_that_is_new_enough() {
        ForAll.cases(200, random -> random.nextInt(2000)).check(floor -> {
            var series = new Series(1, LABELS, 16);
            for (int i = 0; i < 200; i++) {
                series.append(10L * i, i, Long.MIN_VALUE);
            }

            series.dropBefore(floor, false);

            assertThat(read(series, floor, Long.MAX_VALUE)).hasSize(200 - (floor + 9) / 10);
        });
    }

    @Test
    void readers_see_a_growing_series_without_gaps_or_foreign_values() throws Exception {
        var series = new Series(1, LABELS, 16);
        series.append(0, 0, 0);
        var failure = new AtomicReference<Throwable>();
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            var reader = new Thread(() -> {
                try {
                    int seen = 0;
                    while (seen < 30_000) {
                        var samples = read(series, seen, Long.MAX_VALUE);
                        for (var sample : samples.entrySet()) {
                            assertThat(sample.getValue()).isEqualTo(sample.getKey() * 3);
                            assertThat(sample.getKey()).isEqualTo(seen);
                            seen++;
                        }
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            reader.start();
            readers.add(reader);
        }

        for (long i = 1; i < 30_000; i++) {
            series.append(i, i * 3, 0);
        }
        for (Thread reader : readers) {
            reader.join(20_000);
            assertThat(reader.isAlive()).isFalse();
        }

        assertThat(failure.get()).isNull();
    }

    private static Outcome put(Map<Long, Long> samples, Step step) {
        Long before = samples.putIfAbsent(step.time, step.bits);
        if (before == null) {
            return Outcome.STORED;
        }
        return before == step.bits ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }

    private static Map<Long, Long> read(Series series, long from, long to) {
        var buffer = new SampleBuffer();
        series.read(from, to, buffer);
        var samples = new TreeMap<Long, Long>();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < buffer.size(); i++) {
            assertThat(buffer.timestamp(i)).isGreaterThan(before);
            before = buffer.timestamp(i);
            samples.put(before, Double.doubleToRawLongBits(buffer.value(i)));
        }
        return samples;
    }

    private static Step step(SplittableRandom random) {
        return new Step(random.nextInt(100), random.nextInt(500), random.nextInt(3));
    }

    @Test
    void chunks_of_late_samples_stay_small() {
        var series = new Series(1, LABELS, 16);
        for (int i = 500; i > 0; i--) {
            series.append(i, 0, Long.MIN_VALUE);
        }

        assertThat(List.of(series.chunks())).allMatch(chunk -> chunk.count() <= 32);
    }
}
