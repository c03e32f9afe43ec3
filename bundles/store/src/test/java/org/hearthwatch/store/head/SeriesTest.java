package org.hearthwatch.store.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.Histograms;
import org.hearthwatch.store.chunk.HistogramCodec;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Labels LABELS = Labels.of("__name__", "m");

    /** From here on a value stands for a histogram. */
    private static final long HISTOGRAM = 1000;

    private final Head head = new Head(16);
    private final Series series = head.add(1, LABELS);
    private final Tally tally = head.tally();

    private record Step(int kind, long time, long value) {}

    @Test
    void behaves_like_a_sorted_map_whatever_the_order_and_kind_of_samples() {
        ForAll.lists(400, 600, SeriesTest::step).check(steps -> {
            var head = new Head(16);
            var tally = head.tally();
            Series series = head.add(1, LABELS);
            var expected = new TreeMap<Long, Long>();
            Optional<Cut> cut = Optional.empty();
            var inCut = new TreeMap<Long, Long>();
            for (Step step : steps) {
                switch (step.kind) {
                    case 95 -> {
                        if (cut.isEmpty()) {
                            inCut.clear();
                            inCut.putAll(expected.headMap(step.time));
                            Cut begun = head.cut(List.of(series), step.time);
                            assertThat(begun.size()).isEqualTo(inCut.isEmpty() ? 0 : 1);
                            cut = Optional.of(begun);
                            assertThat(read(begun)).isEqualTo(inCut);
                        }
                    }
                    case 96 -> {
                        if (cut.isPresent()) {
                            cut.get().drop();
                            cut.get().close();
                            expected.keySet().removeAll(inCut.keySet());
                            cut = Optional.empty();
                        }
                    }
                    case 97 -> {
                        if (cut.isEmpty()) {
                            series.dropBefore(step.time / 2, true, tally);
                            expected.headMap(step.time / 2).clear();
                        } else {
                            cut.get().close();
                            cut = Optional.empty();
                        }
                    }
                    case 98, 99 -> {
                        long to = step.time + step.value * 10;
                        assertThat(read(series, step.time, to)).isEqualTo(expected.subMap(step.time, true, to, true));
                        assertThat(series.hasSamples(step.time, to))
                                .isEqualTo(!expected.subMap(step.time, true, to, true)
                                        .isEmpty());
                    }
                    default -> assertThat(append(series, step, tally)).isEqualTo(put(expected, step));
                }
                head.add(tally);
                assertThat(head.sampleCount()).isEqualTo(expected.size());
            }
            assertThat(read(series, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected);
            assertThat(series.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(head.sampleBytes()).isEqualTo(series.heapBytes());
            for (long notAfter : new long[] {100, 300, Long.MAX_VALUE}) {
                var newest = series.newest(notAfter);
                assertThat(newest == null ? null : newest.timestamp()).isEqualTo(expected.floorKey(notAfter));
            }
        });
    }

    private static Map<Long, Long> read(Cut cut) {
        var buffer = new SampleBuffer();
        for (int i = 0; i < cut.size(); i++) {
            cut.read(i, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
        }
        return mapOf(buffer);
    }

    private static Outcome append(Series series, Step step, Tally tally) {
        return step.value < HISTOGRAM
                ? series.append(step.time, step.value, Long.MIN_VALUE, tally)
                : series.append(step.time, Histograms.growing(step.value), Long.MIN_VALUE, tally);
    }

    @Test
    void what_is_older_than_allowed_is_refused_but_a_duplicate_is_not() {
        series.append(100, 7, 0, tally);
        series.append(200, 7, 0, tally);

        assertThat(series.append(100, 7, 150, tally)).isEqualTo(Outcome.DUPLICATE);
        assertThat(series.append(100, 8, 150, tally)).isEqualTo(Outcome.CONFLICT);
        assertThat(series.append(149, 7, 150, tally)).isEqualTo(Outcome.TOO_OLD);
        assertThat(series.append(150, 7, 150, tally)).isEqualTo(Outcome.STORED);
        assertThat(series.append(250, 7, 300, tally)).isEqualTo(Outcome.TOO_OLD);
    }

    @Test
    void a_number_and_a_histogram_of_one_time_are_in_conflict() {
        series.append(100, 7, 0, tally);
        series.append(200, Histograms.growing(3), 0, tally);

        assertThat(series.append(100, Histograms.growing(3), 0, tally)).isEqualTo(Outcome.CONFLICT);
        assertThat(series.append(200, 7, 0, tally)).isEqualTo(Outcome.CONFLICT);
        assertThat(series.append(200, Histograms.growing(4), 0, tally)).isEqualTo(Outcome.CONFLICT);
        assertThat(series.append(200, Histograms.growing(3), 0, tally)).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void the_newest_sample_may_be_a_histogram() {
        series.append(100, 7, 0, tally);
        series.append(200, Histograms.growing(3), 0, tally);

        assertThat(series.newest(Long.MAX_VALUE))
                .satisfies(sample -> assertThat(sample.histogram()).contains(Histograms.growing(3)));
        assertThat(series.newest(150))
                .satisfies(sample -> assertThat(sample.histogram()).isEmpty());
    }

    @Test
    void dropping_whole_chunks_takes_no_sample_that_is_new_enough() {
        ForAll.cases(200, random -> random.nextInt(2000)).check(floor -> {
            var head = new Head(16);
            var series = head.add(1, LABELS);
            var tally = head.tally();
            for (int i = 0; i < 200; i++) {
                series.append(10L * i, i, Long.MIN_VALUE, tally);
            }

            series.dropBefore(floor, false, tally);

            assertThat(read(series, floor, Long.MAX_VALUE)).hasSize(200 - (floor + 9) / 10);
        });
    }

    @Test
    void a_series_that_is_forgotten_takes_nothing_more() {
        assertThat(series.retire()).isTrue();

        assertThat(series.append(1, 1, 0, tally)).isEqualTo(Outcome.GONE);
        assertThat(tally.samples()).isZero();
    }

    @Test
    void readers_see_a_growing_series_without_gaps_or_foreign_values() throws Exception {
        series.append(0, 0, 0, tally);
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
            series.append(i, i * 3, 0, tally);
        }
        for (Thread reader : readers) {
            reader.join(20_000);
            assertThat(reader.isAlive()).isFalse();
        }

        assertThat(failure.get()).isNull();
    }

    @Test
    void chunks_of_late_samples_stay_small() {
        for (int i = 500; i > 0; i--) {
            series.append(i, 0, Long.MIN_VALUE, tally);
        }

        assertThat(List.of(series.chunks())).allMatch(chunk -> chunk.count() <= 32);
    }

    @Test
    void a_flood_of_samples_of_any_age_in_any_order_takes_little_more_room_than_in_order() {
        var full = new Head(120);
        var ordered = full.tally();
        var shuffled = full.tally();
        var one = full.add(1, LABELS);
        var other = full.add(2, LABELS.with("other", "1"));
        var random = new SplittableRandom(5);
        int samples = 60_000;
        long day = 86_400_000L;
        for (long i = 0; i < samples; i++) {
            one.append(i * day, i, Long.MIN_VALUE, ordered);
            long place = i * 48_271 % 60_013;
            other.append(place * day + random.nextInt(1000), place, Long.MIN_VALUE, shuffled);
        }

        assertThat(shuffled.samples()).isEqualTo(samples);
        assertThat(shuffled.bytes).isLessThan(3 * ordered.bytes + 8L * samples);
        assertThat(other.chunks().length).isLessThan(samples / 60);
    }

    private static Outcome put(Map<Long, Long> samples, Step step) {
        Long before = samples.putIfAbsent(step.time, step.value);
        if (before == null) {
            return Outcome.STORED;
        }
        return before == step.value ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }

    private static Map<Long, Long> read(Series series, long from, long to) {
        var buffer = new SampleBuffer();
        series.read(from, to, buffer);
        return mapOf(buffer);
    }

    private static Map<Long, Long> mapOf(SampleBuffer buffer) {
        var samples = new TreeMap<Long, Long>();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < buffer.size(); i++) {
            assertThat(buffer.timestamp(i)).isGreaterThan(before);
            before = buffer.timestamp(i);
            var histogram = buffer.histogram(i);
            long value = histogram.isPresent()
                    ? (long) histogram.get().zeroCount()
                    : Double.doubleToRawLongBits(buffer.value(i));
            histogram.ifPresent(it -> assertThat(HistogramCodec.identical(it, Histograms.growing(value)))
                    .isTrue());
            samples.put(before, value);
        }
        return samples;
    }

    private static Step step(SplittableRandom random) {
        return new Step(
                random.nextInt(100), random.nextInt(500), random.nextInt(3) + (random.nextInt(4) == 0 ? HISTOGRAM : 0));
    }
}
