package org.hearthwatch.store.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.SelectHints.Aspect;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class DownsamplerTest {

    @Test
    void an_interval_counts_what_is_behind_its_beginning_up_to_its_end() {
        TierBuffer intervals = intervals(10, samples(0, 5, 1, 2, 10, 4, 11, 7));

        assertThat(intervals.size()).isEqualTo(3);
        assertThat(intervals.end(0)).isZero();
        assertThat(intervals.end(1)).isEqualTo(10);
        assertThat(intervals.count(1)).isEqualTo(2);
        assertThat(intervals.sum(1)).isEqualTo(6);
        assertThat(intervals.min(1)).isEqualTo(2);
        assertThat(intervals.max(1)).isEqualTo(4);
        assertThat(intervals.last(1)).isEqualTo(4);
        assertThat(intervals.lastTime(1)).isEqualTo(10);
        assertThat(intervals.end(2)).isEqualTo(20);
    }

    @Test
    void resets_count_across_the_borders_of_intervals() {
        TierBuffer intervals = intervals(10, samples(5, 100, 15, 130, 18, 10, 25, 3, 26, 4));

        assertThat(intervals.increase(0)).isZero();
        assertThat(intervals.increase(1)).isEqualTo(30 + 10);
        assertThat(intervals.increase(2)).isEqualTo(3 + 1);
    }

    @Test
    void a_known_number_before_counts_for_the_first_interval() {
        var intervals = new TierBuffer();
        var downsampler = new Downsampler(10);
        downsampler.start(7);
        downsampler.add(samples(5, 9), intervals);
        downsampler.finish(intervals);

        assertThat(intervals.increase(0)).isEqualTo(2);
    }

    @Test
    void a_series_that_ended_ends_in_the_tier() {
        TierBuffer intervals = intervals(10, samples(5, 1, 12, Staleness.MARKER, 25, 4));

        assertThat(Staleness.isStale(intervals.last(1))).isTrue();
        assertThat(intervals.count(1)).isZero();
        assertThat(intervals.min(1)).isNaN();
        assertThat(intervals.increase(2)).isEqualTo(3);
        assertThat(samples(intervals, Aspect.LAST).size()).isEqualTo(3);
        assertThat(samples(intervals, Aspect.MIN).size()).isEqualTo(2);
    }

    @Test
    void a_measured_nan_is_counted_and_makes_only_the_sum_nan() {
        TierBuffer intervals = intervals(10, samples(1, 3, 2, Double.NaN, 3, 5));

        assertThat(intervals.count(0)).isEqualTo(3);
        assertThat(intervals.sum(0)).isNaN();
        assertThat(intervals.min(0)).isEqualTo(3);
        assertThat(intervals.max(0)).isEqualTo(5);
        assertThat(intervals.increase(0)).isEqualTo(2);
    }

    @Test
    void narrower_intervals_give_the_same_as_the_samples() {
        ForAll.cases(200, DownsamplerTest::counter).check(samples -> {
            TierBuffer direct = intervals(600, samples);
            var wider = new TierBuffer();
            var downsampler = new Downsampler(600);
            downsampler.start();
            downsampler.add(intervals(60, samples), wider);
            downsampler.finish(wider);

            assertThat(wider.size()).isEqualTo(direct.size());
            for (int i = 0; i < wider.size(); i++) {
                assertThat(wider.end(i)).isEqualTo(direct.end(i));
                assertThat(wider.lastTime(i)).isEqualTo(direct.lastTime(i));
                for (int column = 0; column < 6; column++) {
                    assertThat(wider.columns()[column][i]).isEqualTo(direct.columns()[column][i]);
                }
            }
        });
    }

    @Test
    void a_counter_grows_between_any_two_intervals_by_what_it_grew() {
        ForAll.cases(200, DownsamplerTest::counter).check(samples -> {
            SampleBuffer counter = samples(intervals(60, samples), Aspect.COUNTER);
            double grown = 0;
            int at = 0;
            for (int i = 0; i < samples.size(); i++) {
                if (i > 0 && at > 0) {
                    double step = samples.value(i) - samples.value(i - 1);
                    grown += step < 0 ? samples.value(i) : step;
                }
                if (at < counter.size() && counter.timestamp(at) == samples.timestamp(i)) {
                    assertThat(counter.value(at) - counter.value(0)).isCloseTo(grown, within(1e-6));
                    at++;
                }
            }
            assertThat(at).isEqualTo(counter.size());
        });
    }

    @Test
    void samples_cannot_be_had_from_intervals() {
        assertThatIllegalArgumentException().isThrownBy(() -> samples(intervals(10, samples(1, 1)), Aspect.SAMPLES));
        assertThatIllegalArgumentException().isThrownBy(() -> new Downsampler(0));
    }

    private static SampleBuffer counter(SplittableRandom random) {
        var samples = new SampleBuffer();
        long time = random.nextInt(-5000, 5000);
        double value = random.nextInt(100);
        for (int i = random.nextInt(1, 300); i > 0; i--) {
            time += 1 + random.nextInt(random.nextInt(20) == 0 ? 900 : 30);
            value = random.nextInt(15) == 0 ? random.nextInt(10) : value + random.nextInt(20);
            samples.add(time, value);
        }
        return samples;
    }

    private static TierBuffer intervals(long width, SampleBuffer samples) {
        var intervals = new TierBuffer();
        var downsampler = new Downsampler(width);
        downsampler.start();
        downsampler.add(samples, intervals);
        downsampler.finish(intervals);
        return intervals;
    }

    private static SampleBuffer samples(TierBuffer intervals, Aspect aspect) {
        var samples = new SampleBuffer();
        Downsampler.samples(intervals, aspect, samples);
        return samples;
    }

    private static SampleBuffer samples(double... timesAndValues) {
        var samples = new SampleBuffer();
        for (int i = 0; i < timesAndValues.length; i += 2) {
            samples.add((long) timesAndValues[i], timesAndValues[i + 1]);
        }
        return samples;
    }
}
