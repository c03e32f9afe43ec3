package org.hearthwatch.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.ResetHint;
import org.hearthwatch.api.metric.NativeHistogram.Span;

/** Native histograms of all kinds, and such as a real source sends one after the other. */
public final class Histograms {

    private static final List<ResetHint> HINTS = List.of(ResetHint.values());

    private Histograms() {}

    /** Any that is allowed: other layouts, whole and broken counts, NaN and infinities, custom bounds. */
    public static NativeHistogram any(SplittableRandom random) {
        var hint = HINTS.get(random.nextInt(HINTS.size()));
        boolean whole = random.nextBoolean();
        if (random.nextInt(5) == 0) {
            var bounds = new double[random.nextInt(6)];
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = i + random.nextDouble();
            }
            return new NativeHistogram(
                    hint,
                    NativeHistogram.CUSTOM_BOUNDS,
                    0,
                    0,
                    count(random, whole),
                    odd(random),
                    buckets(random, whole),
                    Buckets.NONE,
                    bounds);
        }
        return new NativeHistogram(
                hint,
                random.nextInt(-4, 9),
                random.nextDouble(),
                count(random, whole),
                count(random, whole),
                odd(random),
                buckets(random, whole),
                random.nextBoolean() ? Buckets.NONE : buckets(random, whole));
    }

    /** The n-th of a series whose layout changes every ten samples and whose counts grow. */
    public static NativeHistogram growing(long n) {
        int buckets = 4 + (int) (n / 10 % 5);
        var counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            counts[i] = n * (i + 1);
        }
        return new NativeHistogram(
                ResetHint.NO_RESET,
                3,
                1e-128,
                n,
                100.0 * n,
                0.25 * n,
                new Buckets(List.of(new Span(-2, 2), new Span(3, buckets - 2)), counts),
                Buckets.NONE);
    }

    private static Buckets buckets(SplittableRandom random, boolean whole) {
        var spans = new ArrayList<Span>();
        int size = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = random.nextInt(5);
            spans.add(new Span(spans.isEmpty() ? random.nextInt(-50, 50) : random.nextInt(9), length));
            size += length;
        }
        var counts = new double[size];
        for (int i = 0; i < size; i++) {
            counts[i] = count(random, whole);
        }
        return new Buckets(spans, counts);
    }

    private static double count(SplittableRandom random, boolean whole) {
        return whole ? random.nextInt(5) * (random.nextInt(9) == 0 ? 1L << 51 : 1) : odd(random);
    }

    private static double odd(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> -0.0;
            case 1 -> Double.longBitsToDouble(0x7ff0_0000_0000_0002L);
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
            case 4 -> random.nextInt(100);
            default -> random.nextDouble();
        };
    }
}
