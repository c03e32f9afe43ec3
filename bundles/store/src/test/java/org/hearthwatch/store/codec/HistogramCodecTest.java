package org.hearthwatch.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class HistogramCodecTest {

    @Test
    void every_histogram_comes_back() {
        ForAll.cases(300, HistogramCodecTest::histograms)
                .check(all -> assertThat(decode(encode(all), all.size())).isEqualTo(all));
    }

    @Test
    void wide_histograms_come_back() throws Exception {
        var wide = new NativeHistogram(
                ResetHint.UNKNOWN,
                8,
                0,
                0,
                1,
                1,
                new Buckets(
                        List.of(new Span(0, NativeHistogram.MOST_BUCKETS)), new double[NativeHistogram.MOST_BUCKETS]),
                Buckets.NONE);
        List<NativeHistogram> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(wide);
        }

        assertThat(decode(encode(all), all.size())).isEqualTo(all);
    }

    @Test
    void a_steady_layout_costs_little() {
        var random = new SplittableRandom(1);
        List<NativeHistogram> all = new ArrayList<>();
        double[] counts = new double[20];
        double count = 0;
        for (int i = 0; i < 240; i++) {
            for (int k = 0; k < counts.length; k++) {
                double more = random.nextInt(6);
                counts[k] += more;
                count += more;
            }
            all.add(new NativeHistogram(
                    ResetHint.NO_RESET,
                    3,
                    1e-9,
                    0,
                    count,
                    count / 8,
                    new Buckets(List.of(new Span(4, 20)), counts),
                    Buckets.NONE));
        }

        assertThat(encode(all).length / (double) all.size()).isLessThan(20);
    }

    @Test
    void mutated_histograms_are_refused_or_give_some() {
        ForAll.cases(2000, random -> {
                    byte[] encoded = encode(histograms(random));
                    for (int i = 1 + random.nextInt(3); i > 0 && encoded.length > 0; i--) {
                        encoded[random.nextInt(encoded.length)] = (byte) random.nextInt();
                    }
                    return encoded;
                })
                .check(bytes -> {
                    try {
                        assertThat(decode(bytes, 50)).hasSize(50);
                    } catch (CorruptDataException e) {
                        assertThat(e).hasMessageMatching("(?s)[A-Z].*");
                    }
                });
    }

    private static byte[] encode(List<NativeHistogram> all) {
        var samples = new SampleBuffer();
        all.forEach(each -> samples.add(samples.size(), each));
        var encoded = new Bytes();
        new HistogramCodec(new ValueCodec()).encode(samples, 0, all.size(), encoded);
        return Arrays.copyOf(encoded.asBuffer().array(), encoded.size());
    }

    private static List<NativeHistogram> decode(byte[] bytes, int count) throws CorruptDataException {
        return new HistogramCodec(new ValueCodec()).decode(new Input(bytes, 0, bytes.length), count);
    }

    private static List<NativeHistogram> histograms(SplittableRandom random) {
        var all = new ArrayList<NativeHistogram>();
        int layouts = 1 + random.nextInt(4);
        for (int i = random.nextInt(60); i > 0; i--) {
            int layout = random.nextInt(layouts);
            ResetHint hint = List.of(ResetHint.values()).get(random.nextInt(4));
            if (layout == 3) {
                all.add(new NativeHistogram(
                        hint,
                        NativeHistogram.CUSTOM_BOUNDS,
                        0,
                        0,
                        random.nextInt(100),
                        random.nextDouble(),
                        new Buckets(List.of(new Span(0, 2)), random.nextInt(9), random.nextInt(9)),
                        Buckets.NONE,
                        -1.5,
                        2,
                        1e9));
            } else {
                double[] counts = random.doubles(layout + 1).map(Math::rint).toArray();
                all.add(new NativeHistogram(
                        hint,
                        layout,
                        layout * 0.25,
                        random.nextInt(3),
                        random.nextInt(1 << 20),
                        Double.longBitsToDouble(random.nextLong()),
                        new Buckets(List.of(new Span(-5, 1), new Span(2, layout)), counts),
                        layout == 1 ? new Buckets(List.of(new Span(1, 1)), random.nextInt(5)) : Buckets.NONE));
            }
        }
        return all;
    }
}
